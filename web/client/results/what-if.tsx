import { useMemo, useState } from 'preact/hooks';
import type { Trees } from '../server/types';
import { Chart } from '../widgets/chart';
import { levelAt, number, unitOf } from '../widgets/format';
import { colourOf } from '../widgets/palette';
import { changedWeights, meanCurve, type Weights } from './branch-influence';
import { sourceOf, type ResultProperties } from './selection';

interface Properties extends ResultProperties {
  readonly trees: Trees;
  readonly curves: Float32Array;
}

/** Other weights of branches, and the mean that they would give: nothing is calculated again. */
export function WhatIf({ id, summary, selection, trees, curves }: Properties) {
  const { imt, site, poe } = selection;
  const { levels } = summary.measures.find((measure) => measure.imt === imt)!;
  const [weights, setWeights] = useState<Weights>({});
  const sets = [...trees.sourceModel, ...trees.groundMotion].map((set, number) => ({ set, number }));
  const chart = useMemo(() => {
    const before = meanCurve(curves, levels.length, trees.weights)!;
    const after = meanCurve(curves, levels.length, changedWeights(trees, weights));
    return {
      before,
      after,
      data: {
        title: `Mean of ${imt} at site ${site} with other weights`,
        x: levels,
        lines: [
          { name: 'mean with the weights of the tree', values: [...before], colour: colourOf(0) },
          ...(after ? [{ name: 'with the weights below', values: [...after], colour: colourOf(1), width: 2.5 }] : []),
        ],
        xLabel: `${imt} (${unitOf(imt)})`,
        yLabel: `Probability of exceedance`,
        xLogarithmic: true,
        yLogarithmic: true,
        marks: { y: poe },
        source: `${sourceOf(id, summary)}; what-if weights ${JSON.stringify(weights)}`,
      },
    };
  }, [curves, trees, weights, poe]);
  const [old, now] = [chart.before, chart.after].map((curve) => curve && levelAt(levels, curve, poe));
  const set = (key: string, text: string): void => {
    const value = Number(text);
    if (text !== '' && value >= 0 && value <= 1) setWeights({ ...weights, [key]: value });
  };
  return (
    <details id="what-if">
      <summary>What if the weights were others?</summary>
      <p class="readout">
        {old !== undefined && `${number(old)} ${unitOf(imt)} with the weights of the tree`}
        {now !== undefined && `, ${number(now)} ${unitOf(imt)} with these`}
        {old !== undefined && now !== undefined && `: ${now >= old ? '+' : ''}${number(100 * (now / old - 1))} %`}
      </p>
      <div class="weights">
        {sets
          .filter((one) => one.set.branches.length > 1)
          .map((one) => {
            const sum = one.set.branches.reduce(
              (total, branch, b) => total + (weights[`${one.number} ${b}`] ?? branch.weight),
              0,
            );
            return (
              <fieldset>
                <legend>
                  {one.set.filters.applyToTectonicRegionType ?? one.set.uncertaintyType} ({one.set.id})
                </legend>
                {one.set.branches.map((branch, b) => (
                  <label class="field" title={branch.value}>
                    {branch.id}
                    <input
                      type="number"
                      min={0}
                      max={1}
                      step={0.05}
                      value={String(weights[`${one.number} ${b}`] ?? branch.weight)}
                      onInput={({ currentTarget }) => set(`${one.number} ${b}`, currentTarget.value)}
                    />
                  </label>
                ))}
                {Math.abs(sum - 1) > 1e-6 && (
                  <p class="hint">They add up to {number(sum)}; the mean divides by the sum.</p>
                )}
              </fieldset>
            );
          })}
      </div>
      <button type="button" onClick={() => setWeights({})}>
        The weights of the tree
      </button>
      <Chart data={chart.data} />
    </details>
  );
}
