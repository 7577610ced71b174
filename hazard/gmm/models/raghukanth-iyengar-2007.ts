import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { perMeasureModel } from '../per-measure.js';
import { unsupportedVelocity } from '../refusals.js';

const { tables } = readTables(import.meta.url, 'raghukanth-iyengar-2007');
const CLASSES = [tables.classA, tables.classB, tables.classC, tables.classD].map((raw) => new CoefficientTable(raw));
const requires = { rupture: ['mag'], distances: ['rhypo'], site: ['vs30'] } as const;
/** m/s: sites above are bedrock */
const BEDROCK_VELOCITY = 3600;

/** Index of the NEHRP class A to D, 4 for bedrock. Errors: Refusal for softer soil, which the paper leaves out. */
function siteClass(id: string, vs30: number): number {
  if (vs30 > BEDROCK_VELOCITY) return 4;
  if (vs30 >= 1500) return 0;
  if (vs30 >= 760) return 1;
  if (vs30 >= 360) return 2;
  if (vs30 >= 180) return 3;
  throw unsupportedVelocity(id, vs30, 'at least 180 m/s is needed');
}

/** ln Y = ln Y_br + a1 Y_br + a2, with ln Y_br = c1 + c2 (M - 6) + c3 (M - 6)^2 - ln R - c4 R (g). */
const modelOf = (id: string, bedrock: CoefficientTable) =>
  perMeasureModel(id, requires, (imt, sites) => {
    const { c1, c2, c3, c4, sigma_bedrock: sigmaBedrock } = bedrock.row(imt, id);
    const rows = [...CLASSES.map((table) => table.row(imt, id)), { a1: 0, a2: 0, sigma: 0 }];
    const a1 = Float64Array.from(rows, (row) => row.a1);
    const a2 = Float64Array.from(rows, (row) => row.a2);
    const sigma = Float64Array.from(rows, (row) => Math.hypot(sigmaBedrock, row.sigma));
    const classes = Uint8Array.from(sites.numeric.vs30, (v) => siteClass(id, v));
    return (batch, out, m) => {
      const { start, site, mag, rhypo } = batch;
      for (let r = 0; r < batch.ruptures; r++) {
        const dm = mag[r] - 6;
        const constant = c1 + dm * (c2 + c3 * dm);
        for (let i = start[r]; i < start[r + 1]; i++) {
          const k = classes[site[i]];
          const lnBedrock = constant - Math.log(rhypo[i]) - c4 * rhypo[i];
          out.mean[m][i] = a1[k] === 0 ? lnBedrock + a2[k] : lnBedrock + a1[k] * Math.exp(lnBedrock) + a2[k];
          out.total[m][i] = sigma[k];
        }
      }
      out.inter[m].fill(0, 0, batch.size);
      out.intra[m].fill(0, 0, batch.size);
    };
  });

/** The bedrock relation is that of all peninsular India, or of one of its regions. */
function declaration(id: string, bedrock: CoefficientTable): ModelDeclaration {
  const model = modelOf(id, bedrock);
  return {
    id,
    citation: 'S. T. G. Raghukanth, R. N. Iyengar (2007), Journal of Earth System Science 116(3), 199-214',
    tectonicRegionType: 'Stable Shallow Crust',
    validity: {
      magnitude: [4, 8],
      distance: { kind: 'rhypo', range: [1, 300] },
      source: 'the simulations that the equations are fitted to',
    },
    imts: bedrock.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires,
    arguments: [],
    notes:
      'Printed coefficients that look like typing errors (c1 at 1.2 s, a1 of class C at 0.75 s) are kept, as in the reference engine. Sites below 180 m/s are an error, where the reference engine gives no number.',
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declaration('RaghukanthIyengar2007', new CoefficientTable(tables.bedrock)),
  declaration('RaghukanthIyengar2007KoynaWarna', new CoefficientTable(tables.bedrockKoynaWarna)),
  declaration('RaghukanthIyengar2007Southern', new CoefficientTable(tables.bedrockSouthern)),
  declaration('RaghukanthIyengar2007WesternCentral', new CoefficientTable(tables.bedrockWesternCentral)),
];
