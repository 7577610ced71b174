import { getJson } from '../server/api';
import type { SourceRates } from '../server/types';
import { FigureTools } from '../widgets/figure-tools';
import { number, returnPeriod } from '../widgets/format';
import { useLoaded, Waiting } from '../widgets/load';
import { sourceOf, type ResultProperties } from './selection';

const MOST = 25;

/** Which sources make the hazard at the chosen return period: shares of the mean rate, the largest first. */
export function SourcesView({ id, summary, selection }: ResultProperties) {
  const { site, imt, poe } = selection;
  const loaded = useLoaded(`/v2/calc/${id}/sources?site=${site}&imt=${encodeURIComponent(imt)}`, getJson<SourceRates>);
  const levels = summary.measures.find((measure) => measure.imt === imt)!.levels;
  const rows = loaded.value && shares(loaded.value, levels, 1 / returnPeriod(poe, summary.investigationTime));
  const title = `Contributions by source to ${imt} at site ${site}`;
  return (
    <section class="card" aria-labelledby="sources-title">
      <h2 id="sources-title">Contributions by source</h2>
      <Waiting loaded={loaded} what="the rates by source" />
      {rows && rows.length === 0 && <p class="hint">No source reaches this return period here.</p>}
      {rows && rows.length > 0 && (
        <>
          <table class="bars">
            <tbody>
              {rows.slice(0, MOST).map(({ source, share }) => (
                <tr>
                  <th scope="row">{source}</th>
                  <td class="number">{number(share * 100)} %</td>
                  <td class="wide">
                    <span class="meter">
                      <span style={{ width: `${(share / rows[0].share) * 100}%` }} />
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <FigureTools
            title={title}
            source={sourceOf(id, summary)}
            table={{
              head: ['source', 'rate (1/yr)', 'share (%)'],
              rows: rows.map((row) => [row.source, row.rate, row.share * 100]),
            }}
          />
        </>
      )}
    </section>
  );
}

/** Rates of every source at the level whose rate of all sources together is wanted, read between levels in logarithms. */
function shares({ sources, rates }: SourceRates, levels: readonly number[], wanted: number) {
  const total = levels.map((_, k) => rates.reduce((sum, row) => sum + row[k], 0));
  const k = total.findIndex((rate, index) => index > 0 && total[index - 1] >= wanted && rate <= wanted);
  if (k < 1) return [];
  const share = total[k] > 0 ? Math.log(total[k - 1] / wanted) / Math.log(total[k - 1] / total[k]) : 0;
  const at = (row: readonly number[]): number => {
    if (row[k - 1] <= 0) return 0;
    return row[k] <= 0 ? row[k - 1] * (1 - share) : row[k - 1] * (row[k] / row[k - 1]) ** share;
  };
  const found = sources.map((source, s) => ({ source, rate: at(rates[s]) })).filter(({ rate }) => rate > 0);
  const sum = found.reduce((whole, { rate }) => whole + rate, 0);
  return found.map((row) => ({ ...row, share: row.rate / sum })).sort((a, b) => b.share - a.share);
}
