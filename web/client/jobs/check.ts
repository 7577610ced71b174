import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { sendFiles, ServerFault, type JobFile } from '../server/api';
import type { JobPreview } from '../server/types';

/** Whether files lie ready: the form then takes the whole width. */
export const drafting = signal(false);

/** ms of quiet after which changed files and values are checked */
const QUIET = 350;

/** What the server thinks of files that are not sent as a job yet. */
export interface Checked {
  readonly busy: boolean;
  readonly preview?: JobPreview;
  readonly fault?: ServerFault;
}

/** Checks files whenever they or the values change; what was found stays on show until the next answer. */
export function useCheck(
  files: readonly JobFile[],
  fields: Readonly<Record<string, string>>,
  wanted: boolean,
): Checked {
  const [checked, setChecked] = useState<Checked>({ busy: false });
  const key = JSON.stringify(fields);
  useEffect(() => {
    if (!wanted) {
      setChecked({ busy: false });
      return undefined;
    }
    const stop = new AbortController();
    setChecked((before) => ({ ...before, busy: true }));
    const timer = setTimeout(() => {
      sendFiles<JobPreview>('/v2/check', files, fields, () => undefined, stop.signal).then(
        (preview) => {
          if (!stop.signal.aborted) setChecked({ busy: false, preview });
        },
        (error: unknown) => {
          if (stop.signal.aborted) return;
          setChecked({ busy: false, fault: error instanceof ServerFault ? error : new ServerFault(String(error)) });
        },
      );
    }, QUIET);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [files, key, wanted]);
  return checked;
}
