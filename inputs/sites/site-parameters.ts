import { z1pt0Global, z2pt5Global } from '../../hazard/site/basin-depths.js';
import type { SiteCollection } from '../../hazard/site/site-collection.js';
import type { InputReport } from '../report.js';
import type { Parameters } from '../parameters/parameters.js';
import type { RawSites } from './sites.js';

/** Site parameter -> the job parameter that gives it to all sites */
const REFERENCES: Readonly<Record<string, string>> = {
  vs30: 'reference_vs30_value',
  vs30measured: 'reference_vs30_type',
  z1pt0: 'reference_depth_to_1pt0km_per_sec',
  z2pt5: 'reference_depth_to_2pt5km_per_sec',
  backarc: 'reference_backarc',
};
/** files named by these parameters give way to reference values where both state a parameter */
const GIVES_WAY = new Set(['sites_csv', 'sites_file']);
/** flags and codes: 0 everywhere is a value like any other */
const MAY_BE_ZERO = new Set(['vs30measured', 'backarc', 'bas', 'inCshm', 'region', 'soiltype', 'lon', 'lat']);

function referenceValue(parameters: Parameters, name: string): number {
  const reference = REFERENCES[name];
  if (reference === undefined) return NaN;
  if (name === 'vs30measured') return parameters.word(reference) === 'measured' ? 1 : 0;
  if (name === 'backarc') return parameters.boolean(reference) ? 1 : 0;
  return parameters.number(reference) ?? NaN;
}

/**
 * Completes the sites with the parameters that the ground-motion models need: from the site model, else from the reference
 * values of the job; `override_vs30` replaces vs30, and the basin depths follow it. Faults name each parameter that no one
 * gives; those in `shown` may be missing.
 */
export function completeSites(
  raw: RawSites,
  required: ReadonlySet<string>,
  parameters: Parameters,
  report: InputReport,
  shown: ReadonlySet<string> = new Set(),
): SiteCollection {
  const { points, model, rows } = raw;
  const numeric: Record<string, Float64Array> = {};
  const text: Record<string, readonly string[]> = {};
  const always = new Set(['vs30', 'vs30measured', ...shown]);
  const wanted = (name: string): boolean => raw.fromModel || required.has(name) || always.has(name);
  if (model && rows) {
    for (const [name, column] of model.numeric)
      if (wanted(name)) numeric[name] = Float64Array.from(rows, (row) => column[row]);
    for (const [name, column] of model.text) if (wanted(name)) text[name] = Array.from(rows, (row) => column[row]);
  }
  const givesWay = GIVES_WAY.has(parameters.writtenName('site_model_file'));
  for (const name of Object.keys(REFERENCES)) {
    const preferred = givesWay && raw.fromModel;
    const needed = required.has(name) || always.has(name) || preferred;
    const override = preferred && parameters.isGiven(REFERENCES[name]);
    if (!needed || (numeric[name] && !override)) continue;
    // with sites of a site model, whether vs30 was measured is looked up only for models that ask
    const shownOnly = raw.fromModel && name === 'vs30measured' && !required.has(name) && !shown.has(name) && !override;
    const value = shownOnly ? 0 : referenceValue(parameters, name);
    const useful = !Number.isNaN(value) || (preferred && !numeric[name]);
    if (useful) numeric[name] = new Float64Array(points.size).fill(value);
  }
  overrideVs30(numeric, required, parameters.number('override_vs30'), points.size);
  if (required.has('lon')) numeric.lon = points.lon;
  if (required.has('lat')) numeric.lat = points.lat;
  checkRequired(numeric, text, required, raw, parameters, report);
  return {
    points,
    parameters: { size: points.size, numeric, text },
    ...(raw.customIds && { customIds: raw.customIds }),
  };
}

function overrideVs30(
  numeric: Record<string, Float64Array>,
  required: ReadonlySet<string>,
  vs30: number | undefined,
  size: number,
): void {
  if (vs30 === undefined) return;
  numeric.vs30 = new Float64Array(size).fill(vs30);
  for (const [name, relation] of [['z1pt0', z1pt0Global] as const, ['z2pt5', z2pt5Global] as const])
    if (numeric[name] || required.has(name)) numeric[name] = new Float64Array(size).fill(relation(vs30));
}

function checkRequired(
  numeric: Readonly<Record<string, Float64Array>>,
  text: Readonly<Record<string, readonly string[]>>,
  required: ReadonlySet<string>,
  raw: RawSites,
  parameters: Parameters,
  report: InputReport,
): void {
  for (const name of [...required].sort()) {
    const column = numeric[name];
    // words where numbers belong are told by their line when the file is read
    if (text[name]) continue;
    const reference = REFERENCES[name];
    const sources = raw.model ? 'site model' : 'job (it has no site model)';
    const allowed =
      reference === undefined
        ? `a column ${name} in the site model`
        : `${reference}, or a column ${name} in the site model`;
    if (reference !== undefined && parameters.isBroken(reference)) continue;
    if (!column)
      report.fault({
        code: 'SITE_PARAMETER',
        file: parameters.file,
        key: name,
        message: `the models need this site parameter and the ${sources} does not give it`,
        allowed,
      });
    else if (column.some(Number.isNaN))
      report.fault({
        code: 'SITE_PARAMETER',
        file: parameters.file,
        key: name,
        message: 'the models need this site parameter and it is not a number at some sites',
        allowed,
      });
    else if (!MAY_BE_ZERO.has(name) && column.every((value) => value === 0))
      report.fault({
        code: 'SITE_PARAMETER',
        file: parameters.file,
        key: name,
        message: 'the models need this site parameter and it is 0 at all sites',
        allowed,
      });
  }
}
