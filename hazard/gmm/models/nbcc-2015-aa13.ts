import { nonlinearShape, SITE, soilTerms } from './boore-atkinson-2008.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { GroundMotionTable, tableFromHdf5 } from '../ground-motion-table.js';
import { TableBundle } from '../table-bundle.js';
import { parseImt, type Imt } from '../imt.js';
import type { Evaluator, GroundMotionModel, ModelAlias, ModelDeclaration, ModelModule } from '../model.js';
import { hardRockTerm } from '../wrappers/nrcan15-site-term.js';
import { writeNoComponents } from '../sigma.js';

const { tables } = readTables(import.meta.url, 'nbcc-2015-aa13');
const TO_BC = new CoefficientTable(tables.toBc);
const BUNDLE = new TableBundle(import.meta.url, 'nbcc-2015-aa13-tables');
const ID = 'NBCC2015_AA13';
const PGA = parseImt('PGA');
const SA02 = parseImt('SA(0.2)');
/** m/s: site of the tables */
const REFERENCE = 450;

const NBCC2015AA13: ModelDeclaration = {
  id: ID,
  citation:
    'G. M. Atkinson, J. Adams (2013), Ground motion prediction equations for application to the 2015 Canadian national seismic hazard maps, Canadian Journal of Civil Engineering 40(10), 988-998, doi:10.1139/cjce-2012-0544',
  tectonicRegionType: '',
  imts: [{ kind: 'PGA' }, { kind: 'PGV' }, { kind: 'SA', minimum: 0.05, maximum: 10 }],
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total'],
  requires: { rupture: ['mag'], distances: [], site: ['vs30'] },
  referenceVelocity: REFERENCE,
  arguments: [
    { name: 'gmpe_table', meaning: 'a table of the model (such as ENA_med_clC.hdf5) or an HDF5 file', type: 'file' },
    { name: 'REQUIRES_DISTANCES', meaning: 'kind of distance; the table has it too', type: 'list', default: null },
    { name: 'DEFINED_FOR_TECTONIC_REGION_TYPE', meaning: 'tectonic region type', type: 'text', default: null },
  ],
  notes:
    'A table of the published set is taken by its name wherever the path points. Medians beyond its last distance are 1e-20 g.',
  async create(args, resources): Promise<GroundMotionModel> {
    const path = String(args.gmpe_table);
    const table = new GroundMotionTable(BUNDLE.find(path) ?? tableFromHdf5(await resources.hdf5(path), path));
    const requires: Requirements = { rupture: ['mag'], distances: [table.metric], site: ['vs30'] };
    return {
      id: ID,
      requires,
      prepare(imts, sites, capacity): Evaluator {
        const medians = imts.map((imt) => table.medians(imt, ID));
        const sigmas = imts.map((imt) => table.sigmas(imt, ID));
        const site = aa13SiteTerm(table, TO_BC, ID, imts, sites, capacity);
        const locator = table.locator(capacity);
        return (batch, out) => {
          locator.locate(batch, batch[table.metric]);
          site.drive(batch, locator);
          for (let k = 0; k < medians.length; k++) {
            locator.lnMedians(batch, medians[k], out.mean[k]);
            site.add(batch, k, out.mean[k]);
            locator.sigmas(batch, sigmas[k], out.total[k]);
            writeNoComponents(out, k, batch.size);
          }
        };
      },
    };
  },
};

/** PGA for site class C -> PGA on rock that drives the soil response: Atkinson & Adams (2013), g. */
const CLASS_C_PGA = [0.1, 0.2, 0.3, 0.4, 0.5];
const ROCK_PGA = [0.083, 0.165, 0.248, 0.331, 0.414];

function rockPga(classC: number): number {
  if (classC <= CLASS_C_PGA[0]) return ROCK_PGA[0];
  for (let k = 1; k < 5; k++)
    if (classC <= CLASS_C_PGA[k])
      return (
        ROCK_PGA[k - 1] +
        ((classC - CLASS_C_PGA[k - 1]) * (ROCK_PGA[k] - ROCK_PGA[k - 1])) / (CLASS_C_PGA[k] - CLASS_C_PGA[k - 1])
      );
  return ROCK_PGA[4];
}

/** Sites harder than those of the tables have a rock PGA of 0.1 g. */
const HARD_SHAPE = nonlinearShape(0.1);

/** ln F(vs30) - ln F(450): Atkinson & Adams (2013) with the soil terms of Boore & Atkinson (2008). */
export function aa13SiteTerm(
  table: GroundMotionTable,
  toBc: CoefficientTable,
  id: string,
  imts: readonly Imt[],
  sites: SiteParameters,
  capacity: number,
) {
  const { vs30 } = sites.numeric;
  const pgaSurface = table.medians(PGA, id);
  const shortSurface = table.medians(SA02, id);
  const soilVs30 = vs30.map((v) => Math.min(v, 760));
  const hard = Uint8Array.from(vs30, (v) => (v > REFERENCE ? 1 : 0));
  const terms = imts.map((imt) => {
    const c = SITE.row(imt, id);
    const soil = soilTerms(c, soilVs30);
    const reference = soilTerms(c, Float64Array.of(REFERENCE));
    const rock = hardRockTerm(toBc.row(imt, id).c, vs30);
    return {
      linear: soil.linear.map((term, s) => term - reference.linear[0] + rock[s]),
      slope: soil.slope.map((slope) => slope - reference.slope[0]),
    };
  });
  const shape = new Float64Array(capacity);
  const short = new Float64Array(capacity);
  return {
    /** Finds the shape of the nonlinear response for each context. */
    drive(batch: ContextBatch, locator: ReturnType<GroundMotionTable['locator']>): void {
      locator.lnMedians(batch, pgaSurface, shape);
      locator.lnMedians(batch, shortSurface, short);
      for (let i = 0; i < batch.size; i++) {
        if (hard[batch.site[i]] === 1) shape[i] = HARD_SHAPE;
        else {
          const pga = Math.exp(shape[i]);
          shape[i] = nonlinearShape(rockPga(short[i] - shape[i] < Math.LN2 ? 0.8 * pga : pga));
        }
      }
    },
    add({ size, site }: ContextBatch, k: number, mean: Float64Array): void {
      const { linear, slope } = terms[k];
      for (let i = 0; i < size; i++) {
        const s = site[i];
        mean[i] += linear[s] + slope[s] * shape[i];
      }
    },
  };
}

/** Name, distance, tectonic region type and file of the published sets; `*` stands for low, med or high. */
const SETS = [
  ['stablecrust', 'rhypo', 'Stable Crust', 'ENA_*_clC'],
  ['activecrust', 'rhypo', 'Active Crust', 'Wcrust_*_clC'],
  ['activecrustFRjb', 'rjb', 'Active Crust Fault', 'WcrustFRjb_*_clC'],
  ['inslab30', 'rhypo', 'Subduction Inslab 30', 'WinslabD30_*_clC'],
  ['inslab50', 'rhypo', 'Subduction Inslab 50', 'WinslabD50_*_clC'],
  ['interface', 'rrup', 'Subduction Interface', 'WinterfaceCombo_*clC'],
  ['offshore', 'rhypo', 'Offshore', 'Woffshore_*_clC'],
] as const;
const LEVELS = { low: 'low', central: 'med', high: 'high' } as const;

const aliases: ModelAlias[] = SETS.flatMap(([name, distance, region, file]) =>
  Object.entries(LEVELS).map(([level, part]) => ({
    id: `${ID}_${name}_${level}`,
    aliasOf: ID,
    arguments: {
      gmpe_table: `${file.replace('*', part)}.hdf5`,
      REQUIRES_DISTANCES: [distance],
      DEFINED_FOR_TECTONIC_REGION_TYPE: region,
    },
  })),
);

export const models: ModelModule['models'] = [NBCC2015AA13, ...aliases];
