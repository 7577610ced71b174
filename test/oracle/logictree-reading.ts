/** Logic trees read as the reference's cases ask for them, and compared by what JSON can show. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SamplingMethod } from '../../hazard/logictree/sampling.js';
import { InputReport } from '../../inputs/report.js';
import { faultText } from '../../hazard/refusal.js';
import { type LogicTreeRequest, type ReadLogicTree, readLogicTree } from '../../inputs/logictree/read.js';
import { type Comparison, type Tolerance } from './comparison.js';
import { DISCRETIZATION as USUAL } from '../hazard/sources/contexts.js';

export const DISCRETIZATION = { ...USUAL, ruptureMeshSpacing: 4, complexFaultMeshSpacing: 4, widthOfMfdBin: 0.2 };

/** Figures of the reference have 12 digits. */
export const DIGITS: Tolerance = { rtol: 1e-11, atol: 1e-15 };

export interface Parameters {
  readonly number_of_logic_tree_samples?: number;
  readonly random_seed?: number;
  readonly sampling_method?: SamplingMethod;
  readonly oversampling?: string;
  readonly smlt_branch?: string;
  readonly source_id?: string;
  readonly collapse_gsim_logic_tree?: string;
  readonly max_potential_paths?: number;
  readonly gsim?: string;
}

/** The request that a case stands for: smlt.xml or source_model.xml, gsim.xml, and parameters. */
function requestOf(folder: string, parameters: Parameters, report: InputReport): LogicTreeRequest {
  const smlt = join(folder, 'smlt.xml');
  const words = (text = ''): string[] => text.split(' ').filter((word) => word !== '');
  return {
    folder,
    root: folder,
    report,
    ...(existsSync(smlt) ? { sourceModelLogicTreeFile: smlt } : { sourceModelFile: join(folder, 'source_model.xml') }),
    ...(parameters.gsim === undefined ? { gsimLogicTreeFile: join(folder, 'gsim.xml') } : { gsim: parameters.gsim }),
    samples: parameters.number_of_logic_tree_samples ?? 0,
    samplingMethod: parameters.sampling_method ?? 'early_weights',
    seed: parameters.random_seed ?? 42,
    forbidOversampling: parameters.oversampling === 'forbid',
    sourceModelBranch: parameters.smlt_branch ?? '',
    sourceIds: words(parameters.source_id),
    collapse: words(parameters.collapse_gsim_logic_tree),
    ...(parameters.max_potential_paths !== undefined && { maxPotentialPaths: parameters.max_potential_paths }),
    discretization: DISCRETIZATION,
  };
}

/** The tree of a case, or why it was refused. */
export async function readCase(folder: string, parameters: Parameters): Promise<ReadLogicTree | string> {
  const report = new InputReport();
  const result = await readLogicTree(requestOf(folder, parameters, report));
  const faults = report.faults.map(faultText).join(' | ');
  return result !== undefined && faults === '' ? result : faults;
}

/** Compares anything that JSON can show. */
export function equal(comparison: Comparison, kind: string, where: string, got: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
  comparison.same(kind, a === b ? a : shorten(a), a === b ? b : shorten(b), where);
}

function shorten(text: string | undefined): string {
  return text === undefined || text.length <= 200 ? String(text) : `${text.slice(0, 200)}...`;
}

/** Whether an input was refused as in the reference; true when it is there to be compared further. */
export function accepted(
  comparison: Comparison,
  where: string,
  got: ReadLogicTree | string,
  refused: boolean,
): got is ReadLogicTree {
  const isRefused = typeof got === 'string';
  comparison.same('refusals', isRefused, refused, isRefused && !refused ? `${where} (${got})` : where);
  return !isRefused && !refused;
}
