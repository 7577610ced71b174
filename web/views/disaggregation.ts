import { axisValues, StoredDisaggregation } from '../../datastore/stored-disaggregation.js';
import { refusal } from '../../hazard/refusal.js';
import { measureOf, siteOf, type View } from './view.js';

/** One table of one site, measure and probability. */
export const disaggregation: View = {
  summary: 'One disaggregation table of a site, measure and probability: the mean, or a single realization.',
  parameters: {
    site: 'number of the site, default 0',
    imt: 'measure, default the first one',
    table: 'Mag_Dist, TRT, Mag_Dist_Eps ...; default the first one',
    poe_id: 'number of the probability, default 0',
    column: 'number of the column of single realizations, default 0',
  },
  answer: '`{"poes", "levels", "axes": [{"name", "edges" or "names"}], "shape", "values", "columns"}`',
  read(calculation, query) {
    const stored = new StoredDisaggregation(calculation);
    const kind = stored.has('stats') ? 'stats' : 'rlzs';
    if (!stored.has(kind)) throw refusal('INVALID_QUERY', 'the calculation has no disaggregation');
    const site = siteOf(calculation, query);
    const measure = measureOf(calculation, query);
    const tables = stored.tables(kind);
    const table = query.get('table') ?? tables[0];
    if (!tables.includes(table))
      throw refusal('INVALID_QUERY', `no table '${table}' (there are: ${tables.join(', ')})`);
    const poes = Array.from(stored.poes(site));
    const columns = stored.columns(kind, site);
    const p = placeOf('poe_id', query, poes.length);
    const column = placeOf('column', query, columns.length);
    const edges = stored.edges(site);
    const axes = table.split('_').map((name) => ({
      name,
      ...(name === 'TRT' ? { names: edges.TRT } : { edges: Array.from(edges[name as 'Mag']) }),
    }));
    const shape = table.split('_').map((name) => axisValues(edges, name).length);
    const all = stored.table(kind, table, site);
    const step = calculation.imts.length * poes.length * columns.length;
    const first = (measure * poes.length + p) * columns.length + column;
    const values = Array.from({ length: all.length / step }, (_, cell) => all[cell * step + first]);
    const levels = Array.from(stored.levels(site).subarray(measure * poes.length, (measure + 1) * poes.length));
    return { json: { poes, levels, tables, columns, axes, shape, values } };
  },
};

/** A whole number below `count`. Errors: Refusal. */
function placeOf(name: string, query: URLSearchParams, count: number): number {
  const text = query.get(name) ?? '0';
  if (!/^\d{1,9}$/.test(text) || Number(text) >= count)
    throw refusal('INVALID_QUERY', `${name}=${text} must be a whole number from 0 to ${count - 1}`);
  return Number(text);
}
