import { useState } from 'preact/hooks';
import { csv, save } from './save';
import { number } from './format';

/** What a picture shows, as rows. */
export interface FigureTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Rows that are shown; files hold all. */
const MOST_ROWS = 500;

interface Properties {
  readonly title: string;
  /** where the numbers come from: program, version, calculation, checksum */
  readonly source: string;
  readonly table: FigureTable;
  readonly canvas?: () => HTMLCanvasElement;
  readonly svg?: () => string;
}

/** Below every picture: its numbers as a table, and everything as files. */
export function FigureTools({ title, source, table, canvas, svg }: Properties) {
  const [open, setOpen] = useState(false);
  const name = title.replace(/[^\w.-]+/g, '_');
  const remarks = [title, source];
  const objects = () => table.rows.map((row) => Object.fromEntries(table.head.map((column, k) => [column, row[k]])));
  const savePng = (): void =>
    canvas?.().toBlob((picture) => {
      if (picture) save(`${name}.png`, picture);
    });
  return (
    <>
      <div class="tools" role="group" aria-label={`Files of: ${title}`}>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          Numbers
        </button>
        <button type="button" onClick={() => save(`${name}.csv`, csv(table.head, table.rows, remarks))}>
          CSV
        </button>
        <button
          type="button"
          onClick={() => save(`${name}.json`, new Blob([JSON.stringify({ title, source, rows: objects() })]))}
        >
          JSON
        </button>
        {canvas && (
          <button type="button" onClick={savePng}>
            PNG
          </button>
        )}
        {svg && (
          <button type="button" onClick={() => save(`${name}.svg`, new Blob([svg()], { type: 'image/svg+xml' }))}>
            SVG
          </button>
        )}
      </div>
      {open && (
        <div class="scroll" tabIndex={0} role="region" aria-label={`Numbers of: ${title}`}>
          <table>
            <thead>
              <tr>
                {table.head.map((column) => (
                  <th scope="col">{column}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.slice(0, MOST_ROWS).map((row) => (
                <tr>
                  {row.map((cell) => (
                    <td class="number">{typeof cell === 'number' ? number(cell, 5) : cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {table.rows.length > MOST_ROWS && (
            <p class="hint">
              The first {MOST_ROWS} of {table.rows.length.toLocaleString('en')} rows; the files hold all.
            </p>
          )}
        </div>
      )}
    </>
  );
}
