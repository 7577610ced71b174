import type { Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';
import { crosses, KYUSHU_FRONT, HONSHU_FRONT, sideOfFront } from '../terms/volcanic-front-japan.js';

const { tables } = readTables(import.meta.url, 'bahrampouri-2021');
const CRUSTAL = new CoefficientTable(tables.crustal);
const SUBDUCTION = new CoefficientTable(tables.subduction);
const requires: Requirements = {
  rupture: ['mag', 'ztor', 'hypoLon', 'hypoLat'],
  distances: ['rrup'],
  site: ['vs30', 'lon', 'lat'],
};

/** Exponent of the near-source distance: 10^h km, equation 7. */
function nearSource(c: Coefficients, mag: number): number {
  const dm = mag - c.b7;
  if (mag <= c.b7) return c.b5 + c.b6 * dm;
  if (mag <= c.b8) return c.b9 + dm * (c.b10 + dm * (c.b11 + dm * c.b12));
  return c.b13 + c.b14 * (mag - c.b8);
}

/** Arias intensity, m/s: ln Y = L + nonlinear site response, L = source + path + c1 ln V. */
function bahrampouri(
  id: string,
  table: CoefficientTable,
  setting: 'crustal' | 'interface' | 'slab',
): GroundMotionModel {
  return perMeasureModel(id, requires, (imt, sites) => {
    const c = table.row(imt, id);
    const { vs30, lon, lat } = sites.numeric;
    const linear = vs30.map((v) => c.c1 * Math.log(v));
    const nonlinear = vs30.map((v) => c.c2 * (Math.exp(c.c3 * (Math.min(v, 1100) - 280)) - Math.exp(820 * c.c3)));
    const honshu = Array.from(lon, (x, s) => sideOfFront(HONSHU_FRONT, x, lat[s]));
    const kyushu = Array.from(lon, (x, s) => sideOfFront(KYUSHU_FRONT, x, lat[s]));
    const dH = Float64Array.from(honshu, (side) => side.distance);
    const dK = Float64Array.from(kyushu, (side) => side.distance);
    const inH = Uint8Array.from(honshu, (side) => (side.near ? 1 : 0));
    const inK = Uint8Array.from(kyushu, (side) => (side.near ? 1 : 0));
    const isInterface = setting === 'interface' ? 1 : 0;
    const spreading = 0.5 * (c.b1 + (setting === 'crustal' ? 0 : c.b2 * isInterface));
    const { b3b, b3f, b4m, b4k, c4 } = c;
    const total = c.sig;
    const phi = Math.hypot(c.phi_ss, c.phi_s2s);
    return (batch, out, m) => {
      const { start, site, mag, ztor, hypoLon, hypoLat, rrup } = batch;
      const mean = out.mean[m];
      for (let r = 0; r < batch.ruptures; r++) {
        let source = c.a1 + c.a2 * mag[r] + c.a3 * Math.max(mag[r] - c.a4, 0) + c.a7 * Math.log(ztor[r] + 1);
        if (setting !== 'crustal') source += c.a5 * Math.max(mag[r] - c.a6, 0) + c.a8 * isInterface;
        const near2 = Math.exp(Math.LN10 * 2 * nearSource(c, mag[r]));
        for (let i = start[r]; i < start[r + 1]; i++) {
          const s = site[i];
          const distance = rrup[i];
          let path = spreading * Math.log(distance * distance + near2);
          const acrossHonshu = crosses(HONSHU_FRONT, hypoLon[r], hypoLat[r], lon[s], lat[s]);
          const acrossKyushu = crosses(KYUSHU_FRONT, hypoLon[r], hypoLat[r], lon[s], lat[s]);
          if (acrossHonshu) path += b4m;
          if (acrossKyushu) path += b4k;
          // parts of the path behind (weight b3b) and before the front (b3f), as the reference engine assigns them
          if (acrossHonshu) {
            if (inH[s] === 1) path += b3b * (distance - dH[s]) + b3f * dH[s];
            else path += b3b * dH[s] + b3f * (distance - dH[s]);
          } else if (acrossKyushu) {
            if (inK[s] === 1) path += b3b * dK[s] + b3f * (distance - dK[s]);
            else path += b3b * (distance - dK[s]) + b3f * dK[s];
          } else if (inH[s] === 1) path += b3b * (distance - dH[s]) + b3f * dH[s];
          else if (inK[s] === 1) path += b3b * dK[s] + b3f * (distance - dK[s]);
          const linearMotion = source + path + linear[s];
          mean[i] = linearMotion + nonlinear[s] * Math.log((Math.exp(linearMotion) + c4) / c4);
        }
      }
      fillSigma(out, m, batch.size, total, c.tau, phi);
    };
  });
}

function declare(
  id: string,
  tectonicRegionType: string,
  setting: 'crustal' | 'interface' | 'slab',
  table: CoefficientTable,
): ModelDeclaration {
  const model = bahrampouri(id, table, setting);
  return {
    id,
    citation: 'M. Bahrampouri, A. Rodriguez-Marek, R. A. Green (2021), Earthquake Spectra 37(1), 428-448 (Japan)',
    tectonicRegionType,
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [],
    notes:
      'Distances from the volcanic fronts are in degrees beside rupture distances in km, and back-arc and fore-arc are exchanged with respect to the paper, as in the reference engine; the geometry is that of each context, where the reference engine takes that of the last context of a batch.',
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declare('BahrampouriEtAl2021Asc', 'Active Shallow Crust', 'crustal', CRUSTAL),
  declare('BahrampouriEtAl2021SInter', 'Subduction Interface', 'interface', SUBDUCTION),
  declare('BahrampouriEtAl2021SSlab', 'Subduction IntraSlab', 'slab', SUBDUCTION),
];
