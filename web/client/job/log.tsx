import { useEffect, useRef, useState } from 'preact/hooks';
import { getJson } from '../server/api';
import type { LogRow } from '../server/types';

const LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'];
/** ms between two looks while the job runs */
const INTERVAL = 1000;

/** The log as it grows, from a level up, with what is searched for. */
export function Log({ id, live }: { readonly id: number; readonly live: boolean }) {
  const [rows, setRows] = useState<readonly LogRow[]>([]);
  const [least, setLeast] = useState('INFO');
  const [search, setSearch] = useState('');
  const box = useRef<HTMLPreElement>(null);
  const read = useRef(0);
  const atEnd = useRef(true);
  useEffect(() => {
    let ended = false;
    let timer: number | undefined;
    const look = async (): Promise<void> => {
      const more = await getJson<LogRow[]>(`/v1/calc/${id}/log/${read.current}:`).catch(() => []);
      if (ended) return;
      if (more.length > 0) {
        read.current += more.length;
        const { scrollTop, clientHeight, scrollHeight } = box.current!;
        atEnd.current = scrollTop + clientHeight >= scrollHeight - 20;
        setRows((before) => [...before, ...more]);
      }
      if (live) timer = window.setTimeout(() => void look(), INTERVAL);
    };
    void look();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [id, live]);
  useEffect(() => {
    if (atEnd.current) box.current!.scrollTop = box.current!.scrollHeight;
  }, [rows]);
  const wanted = search.toLowerCase();
  const shown = rows.filter(
    ([, level, , message]) => LEVELS.indexOf(level) >= LEVELS.indexOf(least) && message.toLowerCase().includes(wanted),
  );
  return (
    <section class="card">
      <h2>Log</h2>
      <div class="row">
        <label class="field">
          From level
          <select value={least} onChange={({ currentTarget }) => setLeast(currentTarget.value)}>
            {LEVELS.map((level) => (
              <option value={level}>{level}</option>
            ))}
          </select>
        </label>
        <label class="field">
          Search the log
          <input type="search" value={search} onInput={({ currentTarget }) => setSearch(currentTarget.value)} />
        </label>
      </div>
      <pre class="log" ref={box} tabIndex={0} role="log" aria-label="Log" aria-live="off">
        {shown.map(([time, level, , message]) => (
          <span class={level}>{`${time.slice(11, 19)} ${level} ${message}\n`}</span>
        ))}
      </pre>
    </section>
  );
}
