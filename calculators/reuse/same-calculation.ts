/** Whether rates of an earlier calculation are those that a job would compute: only then they are taken over. */
import type { Calculation } from '../../datastore/calculation.js';
import { refusal, type Refusal } from '../../hazard/refusal.js';
import type { Run } from '../calculation-run.js';

/**
 * Parameters that rates do not depend on: what is made of rates, what goes through the ruptures again, and how the work is done. All
 * others must be equal, those that come later included.
 */
const FREE: ReadonlySet<string> = new Set([
  ...['description', 'calculation_mode', 'inputs', 'hazard_calculation_id', 'job_id', 'export_dir', 'exports'],
  ...['concurrent_tasks', 'outs_per_task', 'time_per_task', 'max_blocks', 'cachedir', 'base_path', 'tiling'],
  ...['split_by_gsim', 'max_data_transfer', 'cache_distances', 'tile_spec'],
  ...['mean', 'std', 'max', 'quantiles', 'individual_rlzs', 'collect_rlzs', 'use_rates', 'poes', 'return_periods'],
  ...['hazard_maps', 'uniform_hazard_spectra', 'quantile_error', 'max_exact_realizations', 'postproc_func'],
  ...['postproc_args', 'imt_ref', 'cross_correlation', 'asce_version', 'iml_disagg', 'poes_disagg', 'disagg_outputs'],
  ...['disagg_bin_edges', 'mag_bin_width', 'distance_bin_width', 'coordinate_bin_width', 'num_epsilon_bins'],
  ...['epsilon_star', 'rlz_index', 'num_rlzs_disagg', 'disagg_by_src', 'max_sites_disagg'],
]);

/** Parts of the two files that must hold the same, in the order in which they are compared, and what they come from. */
const PARTS: readonly (readonly [path: string, what: string])[] = [
  ['sitecol', 'the sites or their parameters'],
  ['full_lt/source_model_lt', 'source_model_logic_tree_file'],
  ['full_lt/source_model_sets', 'source_model_logic_tree_file'],
  ['full_lt/gsim_lt', 'gsim_logic_tree_file'],
  ['rates/columns', 'the logic trees'],
  ['sources', 'the source models'],
];

/** Refuses an earlier calculation whose rates are not those of the job. Errors: Refusal OTHER_CALCULATION naming what differs. */
export function checkSameRates(run: Run, earlier: Calculation): void {
  const { job, file } = run;
  if (!earlier.has('rates/values')) throw differs(earlier, undefined, 'it has no rates');
  if (earlier.engineVersion !== file.engineVersion)
    throw differs(
      earlier,
      undefined,
      `it was computed by Terrane ${earlier.engineVersion}, this is ${file.engineVersion}`,
    );
  for (const name of new Set([...Object.keys(earlier.parameters), ...Object.keys(job.oqparam)])) {
    if (FREE.has(name)) continue;
    const [was, is] = [earlier.parameters[name], job.oqparam[name]].map(
      (value) => JSON.stringify(value) ?? 'not given',
    );
    if (was !== is) throw differs(earlier, name, `${name} was ${was} and is ${is}`);
  }
  // whether there are few sites says how distances are grouped
  const few = (most: unknown): boolean => job.sites.points.size <= Number(most);
  const [was, is] = [earlier.parameters.max_sites_disagg, job.oqparam.max_sites_disagg];
  if (few(was) !== few(is)) throw differs(earlier, 'max_sites_disagg', `max_sites_disagg was ${was} and is ${is}`);
  if (job.parameters.disaggBySource && !earlier.has('mean_rates_by_src'))
    throw differs(earlier, 'disagg_by_src', 'it has no rates by source');
  for (const [path, what] of PARTS)
    if (!file.holdsTheSame(earlier.hdf5, path)) throw differs(earlier, undefined, `${what} differ`);
}

function differs({ id }: Calculation, key: string | undefined, message: string): Refusal {
  const text = `calculation ${id} cannot be started from: ${message}`;
  return refusal('OTHER_CALCULATION', text, key === undefined ? {} : { key });
}
