import { addSiteResponse, ROCK_VELOCITY, SITE_C, SITE_N, siteResponse } from './bc-hydro.js';
import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'abrahamson-2018');
const TABLE = new CoefficientTable(tables.main);
/** Shift of ln Y of the upper and lower branch by measure. */
const EPISTEMIC = new CoefficientTable(tables.epistemic);
const PGA = parseImt('PGA');

const SLAB_HINGE = 7.2;
const DISTANCE_HINGE = 7.8;
const A3 = 0.1;
const A10 = 1.73;
/** share of the within-event standard deviation that site response adds, squared */
const AMPLIFICATION_VARIANCE = 0.3 * 0.3;

/** ln of the rock motion, g, with the Cascadia adjustment; lnSaturated = ln(Rrup + 10 exp(0.4 (M - 6))). */
function rockMotion(
  c: Coefficients,
  slab: boolean,
  batch: ContextBatch,
  lnSaturated: Float64Array,
  out: Float64Array,
): void {
  const { start, mag, rrup, ztor } = batch;
  const hinge = slab ? SLAB_HINGE : c.C1inter;
  const base = c.a1 + (slab ? c.a4 * (SLAB_HINGE - c.C1inter) + A10 + c.adj_slab : c.adj_int);
  const spreading = c.a2 + (slab ? c.a14 : 0);
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    let constant = base + c.a13 * (10 - m) * (10 - m) + c.a4 * Math.min(m - hinge, 0);
    if (slab) constant += c.a11 * (Math.min(ztor[r], 100) - 60);
    const slope = spreading + A3 * (m - DISTANCE_HINGE);
    for (let i = start[r]; i < start[r + 1]; i++) out[i] = constant + slope * lnSaturated[i] + c.a6 * rrup[i];
  }
}

type Branch = 'Low' | 'High' | undefined;

function abrahamson2018(id: string, slab: boolean, requires: Requirements, branch: Branch): GroundMotionModel {
  return {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const vs30 = sites.numeric.vs30;
      const pga = TABLE.row(PGA, id);
      const rockSite = (pga.a12 + pga.b * SITE_N) * Math.log(ROCK_VELOCITY / pga.vlin);
      const phiPga = Math.sqrt(pga.phi0 * pga.phi0 - AMPLIFICATION_VARIANCE);
      const measures = imts.map((imt) => {
        const c = TABLE.row(imt, id);
        return {
          c,
          shift: branch ? EPISTEMIC.row(imt, id)[`${slab ? 'slab' : 'interface'}${branch}`] : 0,
          response: siteResponse(vs30, c.a12, c.b, c.vlin),
          // velocities are not capped in the standard deviations
          soft: vs30.map((v) => (v >= c.vlin ? 0 : SITE_C * Math.exp(SITE_N * Math.log(v / c.vlin)))),
          phiRock: Math.sqrt(c.phi0 * c.phi0 - AMPLIFICATION_VARIANCE),
        };
      });
      const lnSaturated = new Float64Array(capacity);
      const rock = new Float64Array(capacity);
      const lnRockPlusC = new Float64Array(capacity);
      return (batch, out) => {
        const { start, mag, rrup, site, size } = batch;
        for (let r = 0; r < batch.ruptures; r++) {
          const saturation = 10 * Math.exp(0.4 * (mag[r] - 6));
          for (let i = start[r]; i < start[r + 1]; i++) lnSaturated[i] = Math.log(rrup[i] + saturation);
        }
        rockMotion(pga, slab, batch, lnSaturated, rock);
        for (let i = 0; i < size; i++) {
          rock[i] = Math.exp(rock[i] + rockSite);
          lnRockPlusC[i] = Math.log(rock[i] + SITE_C);
        }
        for (let m = 0; m < measures.length; m++) {
          const { c, response, soft, phiRock, shift } = measures[m];
          rockMotion(c, slab, batch, lnSaturated, out.mean[m]);
          addSiteResponse(response, batch, rock, lnRockPlusC, out.mean[m]);
          const { b, rho_w: rhoW, rho_b: rhoB, phi0, tau0 } = c;
          for (let i = 0; i < size; i++) {
            out.mean[m][i] += shift;
            const x = soft[site[i]];
            const p = rock[i];
            const slope = x === 0 ? 0 : b * p * (1 / (p + x) - 1 / (p + SITE_C));
            const phi2 = phi0 * phi0 + slope * phiRock * (slope * phiRock + 2 * phiPga * rhoW);
            const tau2 = tau0 * tau0 + slope * tau0 * (slope * tau0 + 2 * pga.tau0 * rhoB);
            out.intra[m][i] = Math.sqrt(phi2);
            out.inter[m][i] = Math.sqrt(tau2);
            out.total[m][i] = Math.sqrt(phi2 + tau2);
          }
        }
      };
    },
  };
}

function declare(id: string, slab: boolean, branch?: Branch): ModelDeclaration {
  const requires: Requirements = {
    rupture: slab ? ['mag', 'ztor'] : ['mag'],
    distances: ['rrup'],
    site: ['vs30'],
  };
  const model = abrahamson2018(id, slab, requires, branch);
  return {
    id,
    citation:
      'N. A. Abrahamson, N. Kuehn, Z. Gulerce, N. Gregor, Y. Bozorgnia, G. Parker, J. Stewart, B. Chiou, I. M. Idriss, K. Campbell, R. Youngs (2018), PEER Report 2018/02',
    tectonicRegionType: `Subduction ${slab ? 'IntraSlab' : 'Interface'}`,
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [],
    notes:
      'With the adjustment for Cascadia. The quadratic terms of the nonlinear standard deviations take the values of the period itself, not those of PGA, as in the reference engine.',
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declare('AbrahamsonEtAl2018SInter', false),
  declare('AbrahamsonEtAl2018SInterHigh', false, 'High'),
  declare('AbrahamsonEtAl2018SInterLow', false, 'Low'),
  declare('AbrahamsonEtAl2018SSlab', true),
  declare('AbrahamsonEtAl2018SSlabHigh', true, 'High'),
  declare('AbrahamsonEtAl2018SSlabLow', true, 'Low'),
];
