import type { ContextBatch, DistanceKind, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients, type RawTable } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';
import { styleOfFaulting } from '../terms/style-of-faulting.js';

const { tables } = readTables(import.meta.url, 'lanzano-2019');
const REFERENCE_ROCK = new CoefficientTable(tables.referenceRock);
const LN10 = Math.LN10;
const REF_ROCK = 'LanzanoEtAl2019_RJB_OMO_RefRock';

function declaration(id: string, raw: RawTable, distance: DistanceKind): ModelDeclaration {
  const table = new CoefficientTable(raw);
  const requires = { rupture: ['mag', 'rake'], distances: [distance], site: ['vs30'] } as const;
  return {
    id,
    citation:
      'G. Lanzano, L. Luzi, F. Pacor, C. Felicetta, R. Puglia, S. Sgobba, M. D’Amico (2019), A revised ground-motion prediction model for shallow crustal earthquakes in Italy, Bulletin of the Seismological Society of America 109(2), 525-540, doi:10.1785/0120180210',
    tectonicRegionType: 'Active Shallow Crust',
    imts: table.imts,
    component: 'Average Horizontal (RotD50)',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [],
    create: () =>
      perMeasureModel(id, requires, (imt, sites) => {
        const c = table.row(imt, id);
        const unit = imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G;
        const site = sites.numeric.vs30.map((v) => c.k * Math.log(Math.min(v, 1500) / 800) + unit);
        const phi = Math.hypot(c.phi_S2S, c.phi_0);
        return (batch, out, m) => {
          meanOf(c, site, batch, batch[distance], out.mean[m]);
          fillSigma(out, m, batch.size, LN10 * Math.hypot(c.tau, phi), LN10 * c.tau, LN10 * phi);
        };
      }),
  };
}

/** The model with a correction from generic to reference rock: a + b log10(vs30 / 800) + c kappa0, log10 units. */
const LanzanoEtAl2019RefRock: ModelDeclaration = {
  ...declaration(REF_ROCK, tables.rjb, 'rjb'),
  imts: REFERENCE_ROCK.imts,
  requires: { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30', 'kappa0'] },
  arguments: [
    {
      name: 'kappa0',
      type: 'number',
      default: null,
      range: [0, 1],
      meaning: 'high-frequency attenuation of all sites, s, in place of the site parameter kappa0',
    },
  ],
  create(args) {
    const table = new CoefficientTable(tables.rjb);
    const kappa0 = args.kappa0 === null ? undefined : Number(args.kappa0);
    const requires: Requirements = {
      rupture: ['mag', 'rake'],
      distances: ['rjb'],
      site: kappa0 === undefined ? ['vs30', 'kappa0'] : ['vs30'],
    };
    return perMeasureModel(REF_ROCK, requires, (imt, sites) => {
      const c = table.row(imt, REF_ROCK);
      const { a, b, c: slope } = REFERENCE_ROCK.row(imt, REF_ROCK);
      const { vs30 } = sites.numeric;
      const site = vs30.map((v, s) => {
        const generic = c.k * Math.log(Math.min(v, 1500) / 800) + LN_CMS2_TO_G;
        return generic + LN10 * (a + slope * (kappa0 ?? sites.numeric.kappa0[s])) + b * Math.log(v / 800);
      });
      const phi = Math.hypot(c.phi_S2S, c.phi_0);
      return (batch, out, m) => {
        meanOf(c, site, batch, batch.rjb, out.mean[m]);
        fillSigma(out, m, batch.size, LN10 * Math.hypot(c.tau, phi), LN10 * c.tau, LN10 * phi);
      };
    });
  },
};

function styleTerm(c: Coefficients, rake: number): number {
  const style = styleOfFaulting(rake);
  if (style === 'strike-slip') return c.f1;
  return style === 'reverse' ? c.f2 : 0;
}

/** Equation 1 in natural logarithms; `siteTerms` [sites]. */
function meanOf(
  c: Coefficients,
  siteTerms: Float64Array,
  batch: ContextBatch,
  distance: Float64Array,
  mean: Float64Array,
): void {
  const { start, site, mag, rake } = batch;
  const h2 = c.h * c.h;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = mag[r] - c.Mh;
    const event = LN10 * (c.a + (dm <= 0 ? c.b1 : c.b2) * dm + styleTerm(c, rake[r]));
    const slope = c.c1 * (mag[r] - c.Mref) + c.c2;
    for (let i = start[r]; i < start[r + 1]; i++) {
      const d = Math.sqrt(distance[i] * distance[i] + h2);
      mean[i] = event + slope * Math.log(d) + LN10 * c.c3 * d + siteTerms[site[i]];
    }
  }
}

export const models: ModelModule['models'] = [
  declaration('LanzanoEtAl2019_RJB_OMO', tables.rjb, 'rjb'),
  LanzanoEtAl2019RefRock,
  declaration('LanzanoEtAl2019_RUP_OMO', tables.rrup, 'rrup'),
  declaration('LanzanoEtAl2019_RJB_OMOscaled', tables.scaled, 'rjb'),
];
