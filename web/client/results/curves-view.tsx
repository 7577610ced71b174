import { useMemo } from 'preact/hooks';
import { getNumbers } from '../server/api';
import type { SiteCurves } from '../server/types';
import { Chart } from '../widgets/chart';
import type { ChartData, Line } from '../widgets/chart-data';
import { count, levelAt, number, statisticName, unitOf } from '../widgets/format';
import { useLoaded } from '../widgets/load';
import { colourOf, dashOf } from '../widgets/palette';
import { choose, sourceOf, type ResultProperties, type Selection } from './selection';

interface Properties extends ResultProperties {
  readonly data: SiteCurves;
}

/** Realizations that are drawn as thin lines behind the statistics; of more, evenly chosen ones. */
const MOST_LINES = 60;

/** Hazard curves of the site: the statistics, and realizations where they are kept. */
export function CurvesView({ id, summary, selection, data }: Properties) {
  const { imt, axis, poe } = selection;
  const years = summary.investigationTime;
  const levels = summary.measures.find((measure) => measure.imt === imt)!.levels;
  const kept = useLoaded(
    summary.kept > 1
      ? `/v2/calc/${id}/realizations?site=${data.site.number}&imt=${encodeURIComponent(imt)}`
      : undefined,
    getNumbers,
  );
  const chart = useMemo((): ChartData => {
    const shown = (probability: number): number | null => {
      const rate = -Math.log1p(-probability) / years;
      if (axis === 'rate') return rate;
      if (axis === 'period') return rate > 0 ? 1 / rate : null;
      return probability;
    };
    const statistics = Object.entries(data.curves[imt])
      .filter(([name]) => name !== 'std')
      .map(([name, curve], k): Line => ({
        name: statisticName(name),
        values: curve.map(shown),
        colour: colourOf(k),
        dash: name.startsWith('quantile') ? [6, 4] : dashOf(k),
        width: name === selection.statistic ? 3 : 1.6,
      }));
    const label = {
      poe: `Probability of exceedance in ${count(years, 'year')}`,
      rate: 'Annual rate of exceedance',
      period: 'Return period (years)',
    };
    const unit = unitOf(imt);
    return {
      title: `Hazard curves of ${imt} at site ${data.site.number}`,
      x: levels,
      lines: [...realizationLines(kept.value, levels.length, shown), ...statistics],
      xLabel: unit ? `${imt} (${unit})` : imt,
      yLabel: label[axis],
      xLogarithmic: true,
      yLogarithmic: true,
      marks: { y: shown(poe) ?? undefined },
      source: sourceOf(id, summary),
    };
  }, [data, imt, axis, poe, selection.statistic, kept.value]);
  const level = levelAt(levels, data.curves[imt][selection.statistic] ?? [], poe);
  return (
    <section class="card" aria-labelledby="curves-title">
      <h2 id="curves-title">Hazard curves</h2>
      <p class="readout">
        {level === undefined
          ? 'The chosen return period lies outside this curve.'
          : `${statisticName(selection.statistic)}: ${number(level)} ${unitOf(imt)}`}
      </p>
      <label class="field narrow">
        Vertical axis
        <select
          value={axis}
          onChange={({ currentTarget }) => choose({ axis: currentTarget.value as Selection['axis'] })}
        >
          <option value="poe">probability in {count(years, 'year')}</option>
          <option value="rate">annual rate</option>
          <option value="period">return period</option>
        </select>
      </label>
      <Chart data={chart} />
      {kept.value && (
        <p class="hint">
          Thin lines: single realizations
          {summary.kept > MOST_LINES && `, ${MOST_LINES} of ${summary.kept.toLocaleString('en')}`}.
        </p>
      )}
    </section>
  );
}

function realizationLines(
  numbers: Float32Array | undefined,
  width: number,
  shown: (probability: number) => number | null,
): Line[] {
  if (!numbers) return [];
  const rows = numbers.length / width;
  const drawn = Math.min(rows, MOST_LINES);
  return Array.from({ length: drawn }, (_, k) => {
    const row = Math.floor((k * rows) / drawn);
    return {
      name: `realization ${row}`,
      values: Array.from(numbers.subarray(row * width, (row + 1) * width), shown),
      colour: 'rgba(128,128,128,0.45)',
      width: 0.8,
      quiet: true,
    };
  });
}
