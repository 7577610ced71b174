/** Lists of cases that are known to fail: `name reason` a line, # before notes. They only shrink. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** name -> reason; empty when there is no such file. */
export function knownFailures(path: string): Map<string, string> {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return new Map(
    lines
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
      .map((line): [string, string] => [line.split(' ')[0], line.split(' ').slice(1).join(' ')]),
  );
}

/** Takes names off a list, leaving notes and the others as they are. */
export function removeKnownFailures(path: string, names: readonly string[]): void {
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, lines.filter((line) => !names.includes(line.split(' ')[0])).join('\n'));
}
