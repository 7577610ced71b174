import { useState } from 'preact/hooks';
import { getJson } from '../server/api';
import type { DisaggregationTable } from '../server/types';
import { FigureTools } from '../widgets/figure-tools';
import { hazardLevel, number, returnPeriod, unitOf } from '../widgets/format';
import { useLoaded, Waiting } from '../widgets/load';
import { Bars3d } from './bars-3d';
import { COLOURS, STEPS } from './colour-scale';
import { aroundProbability, between } from './disaggregation-between';
import { sourceOf, type ResultProperties } from './selection';

/** share of the colour scale up to which white letters are read better than black ones */
const DARK_TO = 0.43;

/** Names of axes with their units. */
const AXES: Readonly<Record<string, string>> = {
  Mag: 'Magnitude',
  Dist: 'Distance (km)',
  Lon: 'Longitude (degrees)',
  Lat: 'Latitude (degrees)',
  Eps: 'Epsilon',
  TRT: 'Tectonic region',
};

/** Which earthquakes make the hazard: one table at a time, with the mean and the modal scenario. */
export function DisaggregationView({ id, summary, selection }: ResultProperties) {
  const { disaggregation } = summary.results;
  const [table, setTable] = useState(disaggregation.includes('Mag_Dist') ? 'Mag_Dist' : disaggregation[0]);
  const [solid, setSolid] = useState(false);
  const address = (poe: number): string => {
    const query = new URLSearchParams({ site: String(selection.site), imt: selection.imt, table, poe_id: String(poe) });
    return `/v2/calc/${id}/disaggregation?${query}`;
  };
  const first = useLoaded(address(0), getJson<DisaggregationTable>);
  const poes = first.value?.poes ?? [];
  const around = aroundProbability(poes.length > 0 ? poes : [selection.poe], selection.poe);
  const loaded = useLoaded(first.value ? address(around.lower) : undefined, getJson<DisaggregationTable>);
  const above = useLoaded(
    first.value && around.share > 0 ? address(around.upper) : undefined,
    getJson<DisaggregationTable>,
  );
  const data =
    loaded.value && around.share > 0 ? above.value && between(loaded.value, above.value, around.share) : loaded.value;
  const years = (k: number): string => `${Math.round(returnPeriod(poes[k], summary.investigationTime))}`;
  const title = `Disaggregation ${table} of ${selection.imt} at site ${selection.site}`;
  return (
    <section class="card" aria-labelledby="disaggregation-title">
      <h2 id="disaggregation-title">Disaggregation</h2>
      <div class="row">
        <label class="field">
          By
          <select value={table} onChange={({ currentTarget }) => setTable(currentTarget.value)}>
            {disaggregation.map((name) => (
              <option value={name}>
                {name
                  .split('_')
                  .map((axis) => AXES[axis] ?? axis)
                  .join(' × ')}
              </option>
            ))}
          </select>
        </label>
        {data && data.shape.length > 1 && (
          <label>
            <input type="checkbox" checked={solid} onChange={({ currentTarget }) => setSolid(currentTarget.checked)} />{' '}
            as bars in space
          </label>
        )}
      </div>
      <Waiting loaded={first} what="the disaggregation" />
      <Waiting loaded={loaded} what="the disaggregation" />
      {data && (
        <p class="hint" id="disaggregation-of">
          {around.share > 0
            ? `Between ${years(around.upper)} and ${years(around.lower)} years, which were calculated, to the chosen return period.`
            : `At ${hazardLevel(data.poes[around.lower], summary.investigationTime)}: ${number(data.levels[around.lower])} ${unitOf(selection.imt)}`}
          {around.share === 0 &&
            Math.abs(data.poes[around.lower] / selection.poe - 1) > 1e-3 &&
            ', the calculated return period that is nearest to the chosen one.'}
        </p>
      )}
      {data && <Shares solid={solid} data={data} title={title} source={sourceOf(id, summary)} />}
    </section>
  );
}

/** Shares of the rate of exceedance by bin, and the scenarios that follow from them. */
function Shares({
  data,
  title,
  source,
  solid,
}: {
  readonly solid: boolean;
  readonly data: DisaggregationTable;
  readonly title: string;
  readonly source: string;
}) {
  const rates = data.values.map((value) => -Math.log1p(-value));
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  if (!(total > 0)) return <p class="hint">Nothing is exceeded at this site with this probability.</p>;
  const shares = rates.map((rate) => rate / total);
  const label = (axis: number, bin: number): string => binName(data, axis, bin);
  const places = shares.map((_, cell) => placesOf(cell, data.shape));
  const modal = shares.indexOf(Math.max(...shares));
  const means = data.axes.map(({ edges, name }, axis) =>
    edges && ['Mag', 'Dist', 'Eps'].includes(name)
      ? `${AXES[name]} ${number(shares.reduce((sum, share, cell) => sum + share * middle(edges, places[cell][axis]), 0))}`
      : undefined,
  );
  const numeric = means.filter((text) => text !== undefined);
  return (
    <>
      <p class="readout">
        {numeric.length > 0 && <>Mean: {numeric.join(', ')}. </>}
        Most: {data.axes.map((_, axis) => label(axis, places[modal][axis])).join(', ')} ({number(shares[modal] * 100)}{' '}
        %).
      </p>
      {data.shape.length === 1 ? (
        <Bars shares={shares} label={(bin) => label(0, bin)} />
      ) : solid ? (
        <Solid data={data} shares={shares} title={title} />
      ) : (
        <HeatMap data={data} shares={shares} title={title} />
      )}
      <FigureTools
        title={title}
        source={source}
        table={{
          head: [...data.axes.map(({ name }) => AXES[name] ?? name), 'probability', 'share (%)'],
          rows: shares.flatMap((share, cell) =>
            share > 0
              ? [[...data.axes.map((_, axis) => label(axis, places[cell][axis])), data.values[cell], share * 100]]
              : [],
          ),
        }}
      />
    </>
  );
}

function Bars({ shares, label }: { readonly shares: readonly number[]; readonly label: (bin: number) => string }) {
  const most = Math.max(...shares);
  return (
    <table class="bars">
      <tbody>
        {shares.map((share, bin) => (
          <tr>
            <th scope="row">{label(bin)}</th>
            <td class="number">{number(share * 100)} %</td>
            <td class="wide">
              <span class="meter">
                <span style={{ width: `${(share / most) * 100}%` }} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The first two axes as a plane of bars, a third one (epsilon, region) stacked. */
function Solid({
  data,
  shares,
  title,
}: {
  readonly data: DisaggregationTable;
  readonly shares: readonly number[];
  readonly title: string;
}) {
  const [rows, columns] = data.shape;
  const inner = data.shape.slice(2).reduce((product, size) => product * size, 1);
  const names = (axis: number, size: number): string[] =>
    Array.from({ length: size }, (_, bin) => binName(data, axis, bin));
  return (
    <Bars3d
      title={title}
      rows={names(0, rows)}
      columns={names(1, columns)}
      axes={[AXES[data.axes[0].name], AXES[data.axes[1].name]]}
      stacks={(row, column) => shares.slice((row * columns + column) * inner, (row * columns + column + 1) * inner)}
      stackNames={data.shape.length === 3 ? names(2, inner).map((name) => `${AXES[data.axes[2].name]} ${name}`) : []}
    />
  );
}

/** The first two axes as cells; what lies along further axes (epsilon, region) is added up, and told in the cell's title. */
function HeatMap({
  data,
  shares,
  title,
}: {
  readonly data: DisaggregationTable;
  readonly shares: readonly number[];
  readonly title: string;
}) {
  const [rows, columns] = data.shape;
  const inner = data.shape.slice(2).reduce((product, size) => product * size, 1);
  const cells = Array.from({ length: rows * columns }, (_, cell) =>
    shares.slice(cell * inner, (cell + 1) * inner).reduce((sum, share) => sum + share, 0),
  );
  const most = Math.max(...cells);
  const detail = (cell: number): string =>
    inner === 1
      ? ''
      : shares
          .slice(cell * inner, (cell + 1) * inner)
          .map((share, k) =>
            share > 0
              ? `\n${placesOf(k, data.shape.slice(2))
                  .map((bin, axis) => binName(data, axis + 2, bin))
                  .join(', ')}: ${number(share * 100)} %`
              : '',
          )
          .join('');
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={title}>
      <table class="heat">
        <thead>
          <tr>
            <td />
            {Array.from({ length: columns }, (_, column) => (
              <th scope="col">{binName(data, 1, column)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            <tr>
              <th scope="row">{binName(data, 0, row)}</th>
              {Array.from({ length: columns }, (_, column) => {
                const share = cells[row * columns + column];
                const step = Math.min(STEPS - 1, Math.floor((share / most) * STEPS));
                const style =
                  share > 0 ? { background: COLOURS[step], color: step > STEPS * DARK_TO ? '#000' : '#fff' } : {};
                return (
                  <td style={style} title={`${number(share * 100)} %${detail(row * columns + column)}`}>
                    {share >= 0.0005 ? (share * 100).toFixed(1) : ''}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function placesOf(cell: number, shape: readonly number[]): number[] {
  const places: number[] = [];
  for (let axis = shape.length - 1, rest = cell; axis >= 0; axis--) {
    places[axis] = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
  }
  return places;
}

function binName({ axes }: DisaggregationTable, axis: number, bin: number): string {
  const { edges, names } = axes[axis];
  if (names) return names[bin];
  return edges ? `${number(edges[bin], 4)} – ${number(edges[bin + 1], 4)}` : String(bin);
}

function middle(edges: readonly number[], bin: number): number {
  return (edges[bin] + edges[bin + 1]) / 2;
}
