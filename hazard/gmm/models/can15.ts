import { commonMeasures, withMeasures } from '../common-measures.js';
import { can15Sigma, SIDES } from './can15-western.js';
import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { ArgumentDeclaration, GroundMotionModel, ImtRange, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma } from '../per-measure.js';
import { groundMotionBuffers, batchWith } from '../wrappers/wrapped-model.js';

const { tables } = readTables(import.meta.url, 'can15');

const EAST = new CoefficientTable(tables.east);
const INTERFACE = new CoefficientTable(tables.interface);
const SLAB = new CoefficientTable(tables.slab);
const CITATION =
  'G. M. Atkinson, J. Adams (2013), Ground motion prediction equations for application to the 2015 Canadian national seismic hazard maps, Canadian Journal of Civil Engineering 40(10), 988-998, doi:10.1139/cjce-2012-0544';
type Side = -1 | 0 | 1;

/** A model among those whose medians are averaged. */
interface Part {
  readonly name: string;
  readonly weight: number;
  /** brought from hard rock to the boundary of classes B and C */
  readonly hardRock?: boolean;
}

const named = (part: Part) => ({ name: part.name, arguments: {} });

/** km: surface and rupture distances that stand for an epicentral distance; G. M. Atkinson (2012), appendix A. */
function eastDistances(batch: ContextBatch, rjb: Float64Array, rrup: Float64Array, deepTop: boolean): void {
  const { start, mag, repi } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const width = 0.6 * 10 ** (-1.01 + 0.32 * mag[r]);
    const length = 0.6 * 10 ** (-2.44 + 0.59 * mag[r]);
    // the saturation of Atkinson & Boore (2006) asks for a least depth of the top
    const top = Math.max(10 - 0.5 * width, deepTop ? 21 - 2.5 * mag[r] : 0, 0);
    for (let i = start[r]; i < start[r + 1]; i++) {
      rjb[i] = Math.max(repi[i] - 0.3 * length, 0.1);
      rrup[i] = Math.hypot(rjb[i], top);
    }
  }
}

const EAST_PARTS: readonly Part[] = [
  { name: 'PezeshkEtAl2011', weight: 0.2, hardRock: true },
  { name: 'Atkinson2008prime', weight: 0.2 },
  { name: 'SilvaEtAl2002SingleCornerSaturation', weight: 0.2, hardRock: true },
  { name: 'SilvaEtAl2002DoubleCornerSaturation', weight: 0.2, hardRock: true },
  { name: 'AtkinsonBoore2006Modified2011', weight: 0.2 },
];

/** PGA has a factor that depends on distance, the others are in the table. */
const EAST_MEASURES: readonly ImtRange[] = [{ kind: 'PGA' }, ...EAST.imts];

/** Mean of five models for eastern Canada at distances that stand for the epicentral one. */
function eastern(id: string, side: Side): ModelDeclaration {
  const requires: Requirements = { rupture: ['mag', 'rake'], distances: ['repi'], site: ['vs30'] };
  return {
    id,
    citation: CITATION,
    tectonicRegionType: 'Stable Shallow Crust',
    imts: EAST_MEASURES,
    component: 'Average Horizontal (GMRotI50)',
    standardDeviations: ['total'],
    requires,
    referenceVelocity: 760,
    arguments: [],
    notes: `The mean of ln Y of ${EAST_PARTS.map(({ name }) => name).join(', ')}.`,
    async create(_args, resources): Promise<GroundMotionModel> {
      const parts = await Promise.all(EAST_PARTS.map((part) => resources.model(named(part))));
      const model: GroundMotionModel = {
        id,
        requires,
        prepare(imts, sites, capacity) {
          // PGA has no factor of its own: it depends on the distance
          const factors = imts.map((imt) => (imt.kind === 'PGA' ? undefined : Math.LN10 * EAST.row(imt, id).mf));
          const sigma = imts.map(can15Sigma);
          const evaluators = parts.map((part) => part.prepare(imts, sites, capacity));
          const own = groundMotionBuffers(imts.length, capacity);
          const [rjb, rrup, deepRrup] = [0, 1, 2].map(() => new Float64Array(capacity));
          const spread = new Float64Array(capacity);
          return (batch, out) => {
            const { size, repi } = batch;
            eastDistances(batch, rjb, deepRrup, true);
            eastDistances(batch, rjb, rrup, false);
            const seen = batchWith(batch, { rjb, rrup });
            const seenDeep = batchWith(batch, { rjb, rrup: deepRrup });
            for (let m = 0; m < imts.length; m++) {
              out.mean[m].fill(0, 0, size);
              out.total[m].fill(0, 0, size);
            }
            evaluators.forEach((evaluate, p) => {
              const { name, weight, hardRock } = EAST_PARTS[p];
              evaluate(name === 'AtkinsonBoore2006Modified2011' ? seenDeep : seen, own);
              for (let m = 0; m < imts.length; m++)
                for (let i = 0; i < size; i++) {
                  const factor = hardRock ? (factors[m] ?? Math.LN10 * (-0.3 + 0.15 * Math.log10(repi[i]))) : 0;
                  out.mean[m][i] += weight * (own.mean[m][i] + factor);
                  out.total[m][i] += weight * Math.exp(own.total[m][i]);
                }
            });
            for (let m = 0; m < imts.length; m++) {
              for (let i = 0; i < size; i++) {
                spread[i] = Math.log(out.total[m][i]) + Math.max(0.1 - 0.001 * repi[i], 0);
                out.mean[m][i] += side * spread[i];
              }
              fillSigma(out, m, size, sigma[m]);
            }
          };
        },
      };
      return withMeasures(model, EAST_MEASURES);
    },
  };
}

const INTERFACE_PARTS: readonly Part[] = [
  { name: 'ZhaoEtAl2006SInter', weight: 0.1, hardRock: true },
  { name: 'AtkinsonMacias2009', weight: 0.5 },
  { name: 'AbrahamsonEtAl2015SInter', weight: 0.2 },
  { name: 'GhofraniAtkinson2014', weight: 0.2, hardRock: true },
];
const UNUSED_ARGUMENTS: readonly ArgumentDeclaration[] = ['cb14_basin_term', 'm9_basin_term'].map((name) => ({
  name,
  type: 'boolean',
  default: false,
  meaning: 'without effect in this model, which takes its parts without basin terms, as the reference engine does',
}));

/** What all four parts give. */
// from 0.07 s: those of Ghofrani & Atkinson (2014) begin there
const INTERFACE_MEASURES = commonMeasures(INTERFACE.imts, [{ kind: 'PGA' }, { kind: 'SA', minimum: 0.07, maximum: 5 }]);

/** Weighted mean of four models for interface earthquakes. */
function subductionInterface(id: string, side: Side): ModelDeclaration {
  const requires: Requirements = { rupture: ['mag', 'hypoDepth'], distances: ['rrup'], site: ['vs30', 'backarc'] };
  return {
    id,
    citation: CITATION,
    tectonicRegionType: 'Subduction Interface',
    imts: INTERFACE_MEASURES,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires,
    referenceVelocity: 760,
    arguments: UNUSED_ARGUMENTS,
    notes: `The weighted mean of ln Y of ${INTERFACE_PARTS.map(({ name, weight }) => `${name} (${weight})`).join(', ')}.`,
    async create(_args, resources): Promise<GroundMotionModel> {
      const parts = await Promise.all(INTERFACE_PARTS.map((part) => resources.model(named(part))));
      const model: GroundMotionModel = {
        id,
        requires,
        prepare(imts, sites, capacity) {
          const factors = imts.map((imt) => Math.log(INTERFACE.row(imt, id).mf));
          const sigma = imts.map(can15Sigma);
          const evaluators = parts.map((part) => part.prepare(imts, sites, capacity));
          const own = groundMotionBuffers(imts.length, capacity);
          return (batch, out) => {
            const { size, rrup } = batch;
            for (let m = 0; m < imts.length; m++)
              for (let i = 0; i < size; i++) out.mean[m][i] = side * Math.min(0.15 - 0.0007 * rrup[i], 0.35);
            evaluators.forEach((evaluate, p) => {
              const { weight, hardRock } = INTERFACE_PARTS[p];
              evaluate(batch, own);
              for (let m = 0; m < imts.length; m++) {
                const factor = hardRock ? factors[m] : 0;
                for (let i = 0; i < size; i++) out.mean[m][i] += weight * (own.mean[m][i] + factor);
              }
            });
            for (let m = 0; m < imts.length; m++) fillSigma(out, m, size, sigma[m]);
          };
        },
      };
      return withMeasures(model, INTERFACE_MEASURES);
    },
  };
}

/** What Zhao et al. (2006) give. */
const SLAB_MEASURES = commonMeasures(SLAB.imts, [{ kind: 'PGA' }, { kind: 'SA', minimum: 0.05, maximum: 5 }]);
/** km: depth of the slab */
const SLAB_DEPTH = 50;

/** Zhao et al. (2006) for slab earthquakes at distances that stand for the epicentral one; the branches are 0.15 log10 units apart. */
function slab(id: string, side: Side): ModelDeclaration {
  const flag = (name: string, meaning: string): ArgumentDeclaration => ({
    name,
    type: 'boolean',
    default: false,
    meaning,
  });
  return {
    id,
    citation: CITATION,
    tectonicRegionType: 'Subduction IntraSlab',
    imts: SLAB_MEASURES,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag', 'hypoDepth'], distances: ['repi'], site: ['vs30'] },
    referenceVelocity: 760,
    arguments: [
      flag('cb14_basin_term', 'add the basin term of Campbell & Bozorgnia (2014); needs z2pt5'),
      flag('m9_basin_term', 'ln 2 as basin term from 1.9 s on where z2pt5 is 6 km and more'),
    ],
    notes:
      'The components of the standard deviation are those of Zhao et al. (2006), the total is that of the other models of the set, as in the reference engine.',
    async create(args, resources): Promise<GroundMotionModel> {
      const zhao = await resources.model({ name: 'ZhaoEtAl2006SSlab', arguments: args });
      const requires: Requirements = { ...zhao.requires, distances: ['repi'] };
      const model: GroundMotionModel = {
        id,
        requires,
        prepare(imts, sites, capacity) {
          const shifts = imts.map((imt) => Math.LN10 * (SLAB.row(imt, id).mf + 0.15 * side));
          const sigma = imts.map(can15Sigma);
          const evaluate = zhao.prepare(imts, sites, capacity);
          const rrup = new Float64Array(capacity);
          return (batch, out) => {
            const { start, mag, repi, size } = batch;
            for (let r = 0; r < batch.ruptures; r++) {
              const radius = Math.sqrt(10 ** (-3.225 + 0.89 * mag[r]) / Math.PI);
              for (let i = start[r]; i < start[r + 1]; i++)
                rrup[i] = Math.hypot(Math.max(repi[i] - radius, 0), SLAB_DEPTH);
            }
            evaluate(batchWith(batch, { rrup }), out);
            for (let m = 0; m < imts.length; m++) {
              for (let i = 0; i < size; i++) out.mean[m][i] += shifts[m];
              out.total[m].fill(sigma[m], 0, size);
            }
          };
        },
      };
      return withMeasures(model, SLAB_MEASURES);
    },
  };
}

export const models: ModelModule['models'] = Object.entries(SIDES).flatMap(([name, side]) => [
  eastern(`EasternCan15${name}`, side),
  subductionInterface(`SInterCan15${name}`, side),
  slab(`SSlabCan15${name}`, side),
]);
