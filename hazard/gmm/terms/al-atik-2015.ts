import { CoefficientTable, readTables, type RawTable } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type { ArgumentDeclaration, ArgumentValue } from '../model.js';
import { scaledChiSquareQuantile } from './chi-square.js';

/**
 * Standard deviations of L. Al Atik (2015), NGA-East: Ground-Motion Standard Deviation Models for Central and Eastern North
 * America, PEER Report 2015/07; used by the NGA-East models and by the European models of 2020.
 */

const { tables, constants } = readTables(import.meta.url, 'al-atik-2015');
const TAU = constants!.tau as Readonly<Record<string, TauEntry>>;
const PHI: Readonly<Record<string, RawTable>> = {
  global: tables.phiGlobal,
  cena: tables.phiCena,
  cena_constant: tables.phiCenaConstant,
};
const PHI_TABLES = new Map(Object.entries(PHI).map(([name, raw]) => [name, new CoefficientTable(raw)]));
const PHI_S2S = new CoefficientTable(tables.phiS2s);
const USGS_PANEL = new CoefficientTable(tables.usgsPanel);

interface TauEntry {
  readonly magnitudes: readonly number[];
  readonly PGV: { readonly mean: readonly number[]; readonly deviation: readonly number[] };
  readonly SA: { readonly mean: readonly number[]; readonly deviation: readonly number[] };
}

/** Names of the models of between-event variability. */
export const TAU_MODELS = ['global', 'cena', 'cena_constant'] as const;
/** Names of the models of within-event variability. */
export const PHI_MODELS = ['global', 'cena', 'cena_constant'] as const;

/** Values at corner magnitudes: linear between them, constant outside. */
export interface MagnitudeSteps {
  readonly magnitudes: readonly number[];
  readonly values: readonly number[];
}

/** The value at a magnitude. */
export function atMagnitude({ magnitudes, values }: MagnitudeSteps, m: number): number {
  const last = magnitudes.length - 1;
  if (m <= magnitudes[0]) return values[0];
  for (let k = 1; k <= last; k++)
    if (m <= magnitudes[k])
      return (
        values[k - 1] + ((m - magnitudes[k - 1]) * (values[k] - values[k - 1])) / (magnitudes[k] - magnitudes[k - 1])
      );
  return values[last];
}

/** The argument of a model by which a quantile of a standard deviation is asked for. */
export const quantileArgument = (name: string, of: string): ArgumentDeclaration => ({
  name,
  meaning: `quantile (0 to 1) of ${of}; none: the mean`,
  type: 'number',
  default: null,
  range: [0, 1],
});

/** The quantile that such an argument gives; null for the mean. */
export const quantileOf = (value: ArgumentValue): number | null => (value === null ? null : Number(value));

/** A standard deviation with the uncertainty of its variance: the mean, or its quantile (0 to 1) if one is given. */
export function branch(mean: number, deviation: number, quantile: number | null): number {
  return quantile === null ? mean : scaledChiSquareQuantile(mean, deviation, quantile);
}

/** Between-event standard deviation (tables 5.2-5.4): PGV has its own values, all others are alike. */
export function tauSteps(model: string, imt: Imt, quantile: number | null = null): MagnitudeSteps {
  const entry = TAU[model];
  const { mean, deviation } = imt.kind === 'PGV' ? entry.PGV : entry.SA;
  return { magnitudes: entry.magnitudes, values: mean.map((m, k) => branch(m, deviation[k], quantile)) };
}

/** Single-station within-event standard deviation: `a` up to magnitude 5, `b` from 6.5. */
export function phiSteps(model: string, imt: Imt, id: string, quantile: number | null = null): MagnitudeSteps {
  const row = PHI_TABLES.get(model)!.row(imt, id);
  return {
    magnitudes: [5, 6.5],
    values: [branch(row.mean_a, row.var_a, quantile), branch(row.mean_b, row.var_b, quantile)],
  };
}

/** Tables of the single-station and the site-to-site standard deviation for models that interpolate them in their own way. */
export const WITHIN_EVENT_TABLES: Readonly<Record<string, RawTable>> = { ...PHI, siteToSite: tables.phiS2s };

/** Site-to-site standard deviation of central and eastern North America. */
export function phiSiteToSite(imt: Imt, id: string, quantile: number | null = null): number {
  const row = PHI_S2S.row(imt, id);
  return branch(row.mean, row.var, quantile);
}

/** Site-to-site standard deviation by velocity (m/s) of the panel of the 2018 US model: s2s1 to 1200, s2s2 from 1500. */
export function panelSiteToSite(imt: Imt, id: string, vs30: Float64Array): Float64Array {
  const { s2s1, s2s2 } = USGS_PANEL.row(imt, id);
  return vs30.map((v) => s2s1 + (s2s2 - s2s1) * Math.min(Math.max((v - 1200) / 300, 0), 1));
}

/** Between-event and single-station standard deviations of that panel. */
export function panelSteps(imt: Imt, id: string): { tau: MagnitudeSteps; phi: MagnitudeSteps } {
  const { t1, t2, t3, t4, ss_a, ss_b } = USGS_PANEL.row(imt, id);
  return {
    tau: { magnitudes: [4.5, 5, 5.5, 6.5], values: [t1, t2, t3, t4] },
    phi: { magnitudes: [5, 6.5], values: [ss_a, ss_b] },
  };
}

/** Models of the parts, whose means or quantiles (0 to 1) are combined, and quantile of the total; null: the mean. */
export interface TotalSigmaOptions {
  readonly tauModel: string;
  readonly phiModel: string;
  readonly siteToSite: boolean;
  readonly tauQuantile: number | null;
  readonly phiQuantile: number | null;
  readonly siteQuantile: number | null;
  readonly quantile: number | null;
}

/**
 * Total standard deviation as one model with its own uncertainty: formed at the measures of the site-to-site table
 * (of the single-station table without it), then
 * interpolated between periods.
 */
export function totalSigmaSteps(imt: Imt, id: string, options: TotalSigmaOptions): MagnitudeSteps {
  const { magnitudes } = TAU[options.tauModel];
  const raw = options.siteToSite ? tables.phiS2s : PHI[options.phiModel];
  const rows = raw.rows.map(([name]) => [name, ...totalAtCorners(parseImt(String(name)), id, options)]);
  const table = new CoefficientTable({ columns: ['imt', ...magnitudes.map((m) => `m${m}`)], rows });
  const row = table.row(imt, id);
  return { magnitudes, values: magnitudes.map((m) => row[`m${m}`]) };
}

function totalAtCorners(imt: Imt, id: string, options: TotalSigmaOptions): number[] {
  const entry = TAU[options.tauModel];
  const tau = imt.kind === 'PGV' ? entry.PGV : entry.SA;
  const phi = PHI_TABLES.get(options.phiModel)!.row(imt, id);
  const site = options.siteToSite ? PHI_S2S.row(imt, id) : { mean: 0, var: 0 };
  const phiMean: MagnitudeSteps = {
    magnitudes: [5, 6.5],
    values: [branch(phi.mean_a, phi.var_a, options.phiQuantile), branch(phi.mean_b, phi.var_b, options.phiQuantile)],
  };
  const siteMean = options.siteToSite ? branch(site.mean, site.var, options.siteQuantile) : 0;
  const phiDeviation: MagnitudeSteps = { magnitudes: [5, 6.5], values: [phi.var_a, phi.var_b] };
  return entry.magnitudes.map((m, k) => {
    const tauMean = branch(tau.mean[k], tau.deviation[k], options.tauQuantile);
    const mean = Math.hypot(tauMean, atMagnitude(phiMean, m), siteMean);
    const deviation = Math.hypot(tau.deviation[k], atMagnitude(phiDeviation, m), site.var);
    return branch(mean, deviation, options.quantile);
  });
}
