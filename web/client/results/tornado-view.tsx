import { useMemo } from 'preact/hooks';
import { getJson, getNumbers } from '../server/api';
import type { Trees } from '../server/types';
import { FigureTools } from '../widgets/figure-tools';
import { hazardLevel, levelAt, number, unitOf } from '../widgets/format';
import { useLoaded, Waiting } from '../widgets/load';
import { influences, meanCurve } from './branch-influence';
import { sourceOf, type ResultProperties } from './selection';
import { WhatIf } from './what-if';

/** Branch sets that are shown. */
const MOST_SETS = 20;

/** Which branches drive the spread of the hazard: the level of the realizations of every branch beside that of all. */
export function TornadoView({ id, summary, selection }: ResultProperties) {
  const { site, imt, poe } = selection;
  const trees = useLoaded(`/v2/calc/${id}/tree`, getJson<Trees>);
  const curves = useLoaded(`/v2/calc/${id}/realizations?site=${site}&imt=${encodeURIComponent(imt)}`, getNumbers);
  const { levels } = summary.measures.find((measure) => measure.imt === imt)!;
  const usable = trees.value && curves.value && trees.value.paths.length === curves.value.length / levels.length;
  const sets = useMemo(
    () => (usable ? influences(trees.value!, curves.value!, levels, poe) : []),
    [trees.value, curves.value, poe],
  );
  const mean = usable ? meanCurve(curves.value!, levels.length, trees.value!.weights) : undefined;
  const all = mean && levelAt(levels, mean, poe);
  const known = sets.flatMap(({ branches }) => branches.flatMap(({ level }) => level ?? []));
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const share = (level: number): number => (most > least ? ((level - least) / (most - least)) * 100 : 50);
  const title = `Influence of branches on ${imt} at site ${site}`;
  return (
    <section class="card" aria-labelledby="tornado-title">
      <h2 id="tornado-title">What drives the spread</h2>
      <p class="readout">
        {hazardLevel(poe, summary.investigationTime)}
        {all !== undefined && `, mean of all: ${number(all)} ${unitOf(imt)}`}
      </p>
      <Waiting loaded={curves} what="the realizations" />
      {trees.value && curves.value && !usable && (
        <p class="hint">There are too many realizations to tell their paths one by one.</p>
      )}
      {sets.slice(0, MOST_SETS).map(({ name, branches, spread }) => (
        <table class="tornado">
          <caption>
            {name}: {spread > 1 ? `a factor of ${number(spread)}` : 'no difference'}
          </caption>
          <tbody>
            {branches.map(({ id: branch, value, weight, level }) => (
              <tr>
                <th scope="row" title={value}>
                  {branch}
                </th>
                <td class="number">weight {number(weight)}</td>
                <td class="number">{level === undefined ? 'not reached' : `${number(level)} ${unitOf(imt)}`}</td>
                <td class="wide">
                  {level !== undefined && all !== undefined && (
                    <span class="lane">
                      <span class="zero" style={{ left: `${share(all)}%` }} />
                      <span
                        class={level < all ? 'less' : 'more'}
                        style={{
                          left: `${Math.min(share(level), share(all))}%`,
                          width: `${Math.abs(share(level) - share(all))}%`,
                        }}
                      />
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      {usable && sets.length > 0 && (
        <WhatIf id={id} summary={summary} selection={selection} trees={trees.value!} curves={curves.value!} />
      )}
      {sets.length > 0 && (
        <FigureTools
          title={title}
          source={sourceOf(id, summary)}
          table={{
            head: ['branch set', 'branch', 'weight', `level (${unitOf(imt)})`],
            rows: sets.flatMap(({ name, branches }) =>
              branches.map(({ id: branch, weight, level }) => [name, branch, weight, level ?? '']),
            ),
          }}
        />
      )}
    </section>
  );
}
