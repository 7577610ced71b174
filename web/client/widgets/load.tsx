import { useEffect, useState } from 'preact/hooks';
import { ServerFault } from '../server/api';

/** What is known of something that the server is asked for. */
export interface Loaded<T> {
  readonly value?: T;
  readonly fault?: string;
  /** asked, not answered yet; the value of the last answer stays meanwhile */
  readonly busy: boolean;
}

/** Asks again whenever the key changes; undefined asks nothing. Late answers to older questions are dropped. */
export function useLoaded<T>(
  key: string | undefined,
  load: (key: string, signal: AbortSignal) => Promise<T>,
): Loaded<T> {
  const [state, setState] = useState<Loaded<T>>({ busy: key !== undefined });
  useEffect(() => {
    if (key === undefined) {
      setState({ busy: false });
      return undefined;
    }
    const stop = new AbortController();
    setState(({ value }) => ({ value, busy: true }));
    load(key, stop.signal).then(
      (value) => {
        if (!stop.signal.aborted) setState({ value, busy: false });
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        setState({
          fault: error instanceof ServerFault ? error.message : `The page failed: ${String(error)}`,
          busy: false,
        });
      },
    );
    return () => stop.abort();
  }, [key]);
  return state;
}

/** Says that something is awaited, or why it does not come. */
export function Waiting({ loaded, what }: { readonly loaded: Loaded<unknown>; readonly what: string }) {
  if (loaded.fault !== undefined)
    return (
      <p class="message bad" role="alert">
        {loaded.fault}
      </p>
    );
  return loaded.busy && loaded.value === undefined ? <p class="hint">Reading {what} …</p> : null;
}
