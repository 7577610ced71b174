import { query, select } from '../app/address';
import { getJson } from '../server/api';
import { sourceOf } from '../results/selection';
import type { DatastorePart, Summary } from '../server/types';
import { FigureTools } from '../widgets/figure-tools';
import { number } from '../widgets/format';
import { useLoaded, Waiting } from '../widgets/load';

/** The HDF5 file of a calculation: groups, attributes and slices of datasets; no more is read than is shown. */
export function DatastorePage({ id }: { readonly id: number }) {
  const path = query.value.get('path') ?? '';
  const first = query.value.get('first') ?? '0';
  const at = query.value.get('at') ?? '';
  const part = useLoaded(`/v2/calc/${id}/hdf5?${new URLSearchParams({ path, first, at })}`, getJson<DatastorePart>);
  const summary = useLoaded(`/v2/calc/${id}/summary`, getJson<Summary>).value;
  const go = (target: string): void => select({ path: target || undefined, first: undefined, at: undefined });
  const crumbs = path === '' ? [] : path.split('/');
  const { value } = part;
  return (
    <section class="card" aria-labelledby="datastore-title">
      <h2 id="datastore-title">Datastore (HDF5)</h2>
      <nav class="row" aria-label="Path in the file">
        <button type="button" onClick={() => go('')}>
          calc_{id}.hdf5
        </button>
        {crumbs.map((name, k) => (
          <button type="button" onClick={() => go(crumbs.slice(0, k + 1).join('/'))}>
            {name}
          </button>
        ))}
      </nav>
      <Waiting loaded={part} what="the file" />
      {value && Object.keys(value.attributes).length > 0 && (
        <dl class="facts">
          {Object.entries(value.attributes).map(([name, text]) => (
            <>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </>
          ))}
        </dl>
      )}
      {value?.members && (
        <table id="members">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Shape</th>
              <th scope="col">Type</th>
            </tr>
          </thead>
          <tbody>
            {value.members.map(({ name, group, shape, dtype }) => (
              <tr>
                <td>
                  <button type="button" class="open" onClick={() => go([...crumbs, name].join('/'))}>
                    {name}
                    {group && '/'}
                  </button>
                </td>
                <td class="number">{shape?.map((size) => size.toLocaleString('en')).join(' × ')}</td>
                <td>{group ? 'group' : dtype}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {value?.rows && (
        <Slice
          part={value}
          title={`${path} of calculation ${id}`}
          source={summary ? sourceOf(id, summary) : `calculation ${id}`}
        />
      )}
    </section>
  );
}

interface SliceProperties {
  readonly part: DatastorePart;
  readonly title: string;
  readonly source: string;
}

function Slice({ part, title, source }: SliceProperties) {
  const { shape = [], rows = [], columns = [], first = 0, at = [] } = part;
  const [length = 1] = shape;
  const show = (row: number): void => select({ first: String(Math.max(0, row)) });
  return (
    <>
      <p class="hint">
        {shape.length === 0
          ? 'One value'
          : `${shape.map((size) => size.toLocaleString('en')).join(' × ')}, rows ${first} to ${first + rows.length - 1}`}
      </p>
      <div class="row">
        <button type="button" disabled={first === 0} onClick={() => show(first - rows.length)}>
          Earlier rows
        </button>
        <button type="button" disabled={first + rows.length >= length} onClick={() => show(first + rows.length)}>
          Later rows
        </button>
        {at.map((position, k) => (
          <label class="field">
            Axis {k + 1} (0 to {shape[k + 1] - 1})
            <input
              type="number"
              min={0}
              max={shape[k + 1] - 1}
              value={String(position)}
              onChange={({ currentTarget }) =>
                select({ at: at.map((old, axis) => (axis === k ? Number(currentTarget.value) : old)).join(',') })
              }
            />
          </label>
        ))}
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label="Values">
        <table id="values">
          <thead>
            <tr>
              <th scope="col">row</th>
              {columns.map((column) => (
                <th scope="col">{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, k) => (
              <tr>
                <th scope="row">{first + k}</th>
                {row.map((cell) => (
                  <td class={typeof cell === 'number' ? 'number' : ''}>
                    {typeof cell === 'number' ? number(cell, 7) : cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <FigureTools
        title={title}
        source={source}
        table={{ head: ['row', ...columns], rows: rows.map((row, k) => [first + k, ...row]) }}
      />
    </>
  );
}
