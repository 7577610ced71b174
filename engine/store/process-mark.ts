import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { ProcessMark } from './job-record.js';

/** Start time of a process in clock ticks since boot (field 22 of /proc/PID/stat); '' where there is no /proc. */
function ticksOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // the name of the program stands in parentheses and may hold blanks: count from its end
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'zombie' : fields[19];
  } catch {
    return '';
  }
}

/** Where process numbers mean something: machine, boot and namespace of processes; '' where the system does not tell. */
let place: string | undefined;
function ownPlace(): string {
  if (place === undefined) {
    try {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
      place = `${hostname()} ${boot} ${readlinkSync('/proc/self/ns/pid')}`;
    } catch {
      place = '';
    }
  }
  return place;
}

/** The mark of a process that runs now. */
export function markProcess(pid: number): ProcessMark {
  return { pid, started: ticksOf(pid), place: ownPlace() };
}

/**
 * True while the marked process runs (a later process with the same number does not count). Of a process on another machine or in
 * another container nothing can be said: it counts as alive. After the machine has started anew all of its processes are gone.
 */
export function isAlive(mark: ProcessMark): boolean {
  // marks of version 0.2 have no place
  const markedPlace = mark.place ?? '';
  if (markedPlace !== '' && markedPlace !== ownPlace()) {
    const [host, boot] = markedPlace.split(' ');
    const [ownHost, ownBoot] = ownPlace().split(' ');
    return !(host === ownHost && boot !== ownBoot);
  }
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return mark.started === '' || ticksOf(mark.pid) === mark.started;
}
