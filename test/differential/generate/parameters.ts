/** Random parameters of the modes of calculation. */
import type { Draft } from './draft.js';
import { soilSites } from './sites.js';

/** Levels of a measure, ascending. */
export function levels(draft: Draft, kind: string, count: number): number[] {
  if (kind === 'MMI') return Array.from({ length: count }, (_, k) => Number((2 + (8 * k) / (count - 1)).toFixed(3)));
  const unit = ({ PGV: 80, PGD: 20 } as Readonly<Record<string, number>>)[kind] ?? 1;
  const [low, high] = draft.random.pick([
    [0.005, 1.5],
    [0.01, 2],
    [0.05, 0.8],
    [0.001, 3],
  ] as const);
  return Array.from({ length: count }, (_, k) =>
    Number((unit * low * (high / low) ** (k / (count - 1))).toPrecision(8)),
  );
}

/** What any calculation may be given. `often` is how likely approximations and filters are. */
export function commonParameters(draft: Draft, regions: readonly string[], often: number): void {
  const { random, ini } = draft;
  const chance = (probability: number, name: string, ...values: readonly (string | number)[]): void => {
    if (random.chance(probability)) ini[name] = String(random.pick(values));
  };
  ini.investigation_time = String(random.pick([1, 50, 50, 10, 0.5, 100]));
  ini.truncation_level = String(random.pick([3, 3, 3, 99, 2, 1.5, 6]));
  const distance = random.pick([60, 100, 200, 300]);
  ini.maximum_distance = random.pick([
    String(distance),
    String(distance),
    `[(4.0, 40), (6.0, ${distance}), (9.0, ${distance + 100})]`,
    JSON.stringify({ default: distance, [regions[0]]: Math.floor(distance / 2) + 20 }),
  ]);
  ini.mean = 'true';
  chance(0.35, 'quantiles', '0.15 0.5 0.85', '0.5', '0.05, 0.95');
  chance(0.2, 'std', 'true');
  chance(0.2, 'max', 'true');
  chance(0.4, 'individual_rlzs', 'true', 'true', 'false');
  chance(0.15, 'use_rates', 'true');
  if (random.chance(0.5)) {
    ini.poes = random.pick(['0.1', '0.02 0.1', '0.002105']);
    chance(0.7, 'hazard_maps', 'true');
    chance(0.5, 'uniform_hazard_spectra', 'true');
  }
  chance(often, 'pointsource_distance', 0, 10, 20, 50, 1000);
  if (random.chance(often * 0.4)) {
    ini.ps_grid_spacing = String(random.pick([20, 30, 50]));
    ini.pointsource_distance ??= '40';
  }
  chance(often * 0.4, 'minimum_magnitude', '5.2', JSON.stringify({ default: 5.0, [regions[0]]: 5.5 }));
  chance(often * 0.3, 'minimum_distance', 5, 20);
  chance(often * 0.3, 'horiz_comp_to_geom_mean', 'true');
  chance(often * 0.3, 'shift_hypo', 'true');
  chance(often * 0.3, 'split_sources', 'false');
  chance(often * 0.3, 'max_sites_disagg', 1, 2, 10);
  if (!ini.ps_grid_spacing) chance(0.1, 'disagg_by_src', 'true');
  if (draft.sections.length > 0) chance(0.4, 'infer_occur_rates', 'true');
}

export function disaggregation(draft: Draft, measures: readonly string[]): void {
  const { random, ini } = draft;
  for (const name of ['poes', 'hazard_maps', 'uniform_hazard_spectra', 'ps_grid_spacing']) delete ini[name];
  ini.calculation_mode = 'disaggregation';
  ini.max_sites_disagg = '30';
  ini.mag_bin_width = String(random.pick([0.25, 0.5, 1]));
  ini.distance_bin_width = String(random.pick([10, 20, 50]));
  ini.coordinate_bin_width = String(random.pick([0.2, 0.5, 1]));
  ini.num_epsilon_bins = String(random.pick([1, 3, 6]));
  if (random.chance(0.6)) ini.poes_disagg = random.pick(['0.1', '0.02 0.1', '0.01']);
  else {
    const given = measures.map((name) => [name, name === 'MMI' ? 5 : /^PG[VD]/.test(name) ? 4 : 0.05]);
    ini.iml_disagg = JSON.stringify(Object.fromEntries(given));
    delete ini.intensity_measure_types_and_levels;
  }
  if (random.chance(0.2)) ini.epsilon_star = 'true';
  if (random.chance(0.5))
    ini.disagg_outputs = random.pick(['Mag Dist', 'Mag_Dist_Eps TRT', 'Lon_Lat Mag_Lon_Lat', 'TRT_Lon_Lat TRT_Mag']);
  const shown = random.next();
  if (shown < 0.3) ini.num_rlzs_disagg = String(random.pick([1, 2]));
  else if (shown < 0.45) Object.assign(ini, { rlz_index: '0', num_rlzs_disagg: '0' });
  if (random.chance(0.2)) {
    delete ini.distance_bin_width;
    ini.disagg_bin_edges = JSON.stringify({
      dist: random.pick([
        [0, 15, 60, 500],
        [0, 20, 50, 100, 400],
      ]),
    });
  }
}

export function postProcessing(draft: Draft, measures: readonly string[]): void {
  const { random, ini } = draft;
  const spectral = measures.filter((name) => name.startsWith('SA'));
  const kinds = spectral.length > 0 ? ['median_spectrum', 'conditional_spectrum', 'compute_mrd'] : ['median_spectrum'];
  const kind = random.pick(kinds);
  ini.postproc_func = `${kind}.main`;
  ini.poes = '0.1';
  ini.max_sites_disagg = '30';
  for (const name of ['quantiles', 'std', 'max']) if (kind === 'conditional_spectrum') delete ini[name];
  if (kind === 'conditional_spectrum') {
    ini.imt_ref = spectral[0];
    ini.poes = '0.1 0.02';
    ini.cross_correlation = 'BakerJayaram2008';
  }
  if (kind === 'compute_mrd')
    ini.postproc_args = `{'imt1': '${measures[0]}', 'imt2': '${measures.at(-1)}', 'cross_correlation': 'BakerJayaram2008', 'seed': 42, 'meabins': [-3, -2, -1, 0, 1], 'sigbins': [0.2, 0.4, 0.6, 0.8], 'method': 'indirect'}`;
}

export function amplification(draft: Draft, measures: readonly string[], needed: ReadonlySet<string>): void {
  const { random, ini, files } = draft;
  soilSites(draft, needed);
  delete ini.override_vs30;
  ini.vs30_tolerance = '-1';
  ini.amplification_csv = 'amplification.csv';
  const kernel = random.chance(0.35);
  ini.amplification_method = kernel ? 'kernel' : 'convolution';
  if (!kernel) ini.soil_intensities = '0.01 0.03 0.1 0.3 1.0';
  const byLevel = kernel || random.chance(0.5);
  const places = kernel ? ['from_mag', 'from_rrup'] : [];
  const header = [
    'ampcode',
    ...places,
    ...(byLevel ? ['level'] : []),
    ...measures,
    ...measures.map((name) => `sigma_${name}`),
  ];
  const rows = ['A', 'B'].flatMap((code) =>
    (byLevel ? [0.001, 0.05, 0.2, 1] : [0]).map((level) =>
      [
        code,
        ...places.map(() => 0),
        ...(byLevel ? [level] : []),
        ...measures.map(() => random.real(0.7, 2.5).toFixed(3)),
        ...measures.map(() => random.real(0.1, 0.5).toFixed(3)),
      ].join(','),
    ),
  );
  files['amplification.csv'] = `#vs30_ref=760\n${header.join(',')}\n${rows.join('\n')}\n`;
}
