import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'si-2020');

const TABLE = new CoefficientTable(tables.main);
const PGA = parseImt('PGA');
const requires = { rupture: ['mag', 'hypoDepth'], distances: ['rrup'], site: ['vs30', 'z2pt5'] } as const;
/** km: depth of the Moho */
const MOHO = 30;
const REFERENCE_VELOCITY = 760;

/** log10 y on rock without basin term (g or cm/s): magnitude in two slopes, depth, distance beyond the Moho with a steeper slope. */
function log10Rock(c: Coefficients, slab: boolean, hinge: number, batch: ContextBatch, out: Float64Array): void {
  const { start, mag, hypoDepth, rrup } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const event = c.e + (slab ? c.d1 : c.d0) + c.a1 * m + (c.a2 - c.a1) * Math.max(m - hinge, 0) + c.h * hypoDepth[r];
    const near = c.c_gs * 10 ** (0.5 * Math.min(m, 8.3));
    const turn = 1.7 * hypoDepth[r];
    for (let i = start[r]; i < start[r + 1]; i++) {
      const far = hypoDepth[r] > MOHO && rrup[i] >= turn;
      const spreading = far
        ? 0.6 * Math.log10(turn + near) - 1.6 * Math.log10(rrup[i] + near)
        : -Math.log10(rrup[i] + near);
      out[i] = event + spreading + c.c_attn * rrup[i];
    }
  }
}

/** Depth z2.5 expected at vs30 (m/s) in Japan, km; Campbell & Bozorgnia (2014), equation 34. */
const expectedDepth = (vs30: number): number => Math.exp(5.359 - 1.102 * Math.log(vs30));

function modelOf(id: string, slab: boolean): GroundMotionModel {
  return {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const { vs30 } = sites.numeric;
      const z2pt5 = sites.numeric.z2pt5.map((z, s) => (z === -999 ? expectedDepth(vs30[s]) : z));
      const pga = TABLE.row(PGA, id);
      const pgaBasin = z2pt5.map((z) => pga.Cd + pga.Dd * z);
      const measures = imts.map((imt) => {
        const c = TABLE.row(imt, id);
        const linear = vs30.map((v, s) => {
          const velocity = c.c * Math.log(v <= c.Vc ? v / c.Vref : c.Vc / c.Vref) + c.f1;
          return velocity + Math.LN10 * (c.Cd + c.Dd * z2pt5[s]);
        });
        const top = Math.exp(c.f5 * (REFERENCE_VELOCITY - 360));
        const nonlinear = vs30.map(
          (v) => 0.5 * c.f4 * (Math.exp(c.f5 * (Math.min(v, REFERENCE_VELOCITY) - 360)) - top),
        );
        const hinge = imt.kind === 'SA' && imt.period >= 2 ? 7.5 : 8.3;
        return { c, linear, nonlinear, hinge };
      });
      const rock = new Float64Array(capacity);
      return (batch, out) => {
        const { site, size } = batch;
        log10Rock(pga, slab, 8.3, batch, rock);
        for (let i = 0; i < size; i++) rock[i] = 10 ** (rock[i] + pgaBasin[site[i]]);
        for (let m = 0; m < measures.length; m++) {
          const { c, linear, nonlinear, hinge } = measures[m];
          const mean = out.mean[m];
          log10Rock(c, slab, hinge, batch, mean);
          for (let i = 0; i < size; i++) {
            const s = site[i];
            const softening = nonlinear[s] === 0 ? 0 : nonlinear[s] * Math.log((rock[i] + c.f3) / c.f3);
            mean[i] = Math.LN10 * mean[i] + linear[s] + softening;
          }
          fillSigma(out, m, size, Math.hypot(c.tau, c.phi), c.tau, c.phi);
        }
      };
    },
  };
}

function declaration(id: string, slab: boolean): ModelDeclaration {
  return {
    id,
    citation:
      'H. Si, S. Midorikawa, T. Kishida (2022), Development of NGA-Sub ground-motion prediction equation of 5%-damped pseudo-spectral acceleration based on database of subduction earthquakes in Japan, Earthquake Spectra 38(4), 2682-2706',
    tectonicRegionType: `Subduction ${slab ? 'IntraSlab' : 'Interface'}`,
    imts: TABLE.imts,
    component: 'Average Horizontal (RotD50)',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [],
    notes: 'A z2pt5 of -999 stands for the depth expected at vs30 in Japan.',
    create: () => modelOf(id, slab),
  };
}

export const models: ModelModule['models'] = [
  declaration('SiEtAl2020SInter', false),
  declaration('SiEtAl2020SSlab', true),
];
