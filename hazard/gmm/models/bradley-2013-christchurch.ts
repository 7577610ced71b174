import type { ContextBatch } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import type { Imt } from '../imt.js';
import type { GroundMotion } from '../model.js';

/*
 * Terms for sites in the centre of Christchurch and earthquakes of the Canterbury region: B. A. Bradley (2013), Systematic
 * ground motion observations in the Canterbury earthquakes and region-specific non-ergodic empirical ground motion modeling,
 * University of Canterbury; the area after C. Van Houtte, E. Abbott (2019), GNS Science Report.
 */

type Corners = readonly (readonly [period: number, value: number])[];

/** site-to-site term of the centre (table 4), reductions of sigma and phi (tables 7, 8) */
const SITE: Corners = [
  [0, 0.05],
  [0.15, -0.15],
  [0.45, 0.4],
  [3.2, 0.4],
  [5, 0.08],
];
const REDUCTION: Corners = [
  [0.6, 0.8],
  [1, 0.7],
  [10, 0.6],
];
/** between-event: factor of tau in the sub-regional models */
const REDUCTION_OF_TAU: Corners = [
  [1, 0.87],
  [5, 0.58],
];
/** location-to-location term of earthquakes of Canterbury */
const LOCATION: Corners = [
  [0.18, -0.06],
  [0.35, 0.12],
  [10, 0.65],
];
/** Parts of Christchurch with a site term of their own. */
export type Subregion = 'CBD' | 'East' | 'North' | 'West';
const SITE_BY_SUBREGION: Readonly<Record<Subregion, Corners>> = {
  CBD: SITE,
  East: [
    [0.25, 0.05],
    [1.5, 0.15],
    [10, 0.1],
  ],
  North: [
    [0, -0.31],
    [0.2, -0.4],
    [0.6, 0.2],
  ],
  West: [
    [0, -0.2],
    [0.85, -0.55],
    [1.4, -0.18],
    [3.2, -0.18],
    [5, 0.22],
  ],
};
/** What the ground of the centre counts as, whatever the site model says: m/s, m. */
const CENTRAL_VS30 = 250;
const CENTRAL_Z1PT0 = 330;
/** degrees */
const CENTRE = [
  [172.6259, -43.5209],
  [172.6505, -43.5209],
  [172.6505, -43.5399],
  [172.6124, -43.54],
  [172.6123, -43.5289],
  [172.6124, -43.5245],
  [172.622, -43.5233],
] as const;

/** Straight from corner to corner in period, constant outside. */
function atPeriod(corners: Corners, period: number): number {
  if (period <= corners[0][0]) return corners[0][1];
  for (let k = 1; k < corners.length; k++) {
    const [t0, y0] = corners[k - 1];
    const [t1, y1] = corners[k];
    if (period <= t1) return y0 + ((y1 - y0) * (period - t0)) / (t1 - t0);
  }
  return corners[corners.length - 1][1];
}

function inCentre(lon: number, lat: number): boolean {
  let inside = false;
  for (let k = 0, j = CENTRE.length - 1; k < CENTRE.length; j = k++) {
    const [x0, y0] = CENTRE[k];
    const [x1, y1] = CENTRE[j];
    if (y0 > lat !== y1 > lat && lon < x0 + ((x1 - x0) * (lat - y0)) / (y1 - y0)) inside = !inside;
  }
  return inside;
}

/** The sites with the ground of the centre of Christchurch in place of their own, for sites that lie there. */
export function groundOfChristchurch(sites: SiteParameters): SiteParameters {
  const { lon, lat, vs30, z1pt0 } = sites.numeric;
  const central = (own: Float64Array, value: number) => own.map((x, s) => (inCentre(lon[s], lat[s]) ? value : x));
  const numeric = { ...sites.numeric, vs30: central(vs30, CENTRAL_VS30), z1pt0: central(z1pt0, CENTRAL_Z1PT0) };
  return { ...sites, numeric };
}

/** Changes what the regional model gave in row m of `out`, where site and earthquake are those the terms are for. */
export function christchurchAdjustment(
  imt: Imt,
  sites: SiteParameters,
): (batch: ContextBatch, out: GroundMotion, m: number) => void {
  const { lon, lat } = sites.numeric;
  const central = Uint8Array.from(lon, (x, s) => (inCentre(x, lat[s]) ? 1 : 0));
  const period = imt.kind === 'PGA' ? 0 : imt.period;
  // The reference engine keeps both terms in one array, so that the second replaces the first and counts twice. Published
  // curves for Christchurch carry this; the report asks for the sum of the location and the site term.
  const shift = 2 * atPeriod(SITE, period);
  const reduction = atPeriod(REDUCTION, period);
  return (batch, out, m) => {
    for (let r = 0; r < batch.ruptures; r++) {
      if (!batch.inCshm[r]) continue;
      for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
        if (!central[batch.site[i]]) continue;
        out.mean[m][i] += shift;
        out.total[m][i] *= reduction;
        out.intra[m][i] *= reduction;
      }
    }
  };
}

/** All sites with the ground of the centre of Christchurch. */
export function centralGround(sites: SiteParameters): SiteParameters {
  const numeric = {
    ...sites.numeric,
    vs30: new Float64Array(sites.size).fill(CENTRAL_VS30),
    z1pt0: new Float64Array(sites.size).fill(CENTRAL_Z1PT0),
  };
  return { ...sites, numeric };
}

/** Shift of ln Y and factors of the deviations of a measure, for sites of a sub-region and earthquakes of Canterbury. */
export function subregionAdjustment(
  imt: Imt,
  subregion: Subregion,
): (batch: ContextBatch, out: GroundMotion, m: number) => void {
  const period = imt.kind === 'PGA' ? 0 : imt.period;
  const shift = atPeriod(LOCATION, period) + atPeriod(SITE_BY_SUBREGION[subregion], period);
  const reduction = atPeriod(REDUCTION, period);
  const reductionOfTau = atPeriod(REDUCTION_OF_TAU, period);
  return ({ size }, { mean, total, inter, intra }, m) => {
    for (let i = 0; i < size; i++) {
      mean[m][i] += shift;
      total[m][i] *= reduction;
      intra[m][i] *= reduction;
      inter[m][i] *= reductionOfTau;
    }
  };
}

/** Adds a standard deviation to the total one, half of its variance to each component. */
export function addDeviation(
  extra: number,
  { size }: ContextBatch,
  { total, inter, intra }: GroundMotion,
  m: number,
): void {
  const half = (extra * extra) / 2;
  for (let i = 0; i < size; i++) {
    total[m][i] = Math.hypot(total[m][i], extra);
    inter[m][i] = Math.sqrt(inter[m][i] * inter[m][i] + half);
    intra[m][i] = Math.sqrt(intra[m][i] * intra[m][i] + half);
  }
}
