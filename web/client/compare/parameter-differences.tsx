import type { Summary } from '../server/types';

/** Parameters that differ, as the engine read them. */
export function ParameterDifferences({ summaries }: { readonly summaries: readonly [Summary, Summary] }) {
  const [one, other] = summaries.map(({ parameters }) => parameters);
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  const text = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));
  const differing = names.filter((name) => text(one[name]) !== text(other[name]));
  return (
    <section class="card" aria-labelledby="parameters-title">
      <h2 id="parameters-title">Parameters that differ</h2>
      {differing.length === 0 ? (
        <p class="hint">None.</p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Both values of parameters">
          <table id="parameter-differences">
            <thead>
              <tr>
                <th scope="col">Parameter</th>
                <th scope="col">First</th>
                <th scope="col">Second</th>
              </tr>
            </thead>
            <tbody>
              {differing.map((name) => (
                <tr>
                  <th scope="row">{name}</th>
                  <td class="wrap">{text(one[name])}</td>
                  <td class="wrap">{text(other[name])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
