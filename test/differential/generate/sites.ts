/** Random sites: a list, a table, a site model, a grid over a region. */
import type { Draft, Place } from './draft.js';

const VALUES: Readonly<Record<string, readonly (string | number)[]>> = {
  vs30: [180, 300, 400, 600, 760, 800, 1100, 1500, 2000],
  vs30measured: [0, 1],
  z1pt0: [5, 50, 300, 800],
  z2pt5: [0.3, 1.2, 4],
  backarc: [0, 1],
  xvf: [-50, 20, 150],
  siteclass: ['A', 'B', 'C', 'D', 'E'],
  ec8: ['A', 'B', 'C', 'D'],
  ec8_p18: ['A', 'B1', 'C2', 'D1'],
  h800: [5, 20, 60],
  slope: [0.01, 0.05, 0.3],
  geology: ['CENOZOIC', 'HOLOCENE', 'JURASSIC-TRIASSIC', 'PRECAMBRIAN', 'UNKNOWN'],
  bas: [0, 1],
  soiltype: [1, 2, 3, 4],
  f0: [1, 4],
  region: [0, 1, 2, 3, 4, 5],
  depth: [-0.5, -2.5, 0, 0.3, 1],
};
/** parameters that a job can give for all sites */
const OF_JOB = new Set(['lon', 'lat', 'vs30', 'vs30measured', 'z1pt0', 'z2pt5', 'backarc', 'xvf']);

/** `needed`: site parameters of the ground-motion models. */
export function sites(draft: Draft, needed: ReadonlySet<string>): void {
  const { random, ini, files } = draft;
  ini.reference_vs30_value = String(random.pick([400, 600, 760, 800, 1100]));
  ini.reference_vs30_type = random.pick(['measured', 'inferred']);
  ini.reference_depth_to_1pt0km_per_sec = String(random.pick([30, 60, 100]));
  ini.reference_depth_to_2pt5km_per_sec = String(random.pick([0.6, 2, 5]));
  const places = Array.from({ length: random.pick([1, 1, 2, 3, 5]) }, () => draft.near(random.pick([5, 40, 80, 150])));
  const deep = random.chance(0.15);
  const depth = (): number => Number(random.pick(VALUES.depth));
  const modelOnly = [...needed].some((name) => !OF_JOB.has(name)) || needed.has('xvf');
  const form = modelOnly
    ? random.pick(['model', 'gridOfModel'] as const)
    : random.pick(['list', 'list', 'table', 'model', 'model', 'grid', 'gridOfModel'] as const);
  switch (form) {
    case 'list':
      ini.sites = places.map((place) => place.join(' ') + (deep ? ` ${depth()}` : '')).join(', ');
      return;
    case 'table': {
      const header = random.pick(['', 'lon,lat', 'custom_site_id,lon,lat']);
      const rows = places.map((place, k) => `${header.startsWith('custom') ? `n${k},` : ''}${place.join(',')}`);
      files['sites.csv'] = `${[header, ...rows].filter((row) => row !== '').join('\n')}\n`;
      ini.sites_csv = 'sites.csv';
      return;
    }
    case 'model':
      files['site_model.csv'] = siteModel(draft, places, needed, deep);
      ini.site_model_file = 'site_model.csv';
      return;
    default: {
      const [first] = places;
      ini.region = [315, 45, 135, 225].map((azimuth) => draft.from(first, azimuth, 18).join(' ')).join(', ');
      ini.region_grid_spacing = String(random.pick([10, 12, 15]));
      if (form === 'grid') return;
      const around = [0, 120, 240].flatMap((azimuth) => [4, 14].map((km) => draft.from(first, azimuth, km)));
      files['site_model.csv'] = siteModel(draft, around, needed, false);
      ini.site_model_file = 'site_model.csv';
    }
  }
}

function siteModel(draft: Draft, places: readonly Place[], needed: ReadonlySet<string>, deep: boolean): string {
  const { random } = draft;
  const columns = new Set(['vs30', ...[...needed].filter((name) => name !== 'lon' && name !== 'lat')]);
  if (random.chance(0.5)) for (const name of ['vs30measured', 'z1pt0', 'z2pt5']) columns.add(name);
  if (deep) columns.add('depth');
  const names = [...columns].sort();
  const rows = places.map((place) => [...place, ...names.map((name) => random.pick(VALUES[name] ?? [0]))].join(','));
  return `${['lon', 'lat', ...names].join(',')}\n${rows.join('\n')}\n`;
}

/** The site model of a job with amplification: rock, and a code of soil for each site. */
export function soilSites(draft: Draft, needed: ReadonlySet<string>): void {
  const { random, ini, files } = draft;
  for (const name of ['sites', 'sites_csv', 'region', 'region_grid_spacing']) delete ini[name];
  delete files['sites.csv'];
  const places = Array.from({ length: random.pick([1, 2]) }, () => draft.near(50));
  const others = [...needed].filter((name) => !['lon', 'lat', 'vs30'].includes(name)).sort();
  const rows = places.map((place) =>
    [...place, 760, random.pick(['A', 'B']), ...others.map((name) => VALUES[name]?.[0] ?? 0)].join(','),
  );
  files['site_model.csv'] = `${['lon', 'lat', 'vs30', 'ampcode', ...others].join(',')}\n${rows.join('\n')}\n`;
  ini.site_model_file = 'site_model.csv';
  ini.reference_vs30_value = '760';
}
