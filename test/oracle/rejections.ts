import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareSource } from '../../hazard/sources/registry.js';
import type { Discretization } from '../../hazard/sources/source.js';
import { readSourceModel } from '../../inputs/sources/source-model.js';
import { TOLERANCES, type Comparison } from './comparison.js';
import { DISCRETIZATION } from '../hazard/sources/contexts.js';

interface Rejection {
  readonly case: string;
  readonly accepted: boolean;
  readonly num_ruptures?: number;
  readonly xml: string;
}

/** rejections.json: what is refused there must be refused here, and what is accepted must make as many ruptures. */
export async function compareRejections(path: string, comparison: Comparison): Promise<Comparison> {
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly Rejection[] };
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    for (const [i, { case: name, accepted, num_ruptures: expected, xml }] of cases.entries()) {
      // the case about bins lost by rounding states another width in its name
      const width = / by ([0-9.]+)\)/.exec(name)?.[1];
      const discretization = { ...DISCRETIZATION, ...(width && { widthOfMfdBin: Number(width) }) };
      const file = join(folder, `case-${i}.xml`);
      writeFileSync(file, xml);
      const { ruptures, message } = await count(file, discretization);
      if (accepted) comparison.number('accepted', ruptures, expected ?? null, TOLERANCES.exact, `${name}: ${message}`);
      else comparison.same('refused', message !== '', true, name);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return comparison;
}

/** Number of ruptures of a model, or why it is refused. */
async function count(
  file: string,
  discretization: Discretization,
): Promise<{ ruptures: number | undefined; message: string }> {
  try {
    const { groups } = await readSourceModel(file, {
      widthOfMfdBin: discretization.widthOfMfdBin,
      investigationTime: discretization.investigationTime,
    });
    let ruptures = 0;
    for (const source of groups.flatMap((group) => group.sources)) {
      const prepared = prepareSource(source, discretization);
      ruptures += [...prepared.ruptures()].length;
    }
    return { ruptures, message: '' };
  } catch (error) {
    return { ruptures: undefined, message: error instanceof Error ? error.message : String(error) };
  }
}
