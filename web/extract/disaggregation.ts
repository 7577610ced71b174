/** disagg?kind=Mag_Dist&imt=PGA&site_id=0&poe_id=0&spec=stats, and disagg_layer. */
import type { Calculation } from '../../datastore/calculation.js';
import { axisValues, StoredDisaggregation } from '../../datastore/stored-disaggregation.js';
import type { Extraction, Members } from './extraction.js';
import { booleanValue, bytesArray, numbersArray, recordArray, textArray, type NpyArray } from './npy.js';
import { refusal } from '../../hazard/refusal.js';

const SPECIFICATIONS = ['stats', 'rlzs', 'stats-traditional', 'rlzs-traditional'];

/** One table of one site: [axes x measures x probabilities x columns], with what stands along the axes. */
export const disaggregation: Extraction = {
  summary:
    'one table: `kind=Mag_Dist`, `imt=PGA`, `site_id=0`, `poe_id=0`, `spec=stats` (or `rlzs`, `stats-traditional`, `rlzs-traditional`)',
  extract(calculation, query) {
    const { stored, kind, spec, site, traditional } = whatIsAsked(calculation, query);
    const edges = stored.edges(site);
    const axes = kind.split('_');
    const values = axes.map((axis) => axisValues(edges, axis));
    const { imts } = calculation;
    const poes = stored.poes(site);
    const measures = chosen(query, 'imt', imts, (text) => imts.indexOf(text));
    const probabilities = chosen(query, 'poe_id', [...poes], (text) => (/^\d+$/.test(text) ? Number(text) : -1));
    const columns = stored.columns(spec, site);
    const all = traditional ? stored.shares(kind, spec, site) : stored.table(spec, kind, site);
    const cells = all.length / (imts.length * poes.length * columns.length);
    const picked = new Float64Array(cells * measures.length * probabilities.length * columns.length);
    let k = 0;
    for (let cell = 0; cell < cells; cell++)
      for (const m of measures)
        for (const p of probabilities) {
          const first = ((cell * imts.length + m) * poes.length + p) * columns.length;
          picked.set(all.subarray(first, first + columns.length), k);
          k += columns.length;
        }
    // as in the reference one axis goes when a single table of one measure and one probability is asked for
    const single = query.has('imt') && query.has('poe_id');
    const inner = single ? [1] : [measures.length, probabilities.length];
    const members: Members = {};
    for (const name of ['kind', 'imt', 'site_id', 'poe_id', 'spec']) {
      const text = query.get(name);
      if (text === null) continue;
      members[name] = name.endsWith('_id') ? numbersArray(BigInt64Array.of(BigInt(text))) : textArray([text]);
    }
    members.imt ??= textArray(imts);
    axes.forEach((axis, i) => {
      members[axis.toLowerCase()] = axisArray(values[i]);
    });
    members.poe = numbersArray(Float64Array.from(probabilities, (p) => poes[p]));
    members.traditional = booleanValue(traditional);
    members.shape_descr = textArray([...axes.map((axis) => axis.toLowerCase()), 'imt', 'poe']);
    if (spec === 'rlzs') members.weights = numbersArray(Float64Array.from(stored.realizations(site).weights));
    members.extra = textArray(columns);
    members.array = numbersArray(picked, [...values.map((row) => row.length), ...inner, columns.length]);
    return members;
  },
};

/** Everything about every site in one record, as QGIS draws it: the means, or the single realization where there is one only. */
export const disaggregationLayer: Extraction = {
  summary:
    'tables of every site in one record, as QGIS draws them: all, or those of the query, `kind=Mag` (several times)',
  extract(calculation, query) {
    const stored = new StoredDisaggregation(calculation);
    const spec = stored.has('stats') ? 'stats' : 'rlzs';
    if (!stored.has(spec)) throw refusal('INVALID_QUERY', 'this calculation has no disaggregation');
    const { columns, size } = calculation.sites();
    const sites = Array.from({ length: size }, (_, site) => site);
    const edges = sites.map((site) => stored.edges(site));
    const levels = sites.map((site) => stored.levels(site));
    const fields: [string, NpyArray][] = [
      ['site_id', numbersArray(Uint32Array.from(sites))],
      ['lon', numbersArray(Float32Array.from(columns.lon as Float64Array))],
      ['lat', numbersArray(Float32Array.from(columns.lat as Float64Array))],
      ['lon_bins', perSite(edges.map(({ Lon }) => Lon))],
      ['lat_bins', perSite(edges.map(({ Lat }) => Lat))],
    ];
    const { imts } = calculation;
    const poes = stored.poes(0);
    // levels given by the job have no probability that all sites share
    const shared = sites.every((site) => stored.poes(site).every((poe, p) => poe === poes[p]));
    const names = (m: number, p: number): string => `${imts[m]}-${shared ? poes[p] : 'None'}`;
    const all = imts.flatMap((_, m) => Array.from(poes, (__, p): [number, number] => [m, p]));
    const wanted = query.getAll('kind');
    const unknown = wanted.filter((kind) => !stored.tables(spec).includes(kind));
    if (unknown.length > 0)
      throw refusal('INVALID_QUERY', `unknown kind '${unknown.join("', '")}' (${stored.tables(spec).join(', ')})`);
    for (const kind of wanted.length > 0 ? wanted : stored.tables(spec)) {
      const tables = sites.map((site) => stored.table(spec, kind, site));
      const count = stored.columns(spec, 0).length;
      const shape = kind.split('_').map((axis) => axisValues(edges[0], axis).length);
      for (const [m, p] of all) {
        const rows = tables.map((table) =>
          everyNth(table, imts.length * poes.length * count, (m * poes.length + p) * count),
        );
        fields.push([`${kind}-${names(m, p)}`, perSite(rows, shape)]);
      }
    }
    for (const [m, p] of all)
      fields.push([
        `iml-${names(m, p)}`,
        perSite(levels.map((row) => row.subarray(m * poes.length + p, m * poes.length + p + 1))),
      ]);
    return {
      array: recordArray(fields, size),
      mag: numbersArray(edges[0].Mag),
      dist: numbersArray(edges[0].Dist),
      eps: numbersArray(edges[0].Eps),
      trt: bytesArray(edges[0].TRT),
    };
  },
};

function whatIsAsked(calculation: Calculation, query: URLSearchParams) {
  const stored = new StoredDisaggregation(calculation);
  const needed = (name: string, allowed: string): string => {
    const value = query.get(name);
    if (value === null) throw refusal('INVALID_QUERY', `${name} is missing (${allowed})`);
    return value;
  };
  const specification = needed('spec', SPECIFICATIONS.join(', '));
  if (!SPECIFICATIONS.includes(specification))
    throw refusal('INVALID_QUERY', `unknown spec '${specification}' (${SPECIFICATIONS.join(', ')})`);
  const [spec, traditional] = specification.split('-') as ['stats' | 'rlzs', string | undefined];
  if (!stored.has(spec)) throw refusal('INVALID_QUERY', `this calculation has no disaggregation '${spec}'`);
  const tables = stored.tables(spec);
  const kind = needed('kind', tables.join(', '));
  if (!tables.includes(kind)) throw refusal('INVALID_QUERY', `unknown kind '${kind}' (${tables.join(', ')})`);
  const site = needed('site_id', 'number of a site');
  if (!/^\d+$/.test(site) || Number(site) >= calculation.siteCount)
    throw refusal('INVALID_QUERY', `there is no site ${site} (0 to ${calculation.siteCount - 1})`);
  return { stored, kind, spec, site: Number(site), traditional: traditional !== undefined };
}

/** Positions of what the query names, all where it names nothing. */
function chosen(
  query: URLSearchParams,
  name: string,
  items: readonly (string | number)[],
  find: (text: string) => number,
): number[] {
  const text = query.get(name);
  if (text === null) return items.map((_, k) => k);
  const position = find(text);
  if (position < 0 || position >= items.length) throw refusal('INVALID_QUERY', `unknown ${name} '${text}'`);
  return [position];
}

function axisArray(values: ReturnType<typeof axisValues>): NpyArray {
  return values instanceof Float64Array ? numbersArray(values) : bytesArray(values);
}

function everyNth(values: Float64Array, step: number, first: number): Float64Array {
  return Float64Array.from({ length: values.length / step }, (_, k) => values[first + k * step]);
}

/** One row per site in single precision; `shape` of a row, by default its length. */
function perSite(rows: readonly Float64Array[], shape: readonly number[] = [rows[0].length]): NpyArray {
  const values = Float32Array.from(rows.flatMap((row) => [...row]));
  const flat = numbersArray(values);
  return { type: flat.type, shape: [rows.length, ...shape], data: flat.data };
}
