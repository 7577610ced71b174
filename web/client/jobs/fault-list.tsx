import { useEffect, useState } from 'preact/hooks';
import type { JobFile, ServerFault } from '../server/api';
import type { Fault } from '../server/types';
import { count } from '../widgets/format';

/** Lines shown before and after the one at fault. */
const AROUND = 2;

/** Every fault of a job that is not taken, with the lines of the file around it; a mended file can be dropped at once. */
export function FaultList({ fault, files }: { readonly fault: ServerFault; readonly files: readonly JobFile[] }) {
  const { faults, message } = fault;
  return (
    <div class="message bad" id="upload-message" role="alert">
      {faults.length === 0 ? (
        <p class="pre">{message}</p>
      ) : (
        <>
          <p>
            The job is not taken: {count(faults.length, 'fault')}. Mend the files and drop them again; the others stay.
          </p>
          <ol class="faults">
            {message.split('\n').map((line, k) => (
              <li>
                <p class="pre">{line}</p>
                {faults[k] && <Excerpt fault={faults[k]} files={files} />}
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function Excerpt({ fault: { file, line }, files }: { readonly fault: Fault; readonly files: readonly JobFile[] }) {
  const [lines, setLines] = useState<readonly string[]>();
  const chosen = files.find(({ path }) => path === file || path.endsWith(`/${file ?? ''}`));
  useEffect(() => {
    if (chosen && line !== undefined) void chosen.file.text().then((text) => setLines(text.split(/\r?\n/)));
  }, [chosen, line]);
  if (!lines || line === undefined) return null;
  const first = Math.max(0, line - 1 - AROUND);
  return (
    <pre class="excerpt" tabIndex={0} aria-label={`${file}, line ${line}`} role="group">
      {lines.slice(first, line + AROUND).map((text, k) => (
        <span class={first + k === line - 1 ? 'here' : ''}>
          {String(first + k + 1).padStart(5)} {text.slice(0, 200)}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
