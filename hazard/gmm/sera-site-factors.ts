import type { SiteParameters } from './context.js';

/*
 * Amplification of the plateau and of the long periods of a design spectrum, by classes of sites: Pitilakis et al. (2018,
 * 2020) and the second draft of the revised Eurocode 8 (2018).
 */

export interface SiteFactors {
  /** factor of the plateau; `plateau` on rock, g */
  short(site: number, plateau: number): number;
  /** factor at 1 s; sa1 on rock, g */
  long(site: number, plateau: number, sa1: number): number;
}

/** Values at plateaus of 0, 0.25, 0.5, 0.75, 1 and 1.25 g. */
type ByClass = Readonly<Record<string, readonly number[]>>;

const PITILAKIS_2018: { readonly short: ByClass; readonly long: ByClass } = {
  short: {
    B1: [1.3, 1.3, 1.2, 1.2, 1.2, 1.2],
    B2: [1.4, 1.3, 1.3, 1.2, 1.1, 1.1],
    C1: [1.7, 1.6, 1.4, 1.3, 1.3, 1.2],
    C2: [1.6, 1.5, 1.3, 1.2, 1.1, 1],
    C3: [1.8, 1.6, 1.4, 1.2, 1.1, 1],
    D: [2.2, 1.9, 1.6, 1.4, 1.2, 1],
    E: [1.7, 1.6, 1.6, 1.5, 1.5, 1.5],
  },
  long: {
    B1: [1.4, 1.4, 1.4, 1.4, 1.3, 1.3],
    B2: [1.6, 1.5, 1.5, 1.5, 1.4, 1.3],
    C1: [1.7, 1.6, 1.5, 1.5, 1.4, 1.3],
    C2: [2.1, 2, 1.9, 1.8, 1.8, 1.7],
    C3: [3.2, 3, 2.7, 2.5, 2.4, 2.3],
    D: [4.1, 3.8, 3.3, 3, 2.8, 2.7],
    E: [1.3, 1.3, 1.2, 1.2, 1.2, 1.2],
  },
};

const PITILAKIS_2020: typeof PITILAKIS_2018 = {
  short: {
    B1: [1.3, 1.3, 1.3, 1.2, 1.2, 1.2],
    B2: [1.3, 1.3, 1.2, 1.2, 1.2, 1.1],
    C1: [1.7, 1.7, 1.6, 1.5, 1.5, 1.4],
    C2: [1.6, 1.5, 1.3, 1.2, 1.1, 1],
    C3: [1.7, 1.6, 1.4, 1.2, 1.2, 1.1],
    D: [1.8, 1.7, 1.5, 1.4, 1.3, 1.2],
    E: [1.7, 1.6, 1.6, 1.5, 1.5, 1.4],
  },
  long: {
    B1: [1.1, 1.1, 1.1, 1.1, 1.1, 1.1],
    B2: [1.4, 1.4, 1.3, 1.3, 1.3, 1.3],
    C1: [1.5, 1.5, 1.4, 1.4, 1.4, 1.4],
    C2: [2.3, 2.2, 2, 1.9, 1.9, 1.8],
    C3: [2.4, 2.3, 2.1, 2, 2, 1.9],
    D: [4, 3.5, 3, 2.7, 2.4, 2.3],
    E: [1.2, 1.1, 1.1, 1.1, 1.1, 1.1],
  },
};

const ROCK: readonly number[] = [1, 1, 1, 1, 1, 1];

/** Below 0.25 g the first value, not interpolated; 1 at 1.25 g exactly, as in the reference engine. */
function atPlateau(values: readonly number[], plateau: number): number {
  if (plateau < 0.25) return values[0];
  if (plateau === 1.25) return 1;
  if (plateau > 1.25) return values[5];
  const k = Math.min(Math.floor(plateau / 0.25), 4);
  return values[k] + ((values[k + 1] - values[k]) * (plateau - 0.25 * k)) / 0.25;
}

function pitilakis({ short, long }: typeof PITILAKIS_2018, sites: SiteParameters): SiteFactors {
  const classes = sites.text.ec8_p18;
  const shorts = classes.map((name) => short[name] ?? ROCK);
  const longs = classes.map((name) => long[name] ?? ROCK);
  return {
    short: (site, plateau) => atPlateau(shorts[site], plateau),
    long: (site, plateau) => atPlateau(longs[site], plateau),
  };
}

type Category = 'A' | 'B' | 'C' | 'D' | 'E' | 'F';

/** Site category by velocity (m/s) and depth to 800 m/s (m). */
function category(vs30: number, h800: number): Category {
  if (vs30 >= 400) return h800 > 5 ? 'B' : 'A';
  if (vs30 >= 250 && h800 <= 5) return 'A';
  if (h800 <= 30) return 'E';
  if (h800 > 100) return 'F';
  return vs30 >= 250 ? 'C' : 'D';
}

const GRAVITY = 9.80665;

function eurocode8(sites: SiteParameters): SiteFactors {
  const { vs30, h800 } = sites.numeric;
  const categories = Array.from(vs30, (v, s) => category(v, h800[s]));
  const softening = (v: number, motion: number) => 1 - (2000 * GRAVITY * motion) / (v * v);
  const factor = (site: number, exponent: number) => Math.exp(exponent * Math.log(vs30[site] / 800));
  return {
    short(site, plateau) {
      const r = softening(vs30[site], plateau);
      const h = h800[site];
      if (categories[site] === 'A') return 1;
      if (categories[site] === 'E') return factor(site, -0.25 * r * (h / 30) * (4 - h / 10));
      return (categories[site] === 'F' ? 0.9 : 1) * factor(site, -0.25 * r);
    },
    long(site, _plateau, sa1) {
      const r = softening(vs30[site], sa1);
      if (categories[site] === 'A') return 1;
      if (categories[site] === 'E') return factor(site, (-0.7 * r * h800[site]) / 30);
      return (categories[site] === 'F' ? 1.25 : 1) * factor(site, -0.7 * r);
    },
  };
}

const DEFAULT_SHORT: Readonly<Record<string, number>> = { A: 1, B: 1.2, C: 1.35, D: 1.5, E: 1.7, F: 1.35 };
const DEFAULT_LONG: Readonly<Record<string, number>> = { A: 1, B: 1.6, C: 2.25, D: 3.2, E: 3, F: 4 };

function eurocode8Default(sites: SiteParameters): SiteFactors {
  const shorts = sites.text.ec8.map((name) => DEFAULT_SHORT[name] ?? 1);
  const longs = sites.text.ec8.map((name) => DEFAULT_LONG[name] ?? 1);
  return { short: (site) => shorts[site], long: (site) => longs[site] };
}

/** By name of the model. */
export const SITE_FACTORS: Readonly<Record<string, (sites: SiteParameters) => SiteFactors>> = {
  PitilakisEtAl2018: (sites) => pitilakis(PITILAKIS_2018, sites),
  PitilakisEtAl2020: (sites) => pitilakis(PITILAKIS_2020, sites),
  Eurocode8Amplification: eurocode8,
  Eurocode8AmplificationDefault: eurocode8Default,
};
