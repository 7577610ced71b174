import { query, select } from '../app/address';

/** A design spectrum: periods (s, ascending) and accelerations (g). */
export interface DesignSpectrum {
  readonly periods: readonly number[];
  readonly values: readonly number[];
}

/** Rows of two numbers, period and acceleration, as tables are copied; undefined unless there are at least two rows of them. */
function readDesignSpectrum(text: string): DesignSpectrum | undefined {
  const rows = text
    .split(/[\n;]+/)
    .map((row) =>
      row
        .trim()
        .split(/[\s,]+/)
        .map(Number),
    )
    .filter((row) => row.length === 2 && row.every((value) => Number.isFinite(value) && value >= 0))
    .sort(([a], [b]) => a - b);
  if (rows.length < 2) return undefined;
  return { periods: rows.map(([period]) => period), values: rows.map(([, value]) => value) };
}

/** The acceleration at a period, straight between the rows; null outside of them. */
export function designAt({ periods, values }: DesignSpectrum, period: number): number | null {
  const next = periods.findIndex((one) => one >= period);
  if (next < 0 || period < periods[0]) return null;
  if (periods[next] === period) return values[next];
  const share = (period - periods[next - 1]) / (periods[next] - periods[next - 1]);
  return values[next - 1] + share * (values[next] - values[next - 1]);
}

/** The design spectrum of the address, if it holds one. */
export function chosenDesign(): DesignSpectrum | undefined {
  return readDesignSpectrum(query.value.get('design') ?? '');
}

/** Takes the table of a design spectrum, which is then drawn over the uniform hazard spectra; it stands in the address. */
export function DesignSpectrumField() {
  const text = (query.value.get('design') ?? '').replaceAll(';', '\n');
  const faulty = text.trim() !== '' && readDesignSpectrum(text) === undefined;
  return (
    <details>
      <summary>Design spectrum</summary>
      <label class="field">
        One row for each period: period (s), acceleration (g)
        <textarea
          name="design"
          rows={5}
          defaultValue={text}
          placeholder={'0 0.25\n0.1 0.62\n0.5 0.62\n2 0.16'}
          onChange={({ currentTarget }) =>
            select({ design: currentTarget.value.trim().replace(/\s*\n\s*/g, ';') || undefined })
          }
        />
      </label>
      {faulty && (
        <p class="bad" role="alert">
          Two numbers in a row are expected, and at least two rows.
        </p>
      )}
    </details>
  );
}
