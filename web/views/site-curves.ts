import { siteOf, type View } from './view.js';

/** Curves of one site: everything that its plots of statistics are drawn from. */
export const siteCurves: View = {
  summary: 'Hazard curves of one site: all measures and statistics.',
  parameters: { site: 'number of the site, default 0', 'lon, lat': 'degrees; the nearest site, instead of `site`' },
  answer:
    '`{"site": {"number", "lon", "lat", "depth", "name", "parameters"}, "curves": {measure: {statistic: [probability, ...]}}}`',
  read(calculation, query) {
    const site = siteOf(calculation, query);
    const { columns, names } = calculation.sites();
    const stored = calculation.kinds();
    const statistics = stored.filter(({ dataset }) => dataset === 'stats');
    const kinds = statistics.length > 0 ? statistics : stored.slice(0, 1);
    const place = (name: string): number => (columns[name] as Float64Array | undefined)?.[site] ?? 0;
    const own = names.filter((name) => !['sids', 'lon', 'lat', 'depth', 'custom_site_id'].includes(name));
    return {
      json: {
        site: {
          number: site,
          lon: place('lon'),
          lat: place('lat'),
          depth: place('depth'),
          name: (columns.custom_site_id as readonly string[] | undefined)?.[site] ?? '',
          parameters: Object.fromEntries(own.map((name) => [name, finite(columns[name][site])])),
        },
        curves: Object.fromEntries(
          calculation.imts.map((imt, m) => [
            imt,
            Object.fromEntries(
              kinds.map((kind) => [
                kind.name,
                Array.from(calculation.curves(kind, m, site, site + 1).subarray(0, calculation.levels[m].length)),
              ]),
            ),
          ]),
        ),
      },
    };
  },
};

/** JSON has no word for what is not a number; columns may hold it for unknown values. */
function finite(value: number | string): number | string | null {
  return typeof value === 'string' || Number.isFinite(value) ? value : null;
}
