import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'gulerce-2017');

const TABLE = new CoefficientTable(tables.main);
/** magnitudes where scaling changes */
const M1 = 6.75;
const M2 = 5.5;

/** Column of the change of anelastic attenuation and, for two regions, of the velocity scaling. */
const REGIONS: Readonly<Record<string, readonly [attenuation?: string, velocity?: string]>> = {
  '': [],
  RegCHN: ['a28'],
  RegITA: ['a26'],
  RegJPN: ['a29', 'a35'],
  RegMID: ['a27'],
  RegTWN: ['a25', 'a31'],
};

/** m/s: velocities above this count as this (equation 5). */
function velocityCap(period: number): number {
  if (period <= 0.5) return 1500;
  return period < 3 ? 1500 * Math.exp(-0.351 * Math.log(period / 0.5)) : 800;
}

/** f_1 without distance: constant and slope of ln R at a magnitude (equation 2). */
function magnitudeTerms(c: Coefficients, m: number): readonly [constant: number, slope: number] {
  const capped = Math.max(m, M2);
  const dm = capped - M1;
  const above = (8.5 - capped) * (8.5 - capped);
  const constant = c.a1 + (dm >= 0 ? c.a5 : c.a4) * dm + c.a8 * above + c.a6 * Math.min(m - M2, 0);
  return [constant, c.a2 + c.a3 * dm];
}

/** f_4 without distances (T1, T2 and T4 of equation 8). */
function hangingWallOfRupture(c: Coefficients, m: number, dip: number, ztor: number): number {
  if (dip === 90 || m <= 5.5 || ztor > 10) return 0;
  const t1 = dip <= 30 ? 60 / 45 : (90 - dip) / 45;
  const dm = m - 6.5;
  const t2 = 1 + 0.2 * dm - (dm < 0 ? 0.8 * dm * dm : 0);
  return c.a13 * t1 * t2 * (1 - (ztor * ztor) / 100);
}

/** T3 and T5 of equation 8: rx and ry0 in km, r1 the horizontal projection of the width, km. */
function hangingWallOfSite(rx: number, ry0: number, r1: number): number {
  if (rx <= 0 || rx > 4 * r1) return 0;
  const x = rx / r1;
  const t3 = rx < r1 ? 0.25 + x * (1.5 - 0.75 * x) : 1 - (rx - r1) / (3 * r1);
  const beside = ry0 - rx * Math.tan((20 * Math.PI) / 180);
  return t3 * Math.min(Math.max(1 - beside / 5, 0), 1);
}

/** The vertical component in the form of Abrahamson et al. (2014) with linear site response. */
function declaration(suffix: string): ModelDeclaration {
  const id = `GulerceEtAl2017${suffix}`;
  const [attenuation, velocity] = REGIONS[suffix];
  const japan = suffix === 'RegJPN';
  return formDeclaration(
    {
      id,
      citation:
        'Z. Gülerce, R. Kamai, N. A. Abrahamson, W. J. Silva (2017), Ground motion prediction equations for the vertical ground motion component based on the NGA-W2 database, Earthquake Spectra 33(2), 499-528',
      tectonicRegionType: 'Active Shallow Crust',
      imts: TABLE.imts,
      component: 'Vertical',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: {
        rupture: ['mag', 'rake', 'dip', 'width', 'ztor'],
        distances: ['rrup', 'rjb', 'rx', 'ry0'],
        site: ['vs30'],
      },
    },
    (imt, sites) => {
      const c = TABLE.row(imt, id);
      const cap = velocityCap(imt.period);
      const slopeOfVelocity = c.a10 + (velocity ? c[velocity] : 0);
      const siteTerms = sites.numeric.vs30.map((v) => slopeOfVelocity * Math.log(Math.min(v, cap) / c.vlin));
      const anelastic = c.a17 + (attenuation ? c[attenuation] : 0);
      const phi2 = japan ? c.s2_all : c.s2_noJP;
      const tau2 = japan ? c.s4_all : c.s4_noJP;
      let event = 0;
      let slope = 0;
      let near2 = 0;
      let wall = 0;
      let projected = 0;
      return {
        rupture({ mag, rake, dip, width, ztor }, r) {
          const m = mag[r];
          const [constant, ofDistance] = magnitudeTerms(c, m);
          const near = m > 6 ? c.c4 : m < 4 ? 1 : c.c4 - ((c.c4 - 1) * (6 - m)) / 2;
          const reverse = rake[r] > 30 && rake[r] < 150;
          const normal = rake[r] > -150 && rake[r] < -30;
          const style = (reverse ? c.a11 : normal ? c.a12 : 0) * Math.min(Math.max(m - 4, 0), 1);
          event = constant + style + c.a15 * Math.min(ztor[r] / 20, 1);
          slope = 0.5 * ofDistance;
          near2 = near * near;
          wall = hangingWallOfRupture(c, m, dip[r], ztor[r]);
          projected = width[r] * Math.cos((dip[r] * Math.PI) / 180);
        },
        mean({ rrup, rx, ry0, site }, i) {
          let value = event + slope * Math.log(rrup[i] * rrup[i] + near2) + anelastic * rrup[i] + siteTerms[site[i]];
          if (wall !== 0) value += wall * hangingWallOfSite(rx[i], ry0[i], projected);
          return value;
        },
        deviations({ mag }, r, _i, into) {
          const phi = c.s1 + (phi2 - c.s1) * Math.min(Math.max((mag[r] - 4) / 2, 0), 1);
          const tau = c.s3 + (tau2 - c.s3) * Math.min(Math.max((mag[r] - 5) / 2, 0), 1);
          into[0] = Math.hypot(tau, phi);
          into[1] = tau;
          into[2] = phi;
        },
      };
    },
  );
}

export const models: ModelModule['models'] = Object.keys(REGIONS).map(declaration);
