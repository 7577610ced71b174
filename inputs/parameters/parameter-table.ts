/**
 * Every parameter of a job, one entry each. The file is longer than others because it is one table: readers, refusals, docs/parameters.md and
 * `terrane info parameters` are made from it, and a parameter is looked for here alone.
 */
import type { JsonValue } from './json-value.js';

/** How the text of a parameter is read: see parameter-values.ts. */
export type ParameterType =
  | 'text'
  | 'textOrEmpty'
  | 'choice'
  | 'boolean'
  | 'booleanOrEmpty'
  | 'integer'
  | 'integerOrEmpty'
  | 'signedInteger'
  | 'number'
  | 'numberOrEmpty'
  | 'numbers'
  | 'integers'
  | 'probabilities'
  | 'names'
  | 'choices'
  | 'commaList'
  | 'version'
  | 'dictionary'
  | 'numberByRegion'
  | 'distances'
  | 'levels'
  | 'levelByMeasure'
  | 'measure'
  | 'measures'
  | 'sites'
  | 'ring'
  | 'file'
  | 'files'
  | 'any';

/** Who reads the parameter; `none`: known, accepted, without effect on hazard curves. */
type ParameterUse = 'all' | 'classical' | 'disaggregation' | 'conditional spectrum' | 'aftershock' | 'none';

/** One parameter of a job: what reads, checks and documents it. */
export interface ParameterDeclaration {
  readonly name: string;
  readonly type: ParameterType;
  readonly unit?: string;
  /** value when the job is silent; undefined = none */
  readonly default?: JsonValue;
  readonly choices?: readonly string[];
  /** inclusive */
  readonly maximum?: number;
  /** exclusive lower bound of a number, 0 inclusive unless given */
  readonly above?: number;
  readonly use: ParameterUse;
  readonly meaning: string;
  /** older names, still read */
  readonly aliases?: readonly string[];
}

type Details = Omit<ParameterDeclaration, 'name' | 'type' | 'use' | 'meaning'>;

function parameter(
  name: string,
  type: ParameterType,
  use: ParameterUse,
  meaning: string,
  details: Details = {},
): ParameterDeclaration {
  return { name, type, use, meaning, ...details };
}

const CALCULATION_MODES = [
  'classical', 'preclassical', 'disaggregation', 'aftershock', 'custom', 'event_based', 'scenario', 'ebrisk', 'multi_risk',
  'post_risk', 'classical_risk', 'classical_damage', 'classical_bcr', 'event_based_risk', 'event_based_damage',
  'scenario_risk', 'scenario_damage',
] as const; // prettier-ignore

/** Tables of a disaggregation by the names that jobs use: their axes joined. */
export const DISAGGREGATION_TABLES = [
  'Mag', 'Dist', 'Mag_Dist', 'Mag_Dist_Eps', 'Lon_Lat', 'Mag_Lon_Lat', 'TRT', 'TRT_Mag', 'TRT_Lon_Lat', 'TRT_Mag_Dist',
  'TRT_Mag_Dist_Eps',
] as const; // prettier-ignore

const JOB: readonly ParameterDeclaration[] = [
  parameter('description', 'text', 'all', 'Title of the calculation.', { default: 'no description' }),
  parameter(
    'calculation_mode',
    'choice',
    'all',
    'What to calculate; preclassical only reads, counts and weighs the sources.',
    {
      choices: CALCULATION_MODES,
    },
  ),
  parameter('export_dir', 'textOrEmpty', 'all', 'Folder for exported files, relative to the folder of the job.', {
    default: '.',
  }),
  parameter(
    'exports',
    'choices',
    'all',
    'Formats exported after the run, for outputs that have them: csv, geojson, svg, rst. Others are named in a warning.',
    {
      choices: ['csv', 'xml', 'geojson', 'npz', 'hdf5', 'rst', 'svg', 'txt', 'png'],
      default: [],
    },
  ),
  parameter(
    'hazard_calculation_id',
    'integerOrEmpty',
    'all',
    'Number of an earlier calculation whose rates are taken over; parameters that are not given are those of it.',
  ),
  parameter('job_id', 'integer', 'none', 'Number of the calculation, given by the server.'),
  parameter(
    'minimum_engine_version',
    'version',
    'all',
    'Oldest version of the OpenQuake engine that the job was written for.',
  ),
  parameter('concurrent_tasks', 'integer', 'none', 'Hint for the number of tasks.', { maximum: 30000 }),
  parameter(
    'time_per_task',
    'number',
    'all',
    'A task that works longer hands over the rest; results do not depend on it.',
    {
      unit: 's',
      default: 30,
    },
  ),
  parameter('outs_per_task', 'integer', 'none', 'Pieces of work that a slow task hands over.', { default: 4 }),
  parameter('max_blocks', 'integer', 'none', 'Bound on the blocks of sources of a group.', { default: 100 }),
  parameter('cachedir', 'textOrEmpty', 'none', 'Folder where sources are kept between runs.'),
  parameter('base_path', 'textOrEmpty', 'none', 'Folder of the job file, set by the engine.'),
  parameter('cache_distances', 'boolean', 'none', 'Keeps distances between models.', { default: false }),
  parameter('split_by_gsim', 'integer', 'none', 'Splits tasks by ground-motion model.', { default: 0 }),
  parameter('tiling', 'booleanOrEmpty', 'none', 'Works tile by tile of the sites; automatic when not given.'),
  parameter('tile_spec', 'integers', 'classical', 'Works on one tile only: [number, how many].'),
  parameter('max_data_transfer', 'number', 'none', 'Bound on the data moved between tasks.', {
    unit: 'bytes',
    default: 2e11,
  }),
];

const SITES: readonly ParameterDeclaration[] = [
  parameter('sites', 'sites', 'all', 'Sites: lon lat [depth], ...; depth is positive downwards.', {
    unit: 'degrees, km',
  }),
  parameter('region', 'ring', 'all', 'Polygon covered with a grid of sites: lon lat, lon lat, ...', {
    unit: 'degrees',
    aliases: ['region_constraint'],
  }),
  parameter('region_grid_spacing', 'number', 'all', 'Spacing of the sites of the grid over the region.', {
    unit: 'km',
    above: 0,
  }),
  parameter(
    'site_model_file',
    'files',
    'all',
    'Sites or site parameters: CSV with a header, bare lon,lat lines, or XML.',
    {
      aliases: ['site_model_csv', 'sites_csv', 'sites_file'],
    },
  ),
  parameter('reference_vs30_value', 'number', 'all', 'vs30 where the site model gives none.', { unit: 'm/s' }),
  parameter('reference_vs30_type', 'choice', 'all', 'Whether vs30 is measured or inferred.', {
    choices: ['measured', 'inferred'],
    default: 'inferred',
  }),
  parameter('reference_depth_to_1pt0km_per_sec', 'number', 'all', 'z1pt0 where the site model gives none.', {
    unit: 'm',
  }),
  parameter('reference_depth_to_2pt5km_per_sec', 'number', 'all', 'z2pt5 where the site model gives none.', {
    unit: 'km',
  }),
  parameter('reference_backarc', 'boolean', 'all', 'Sites lie in the back-arc.', { default: false }),
  parameter(
    'override_vs30',
    'numberOrEmpty',
    'all',
    'vs30 of all sites, in place of the site model; basin depths follow it.',
    {
      unit: 'm/s',
    },
  ),
  parameter('prefer_global_site_params', 'booleanOrEmpty', 'none', 'Prefers reference parameters to those of a file.'),
  parameter('vs30_tolerance', 'signedInteger', 'all', 'Tolerance between vs30 of a site and of its amplification.', {
    unit: 'm/s',
    default: 0,
  }),
  parameter('exposure_file', 'files', 'all', 'Assets, whose places are the sites when nothing else gives them.'),
  parameter('asset_hazard_distance', 'numberOrEmpty', 'all', 'Assets farther from a site than this are left out.', {
    unit: 'km',
  }),
  parameter('discard_assets', 'booleanOrEmpty', 'none', 'Leaves out assets far from the sites, for risk.'),
];

const LOGIC_TREES: readonly ParameterDeclaration[] = [
  parameter('source_model_logic_tree_file', 'file', 'all', 'Logic tree of source models.'),
  parameter('source_model_file', 'file', 'all', 'One source model, in place of a logic tree.'),
  parameter('gsim_logic_tree_file', 'file', 'all', 'Logic tree of ground-motion models.'),
  parameter('gsim', 'text', 'all', 'One ground-motion model for all regions, in place of a logic tree.'),
  parameter('number_of_logic_tree_samples', 'integer', 'all', 'Number of sampled paths; 0 = all paths.', {
    default: 0,
  }),
  parameter('sampling_method', 'choice', 'all', 'How paths are sampled.', {
    choices: ['early_weights', 'late_weights', 'early_latin', 'late_latin'],
    default: 'early_weights',
  }),
  parameter('random_seed', 'integer', 'all', 'Seed of the sampling.', { default: 42 }),
  parameter('oversampling', 'choice', 'all', 'Whether there may be more samples than paths.', {
    choices: ['forbid', 'tolerate'],
    default: 'tolerate',
  }),
  parameter(
    'max_potential_paths',
    'integer',
    'all',
    'More paths are refused, if the job states it; without it no number of paths is too large.',
    { default: 15000 },
  ),
  parameter(
    'max_exact_realizations',
    'integer',
    'all',
    'Quantiles are taken over every single realization up to this number of them, beyond it from convolved distributions.',
    // more would not fit in memory
    { default: 2 ** 20, maximum: 100_000_000 },
  ),
  parameter('quantile_error', 'number', 'all', 'Error in probability that convolved quantiles may have.', {
    default: 0.001,
    above: 0,
    maximum: 0.5,
  }),
  parameter('smlt_branch', 'textOrEmpty', 'all', 'Keeps only this branch of the source models.', { default: '' }),
  parameter('source_id', 'names', 'all', 'Keeps only these sources.', { default: [] }),
  parameter('source_nodes', 'names', 'none', 'Kinds of sources that are read.'),
  parameter('mosaic_model', 'textOrEmpty', 'none', 'Name of the model in the global mosaic.'),
  parameter('discard_trts', 'textOrEmpty', 'all', 'Tectonic region types left out, separated by commas.', {
    default: '',
  }),
  parameter('collapse_gsim_logic_tree', 'names', 'all', 'Branch sets replaced by their weighted mean model.', {
    default: [],
  }),
  parameter('reqv_hdf5', 'files', 'all', 'Tables of the equivalent distance by tectonic region type.', {
    aliases: ['reqv_file'],
  }),
  parameter('reqv_ignore_sources', 'names', 'all', 'Sources spared from the equivalent distance.', { default: [] }),
  parameter('tectonic_region_type', 'text', 'none', 'Region of a scenario.', { default: '*' }),
  parameter('geometry_file', 'file', 'all', 'Fault sections of multi-fault sources.'),
];

const SOURCES: readonly ParameterDeclaration[] = [
  parameter('rupture_mesh_spacing', 'number', 'all', 'Mesh of simple faults, kites and characteristic surfaces.', {
    unit: 'km',
    above: 0,
    default: 5,
  }),
  parameter(
    'complex_fault_mesh_spacing',
    'numberOrEmpty',
    'all',
    'Mesh of complex faults; rupture_mesh_spacing if not given.',
    { unit: 'km', above: 0 },
  ),
  parameter('width_of_mfd_bin', 'number', 'all', 'Magnitude bin of distributions that give none.', { above: 0 }),
  parameter('area_source_discretization', 'numberOrEmpty', 'all', 'Grid of area sources.', { unit: 'km', above: 0 }),
  parameter(
    'floating_x_step',
    'number',
    'all',
    'Kite faults: step along strike, as a fraction of the rupture; 0 = every node.',
    {
      default: 0,
    },
  ),
  parameter(
    'floating_y_step',
    'number',
    'all',
    'Kite faults: step down dip, as a fraction of the rupture; 0 = every node.',
    {
      default: 0,
    },
  ),
  parameter('shift_hypo', 'boolean', 'all', 'Moves the hypocentre with the rupture.', { default: false }),
  parameter('infer_occur_rates', 'boolean', 'all', 'Takes lists of probabilities for Poissonian rates.', {
    default: false,
  }),
  parameter(
    'split_sources',
    'boolean',
    'all',
    'Splits areas and multi-points into points, which pointsource_distance acts on.',
    {
      default: true,
    },
  ),
  parameter('ps_grid_spacing', 'number', 'all', 'Grid that merges point sources; 0 = off.', { unit: 'km', default: 0 }),
  parameter(
    'pointsource_distance',
    'numberByRegion',
    'all',
    'Beyond it point sources show one rupture per magnitude.',
    {
      unit: 'km',
      default: { default: 100 },
    },
  ),
  parameter('minimum_magnitude', 'numberByRegion', 'all', 'Ruptures below are left out.', { default: { default: 0 } }),
  parameter('maximum_distance', 'distances', 'all', 'Ruptures farther away are left out.', { unit: 'km' }),
  parameter('minimum_distance', 'number', 'all', 'Smaller distances are raised to it.', { unit: 'km', default: 0 }),
  parameter('investigation_time', 'number', 'all', 'Time span of the probabilities.', { unit: 'years', above: 0 }),
];

const GROUND_MOTION: readonly ParameterDeclaration[] = [
  parameter('truncation_level', 'number', 'all', 'Truncation of the distribution of ground motion; 0 = median only.', {
    unit: 'sigmas',
  }),
  parameter('intensity_measure_types_and_levels', 'levels', 'classical', 'Levels of each intensity measure type.', {
    unit: 'g, cm/s ...',
  }),
  parameter('intensity_measure_types', 'measures', 'none', 'Intensity measure types without levels.', { default: [] }),
  parameter(
    'horiz_comp_to_geom_mean',
    'boolean',
    'all',
    'Converts other horizontal components to the geometric mean.',
    {
      default: false,
    },
  ),
  parameter('amplification_file', 'file', 'all', 'Amplification functions.', { aliases: ['amplification_csv'] }),
  parameter('amplification_method', 'choice', 'classical', 'How soil amplification is applied.', {
    choices: ['convolution', 'kernel'],
    default: 'convolution',
  }),
  parameter('soil_intensities', 'numbers', 'classical', 'Levels on the soil.', { unit: 'g' }),
];

const RESULTS: readonly ParameterDeclaration[] = [
  parameter('use_rates', 'boolean', 'classical', 'Statistics on exceedance rates instead of probabilities.', {
    default: false,
  }),
  parameter('disagg_by_src', 'boolean', 'classical', 'Keeps mean rates by source.', { default: false }),
  parameter(
    'max_sites_disagg',
    'integer',
    'classical',
    'Up to so many sites, all-or-nothing rules of the filters apply.',
    {
      default: 10,
    },
  ),
  parameter('collapse_level', 'signedInteger', 'none', 'Collapses similar ruptures.', { default: -1 }),
  parameter('mean', 'boolean', 'all', 'Mean over realizations.', { default: true, aliases: ['mean_hazard_curves'] }),
  parameter('std', 'boolean', 'all', 'Standard deviation over realizations.', { default: false }),
  parameter('max', 'boolean', 'all', 'Largest over realizations.', { default: false, aliases: ['max_hazard_curves'] }),
  parameter('quantiles', 'probabilities', 'all', 'Quantiles over realizations.', {
    default: [],
    aliases: ['quantile_hazard_curves'],
  }),
  parameter('individual_rlzs', 'booleanOrEmpty', 'all', 'Keeps and exports single realizations.', {
    aliases: ['individual_curves'],
  }),
  parameter('collect_rlzs', 'booleanOrEmpty', 'none', 'Collects realizations, for risk.'),
  parameter('poes', 'probabilities', 'all', 'Probabilities of maps, spectra and disaggregation.', { default: [] }),
  parameter(
    'return_periods',
    'integers',
    'all',
    'Gives poes = 1 - exp(-investigation_time / T) where poes are not given.',
    {
      unit: 'years',
      default: [],
    },
  ),
  parameter('hazard_maps', 'boolean', 'all', 'Exports hazard maps.', { default: false }),
  parameter('uniform_hazard_spectra', 'boolean', 'all', 'Exports uniform hazard spectra.', { default: false }),
  parameter('postproc_func', 'text', 'all', 'Post-processing by name.', { default: 'dummy.main' }),
  parameter('postproc_args', 'dictionary', 'all', 'Arguments of the post-processing.', { default: {} }),
  parameter('hazard_curves_csv', 'files', 'all', 'Ready hazard curves.', { aliases: ['hazard_curves_file'] }),
  parameter('delta_rates_file', 'file', 'aftershock', 'Changes of occurrence rates.'),
  parameter('imt_ref', 'measure', 'conditional spectrum', 'Conditioning intensity measure type.', { default: '' }),
  parameter('cross_correlation', 'text', 'conditional spectrum', 'Correlation between intensity measure types.', {
    default: 'yes',
  }),
  parameter('asce_version', 'text', 'none', 'Version of the building code that post-processing follows.'),
];

const DISAGGREGATION: readonly ParameterDeclaration[] = [
  parameter(
    'poes_disagg',
    'probabilities',
    'disaggregation',
    'Probabilities at which to disaggregate; poes if not given.',
    {
      default: [],
    },
  ),
  parameter('iml_disagg', 'levelByMeasure', 'disaggregation', 'Levels at which to disaggregate.', { default: {} }),
  parameter('disagg_bin_edges', 'dictionary', 'disaggregation', 'Edges of the bins: mag, dist, lon, lat, eps.', {
    default: {},
  }),
  parameter('mag_bin_width', 'number', 'disaggregation', 'Width of the magnitude bins.', { default: 1 }),
  parameter('distance_bin_width', 'number', 'disaggregation', 'Width of the distance bins.', { unit: 'km' }),
  parameter('coordinate_bin_width', 'number', 'disaggregation', 'Width of the bins of longitude and latitude.', {
    unit: 'degrees',
    default: 100,
  }),
  parameter('num_epsilon_bins', 'integer', 'disaggregation', 'Number of bins of epsilon.', { default: 1 }),
  parameter('epsilon_star', 'boolean', 'disaggregation', 'One epsilon per rupture, computed from the level.', {
    default: false,
  }),
  parameter('disagg_outputs', 'choices', 'disaggregation', 'Tables to make.', { choices: DISAGGREGATION_TABLES }),
  parameter(
    'num_rlzs_disagg',
    'integer',
    'disaggregation',
    'Realizations nearest to the mean that are kept; 0 = all.',
    {
      default: 0,
    },
  ),
  parameter('rlz_index', 'integers', 'disaggregation', 'Numbers of the realizations to disaggregate.'),
];

const WITHOUT_EFFECT: readonly ParameterDeclaration[] = [
  ['ses_seed', 'Seed of stochastic event sets.'],
  ['ses_per_logic_tree_path', 'Stochastic event sets per path.'],
  ['ground_motion_fields', 'Whether ground-motion fields are made.'],
  ['minimum_intensity', 'Smallest ground motion kept.'],
  ['extreme_gmv', 'Ground motion counted as extreme.'],
  ['master_seed', 'Seed of vulnerability.'],
  ['max_potential_gmfs', 'Bound on ground-motion fields.'],
  ['ground_motion_correlation_model', 'Spatial correlation of ground-motion fields.'],
  ['ground_motion_correlation_params', 'Arguments of the spatial correlation.'],
  ['number_of_ground_motion_fields', 'Ground-motion fields of a scenario.'],
  ['mea_tau_phi', 'Keeps means and standard deviations of a scenario.'],
  ['minimum_asset_loss', 'Smallest loss kept.'],
  ['asset_correlation', 'Correlation of losses.'],
  ['aggregate_by', 'Tags of aggregated losses.'],
  ['lrem_steps_per_interval', 'Steps of the loss ratio exceedance matrix.'],
  ['steps_per_interval', 'Steps between limit states.'],
  ['conditional_loss_poes', 'Probabilities of loss maps.'],
  ['risk_investigation_time', 'Time span of losses.'],
  ['risk_imtls', 'Levels of the risk functions.'],
  ['avg_losses', 'Computes average losses.'],
  ['interest_rate', 'Interest rate of retrofitting.'],
  ['asset_life_expectancy', 'Life expectancy of assets.'],
  ['inputs', 'Files of the job, filled in by the engine.'],
].map(([name, meaning]) => parameter(name, 'any', 'none', meaning));

/** Every parameter that a hazard job can name, by subject, each once. */
export const PARAMETER_GROUPS = {
  Job: JOB,
  Sites: SITES,
  'Logic trees': LOGIC_TREES,
  'Sources and distances': SOURCES,
  'Ground motion': GROUND_MOTION,
  Results: RESULTS,
  Disaggregation: DISAGGREGATION,
  'Without effect on hazard curves': WITHOUT_EFFECT,
} as const satisfies Readonly<Record<string, readonly ParameterDeclaration[]>>;

/** Parameters by their present and older names. */
export class ParameterTable {
  private readonly byName = new Map<string, ParameterDeclaration>();

  constructor(readonly declarations: readonly ParameterDeclaration[]) {
    for (const declaration of declarations)
      for (const name of [declaration.name, ...(declaration.aliases ?? [])]) this.byName.set(name, declaration);
  }

  /** The declaration of a parameter under its present or an older name. */
  find(name: string): ParameterDeclaration | undefined {
    return this.byName.get(name);
  }
}

/** Every parameter, as jobs are read. */
export const PARAMETERS = new ParameterTable(Object.values(PARAMETER_GROUPS).flat());

/** The declaration of a parameter under its present or an older name. */
export function findParameter(name: string): ParameterDeclaration | undefined {
  return PARAMETERS.find(name);
}

/** All present names. */
export function parameterNames(): string[] {
  return PARAMETERS.declarations.map(({ name }) => name);
}

/** Files of risk calculations: their kinds are known, hazard does not read them. */
export const IGNORED_FILE_KINDS =
  /^(gmfs|rupture_model|job_ini|ins_loss|insurance|reinsurance|taxonomy_mapping|multi_peril|shakemap|consequence|input|(structural|nonstructural|contents|business_interruption|occupants|area|number)_(vulnerability|fragility|consequence|vulnerability_retrofitted))$/;
