import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigmaOfRupture } from '../per-measure.js';
import { refusedArgument } from '../refusals.js';
import {
  groundMotionBuffers,
  unionOfRequirements,
  withSiteValue,
  wrappedSpecification,
  WRAPPED_NAME,
} from '../wrappers/wrapped-model.js';

const { tables } = readTables(import.meta.url, 'gulerce-abrahamson-2011');

const TABLE = new CoefficientTable(tables.main);
const ID = 'GulerceAbrahamson2011';
const PGA = parseImt('PGA');
const HINGE_MAGNITUDE = 6.75;
const N = 1.18;
const C = 1.88;
/** m/s: rock whose PGA drives the nonlinear response */
const ROCK_VELOCITY = 1100;
const OWN: Requirements = { rupture: ['mag', 'rake'], distances: ['rrup'], site: ['vs30'] };

/** m/s: velocities above this count as this (equation 7). */
function velocityCap(imt: Imt): number {
  if (imt.kind === 'PGV') return 862;
  if (imt.period <= 0.5) return 1500;
  if (imt.period <= 1) return Math.exp(8 - 0.795 * Math.log(imt.period / 0.21));
  return imt.period < 2 ? Math.exp(6.76 - 0.297 * Math.log(imt.period)) : 700;
}

/** ln(V/H) without site response (equations 3 and 4). */
function baseTerm(c: Coefficients, batch: ContextBatch, mean: Float64Array): void {
  const { start, mag, rake, rrup } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = mag[r] - HINGE_MAGNITUDE;
    const above = 8.5 - mag[r];
    const style = rake[r] > 30 && rake[r] < 150 ? c.a6 : rake[r] > -120 && rake[r] < -60 ? c.a7 : 0;
    const event = c.a1 + (dm <= 0 ? 0.0334 : -0.034) * dm + c.a8 * above * above + style;
    const slope = 0.5 * (c.a2 + 0.0147 * dm);
    for (let i = start[r]; i < start[r + 1]; i++) mean[i] = event + slope * Math.log(rrup[i] * rrup[i] + 100);
  }
}

function modelOf(horizontal: GroundMotionModel): GroundMotionModel {
  return {
    id: ID,
    requires: unionOfRequirements(OWN, horizontal.requires),
    prepare(imts, sites, capacity) {
      const { vs30 } = sites.numeric;
      const rockMotion = horizontal.prepare([PGA], withSiteValue(sites, 'vs30', ROCK_VELOCITY), capacity);
      const rock = groundMotionBuffers(1, capacity);
      const measures = imts.map((imt) => {
        const c = TABLE.row(imt, ID);
        const cap = velocityCap(imt);
        const ratio = vs30.map((v) => Math.min(v, cap) / c.VLIN);
        return {
          c,
          linear: ratio.map((x) => (x < 1 ? c.a10 : c.a10 - c.b * N) * Math.log(x)),
          soft: ratio.map((x) => (x < 1 ? C * Math.exp(N * Math.log(x)) : 0)),
        };
      });
      return (batch, out) => {
        const { site, mag, size } = batch;
        rockMotion(batch, rock);
        const pga = rock.mean[0];
        for (let i = 0; i < size; i++) pga[i] = Math.exp(pga[i]);
        for (let m = 0; m < measures.length; m++) {
          const { c, linear, soft } = measures[m];
          const mean = out.mean[m];
          baseTerm(c, batch, mean);
          for (let i = 0; i < size; i++) {
            const s = site[i];
            mean[i] += linear[s] + (soft[s] === 0 ? 0 : c.b * Math.log((pga[i] + C) / (pga[i] + soft[s])));
          }
          for (let r = 0; r < batch.ruptures; r++) {
            const share = Math.min(Math.max((mag[r] - 5) / 2, 0), 1);
            const phi = c.s1 + (c.s2 - c.s1) * share;
            const tau = c.s3 + (c.s4 - c.s3) * share;
            fillSigmaOfRupture(out, m, batch, r, tau, phi);
          }
        }
      };
    },
  };
}

const GulerceAbrahamson2011: ModelDeclaration = {
  id: ID,
  citation:
    'Z. Gülerce, N. A. Abrahamson (2011), Site-specific design spectra for vertical ground motion, Earthquake Spectra 27(4), 1023-1047',
  tectonicRegionType: 'Active Shallow Crust',
  imts: TABLE.imts,
  component: 'Vertical-to-Horizontal Ratio',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: OWN,
  arguments: [
    {
      ...WRAPPED_NAME,
      meaning: 'name of the horizontal model whose PGA on rock of 1100 m/s drives nonlinear site response',
    },
  ],
  async create(args, resources) {
    const specification = wrappedSpecification(args);
    const component = await resources.component?.(specification);
    if (component === 'Vertical')
      throw refusedArgument(
        ID,
        'gmpe_name',
        `: ${specification.name} is a model of the vertical component`,
        specification.name,
        'a model of the horizontal component',
      );
    return modelOf(await resources.model(specification));
  },
};

export const models: ModelModule['models'] = [GulerceAbrahamson2011];
