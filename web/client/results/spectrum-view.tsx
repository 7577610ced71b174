import { useMemo } from 'preact/hooks';
import type { SiteCurves } from '../server/types';
import { Chart } from '../widgets/chart';
import type { ChartData } from '../widgets/chart-data';
import { hazardLevel, levelAt, periodOf, returnPeriod, statisticName } from '../widgets/format';
import { colourOf, dashOf, styleColour } from '../widgets/palette';
import { chosenDesign, designAt, DesignSpectrumField } from './design-spectrum';
import { offeredPoes, sourceOf, type ResultProperties } from './selection';

interface Properties extends ResultProperties {
  readonly data: SiteCurves;
}

/** Uniform hazard spectra of the site: the chosen return period in all statistics, the job's others in the chosen one. */
export function SpectrumView({ id, summary, selection, data }: Properties) {
  const years = summary.investigationTime;
  const ordinates = summary.measures
    .map((measure) => ({ ...measure, period: periodOf(measure.imt) }))
    .filter((measure) => measure.period !== undefined)
    .sort((a, b) => a.period! - b.period!);
  const design = chosenDesign();
  const chart = useMemo((): ChartData => {
    const calculated = ordinates.map(({ period }) => period!);
    const x = [...new Set([...calculated, ...(design?.periods ?? [])])].sort((a, b) => a - b);
    const row = (statistic: string, poe: number): (number | null)[] =>
      x.map((period) => {
        const ordinate = ordinates.find((one) => one.period === period);
        if (!ordinate) return null;
        return levelAt(ordinate.levels, data.curves[ordinate.imt][statistic] ?? [], poe) ?? null;
      });
    const own = summary.statistics.filter((name) => name !== 'std');
    const others = offeredPoes(summary, selection.poe).filter(
      (poe) => summary.poes.includes(poe) && poe !== selection.poe,
    );
    return {
      title: `Uniform hazard spectra at site ${data.site.number}`,
      x,
      lines: [
        ...own.map((name, k) => ({
          name: `${statisticName(name)}, ${Math.round(returnPeriod(selection.poe, years))} years`,
          values: row(name, selection.poe),
          colour: colourOf(k),
          dash: name.startsWith('quantile') ? [6, 4] : undefined,
          width: name === selection.statistic ? 3 : 1.6,
          points: true,
        })),
        ...others.map((poe, k) => ({
          name: `${statisticName(selection.statistic)}, ${Math.round(returnPeriod(poe, years))} years`,
          values: row(selection.statistic, poe),
          colour: colourOf(own.length + k),
          dash: dashOf(own.length + k),
          points: true,
        })),
        ...(design
          ? [
              {
                name: 'design spectrum',
                values: x.map((period) => designAt(design, period)),
                colour: styleColour('ink'),
                dash: [2, 3],
                width: 2.5,
              },
            ]
          : []),
      ],
      xLabel: 'Period (s), 0: PGA',
      yLabel: 'Spectral acceleration (g)',
      source: sourceOf(id, summary),
    };
  }, [data, selection.poe, selection.statistic, JSON.stringify(design)]);
  if (ordinates.length < 2) return null;
  return (
    <section class="card" aria-labelledby="spectrum-title">
      <h2 id="spectrum-title">Uniform hazard spectrum</h2>
      <p class="readout">{hazardLevel(selection.poe, years)}</p>
      <Chart data={chart} />
      <DesignSpectrumField />
    </section>
  );
}
