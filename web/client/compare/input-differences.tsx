import { getJson } from '../server/api';
import type { JobInputs } from '../server/types';
import { useLoaded, Waiting } from '../widgets/load';
import { lineDifference } from './line-difference';

/** Lines of a file that are compared. */
const LINES = 2000;
/** Lines shown before and after a difference. */
const AROUND = 3;

interface Lines {
  readonly lines: readonly string[];
  readonly more: boolean;
}

/** Files that only one of the calculations has, and lines that differ in those that both have. */
export function InputDifferences({ ids }: { readonly ids: readonly [number, number] }) {
  const [first, second] = ids.map((id) => useLoaded(`/v2/calc/${id}/inputs`, getJson<JobInputs>));
  const paths = (inputs: JobInputs | undefined): string[] => inputs?.files.map(({ path }) => path) ?? [];
  const [ours, theirs] = [paths(first.value), paths(second.value)];
  const both = ours.filter((path) => theirs.includes(path));
  return (
    <section class="card" aria-labelledby="input-differences">
      <h2 id="input-differences">Inputs that differ</h2>
      <Waiting loaded={first} what="the inputs" />
      <Waiting loaded={second} what="the inputs" />
      {first.value && second.value && (
        <>
          <OnlyIn which="first" paths={ours.filter((path) => !both.includes(path))} />
          <OnlyIn which="second" paths={theirs.filter((path) => !both.includes(path))} />
          {both.map((path) => (
            <FileDifference ids={ids} path={path} />
          ))}
        </>
      )}
    </section>
  );
}

function OnlyIn({ which, paths }: { readonly which: string; readonly paths: readonly string[] }) {
  return paths.length === 0 ? null : (
    <p>
      Only in the {which}: {paths.join(', ')}
    </p>
  );
}

function FileDifference({ ids, path }: { readonly ids: readonly number[]; readonly path: string }) {
  const [first, second] = ids.map((id) =>
    useLoaded(`/v2/calc/${id}/inputs/lines?path=${encodeURIComponent(path)}&count=${LINES}`, getJson<Lines>),
  );
  if (first.fault ?? second.fault)
    return (
      <p class="hint">
        {path}: {first.fault ?? second.fault}
      </p>
    );
  if (!first.value || !second.value) return null;
  const cut = first.value.more || second.value.more ? `, of which the first ${LINES} lines are compared` : '';
  const lines = lineDifference(first.value.lines, second.value.lines);
  const isNear = lines?.map((_, k) =>
    lines.slice(Math.max(0, k - AROUND), k + AROUND + 1).some((l) => l.kind !== 'same'),
  );
  if (lines && !isNear!.includes(true))
    return (
      <p class="hint">
        {path}: the same{cut}
      </p>
    );
  return (
    <>
      <h3>
        {path}
        {cut}
      </h3>
      {lines ? (
        <pre class="source" tabIndex={0} role="region" aria-label={`Differences in ${path}`}>
          {lines.map(({ kind, text }, k) =>
            isNear![k] ? (
              <span class={`line-${kind}`}>
                {{ same: '  ', gone: '- ', new: '+ ' }[kind]}
                {text}
                {'\n'}
              </span>
            ) : isNear![k - 1] ? (
              <span class="line-number">{'  …\n'}</span>
            ) : null,
          )}
        </pre>
      ) : (
        <p class="hint">The two differ in too many lines to show them.</p>
      )}
    </>
  );
}
