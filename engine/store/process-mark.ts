import { readFileSync } from 'node:fs';
import type { ProcessMark } from './job-record.js';

/** Start time of a process in clock ticks since boot (field 22 of /proc/PID/stat); '' where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // the name of the program stands in parentheses and may hold blanks: count from its end
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'zombie' : fields[19];
  } catch {
    return '';
  }
}

/** The mark of a process that runs now. */
export function markProcess(pid: number): ProcessMark {
  return { pid, started: startOf(pid) };
}

/** True while the marked process runs (a later process with the same number does not count). */
export function isAlive(mark: ProcessMark): boolean {
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return mark.started === '' || startOf(mark.pid) === mark.started;
}
