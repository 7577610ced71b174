import { number } from '../widgets/format';
import { colourOf } from '../widgets/palette';

interface Properties {
  readonly title: string;
  /** names of the bins along the two axes */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** share of a bin [row][column] by what is stacked: one number where nothing is */
  readonly stacks: (row: number, column: number) => readonly number[];
  readonly stackNames: readonly string[];
  readonly axes: readonly [string, string];
}

const WIDTH = 760;
const HEIGHT = 460;
const TALLEST = 220;

/** Bars over a plane, seen from the front and above, further ones drawn first; what is stacked has a colour of its own. */
export function Bars3d({ title, rows, columns, stacks, stackNames, axes }: Properties) {
  const all = rows.flatMap((_, row) => columns.map((_name, column) => stacks(row, column)));
  const totals = all.map((parts) => parts.reduce((sum, part) => sum + part, 0));
  const most = Math.max(...totals, 1e-12);
  const cell = Math.min((WIDTH - 140) / (columns.length + rows.length * 0.5), 60);
  const [dx, dy] = [cell * 0.5, Math.min(cell * 0.35, (HEIGHT - TALLEST - 70) / rows.length)];
  const at = (row: number, column: number): readonly [number, number] => [
    70 + column * cell + row * dx,
    HEIGHT - 50 - row * dy,
  ];
  const depth = 0.7;
  const bars = rows
    .map((_, row) => row)
    .reverse()
    .flatMap((row) =>
      columns.map((_, column) => {
        const [x, y] = at(row, column);
        const wide = cell * depth;
        let low = y;
        const parts = stacks(row, column).map((part, k) => {
          const height = (part / most) * TALLEST;
          const top = low - height;
          const [sx, sy] = [dx * depth, dy * depth];
          const faces = (
            <g fill={colourOf(k)} stroke="#000" stroke-opacity="0.25" stroke-width="0.5">
              <rect x={x} y={top} width={wide} height={height} />
              <path d={`M${x + wide} ${low}V${top}l${sx} ${-sy}v${height}Z`} />
              <path d={`M${x + wide} ${low}V${top}l${sx} ${-sy}v${height}Z`} fill="#000" fill-opacity="0.3" />
              <path d={`M${x} ${top}h${wide}l${sx} ${-sy}h${-wide}Z`} />
            </g>
          );
          low = top;
          return part > 0 ? faces : null;
        });
        const total = stacks(row, column).reduce((sum, part) => sum + part, 0);
        return total > 0 ? (
          <g>
            <title>
              {rows[row]}, {columns[column]}: {number(total * 100)} %
            </title>
            {parts}
          </g>
        ) : null;
      }),
    );
  const step = Math.max(1, Math.ceil(columns.length / 10));
  return (
    <>
      <div class="across" tabIndex={0} role="region" aria-label={`Bars of ${title}`}>
        <svg class="bars-3d" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
          <path
            d={`M${at(0, 0).join(' ')}L${at(0, columns.length).join(' ')}L${at(rows.length, columns.length).join(' ')}L${at(rows.length, 0).join(' ')}Z`}
            class="floor"
          />
          {bars}
          {columns.map((name, column) =>
            column % step === 0 ? (
              <text x={at(0, column)[0]} y={HEIGHT - 34}>
                {name}
              </text>
            ) : null,
          )}
          <text x={WIDTH / 2} y={HEIGHT - 12} text-anchor="middle">
            {axes[1]}
          </text>
          {rows.map((name, row) => (
            <text x={at(row, columns.length)[0] + 6} y={at(row, columns.length)[1]}>
              {name}
            </text>
          ))}
          <text x={70} y={20}>
            {axes[0]} towards the back; the tallest bar is {number(most * 100)} %
          </text>
        </svg>
      </div>
      {stackNames.length > 1 && (
        <ul class="chips" aria-label="Colours">
          {stackNames.map((name, k) => (
            <li>
              <i style={{ background: colourOf(k) }} />
              {name}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
