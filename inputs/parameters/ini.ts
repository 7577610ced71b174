import type { InputReport } from '../report.js';

/** A parameter as written: name in lower case, value with its continuation lines joined. */
export interface IniEntry {
  readonly key: string;
  readonly value: string;
  /** first line is 1; 0 for a value given from outside */
  readonly line: number;
}

const LARGEST_FILE = 16 * 1024 * 1024;
const LONGEST_KEY = 100;

/**
 * Reads a job.ini: sections are allowed anywhere and mean nothing, `key = value` or `key: value`, lines that start with `#` or
 * `;` are comments (there are no comments behind a value), values go on over lines that are indented deeper than their key.
 * Keys do not depend on case and may stand once in the file. `%` and `$` are ordinary characters.
 *
 * Faults go to the report, the rest of the file is still read.
 */
export function readIni(text: string, file: string, report: InputReport): IniEntry[] {
  if (text.length > LARGEST_FILE) {
    report.fault({ code: 'TOO_LARGE', file, message: `the file is larger than ${LARGEST_FILE / 1024 / 1024} MB` });
    return [];
  }
  const entries: { key: string; lines: string[]; line: number }[] = [];
  const keyLines = new Map<string, number>();
  const sectionLines = new Map<string, number>();
  let inSection = false;
  let current: string[] | undefined;
  let indentation = 0;

  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const content = raw.trim();
    if (content === '' || content.startsWith('#') || content.startsWith(';')) continue;
    if (/[\0-\u0008\u000E-\u001F]/.test(content)) {
      report.fault({
        code: 'BROKEN_FILE',
        file,
        line,
        message: 'the line holds control characters: this is not a text file',
      });
      return [];
    }
    const indent = raw.length - raw.trimStart().length;
    if (current !== undefined && indent > indentation) {
      current.push(content);
      continue;
    }
    indentation = indent;
    current = undefined;

    const header = /^\[([^\]]+)\]/.exec(content)?.[1].trim().toLowerCase();
    if (header !== undefined) {
      const before = sectionLines.get(header);
      if (before !== undefined)
        report.fault({
          code: 'REPEATED_PARAMETER',
          file,
          line,
          key: `[${header}]`,
          message: `the section stands already in line ${before}`,
        });
      sectionLines.set(header, line);
      inSection = true;
      continue;
    }

    const match = /^([^=:]*?)\s*[=:]\s*(.*)$/.exec(content);
    if (!match || match[1] === '' || match[1].length > LONGEST_KEY) {
      const allowed = 'key = value, [section], # comment, or an indented line that continues a value';
      report.fault({ code: 'BROKEN_INI', file, line, value: content, message: 'this is not a parameter', allowed });
      continue;
    }
    const key = match[1].toLowerCase();
    if (!inSection) {
      report.fault({
        code: 'BROKEN_INI',
        file,
        line,
        key,
        message: 'stands before the first section',
        allowed: 'a line [general] above it',
      });
      inSection = true;
    }
    const before = keyLines.get(key);
    current = [match[2]];
    if (before !== undefined) {
      report.fault({ code: 'REPEATED_PARAMETER', file, line, key, message: `stands already in line ${before}` });
      continue;
    }
    keyLines.set(key, line);
    entries.push({ key, lines: current, line });
  }
  if (entries.length === 0 && report.faults.length === 0)
    report.fault({ code: 'BROKEN_INI', file, message: 'the file has no parameters' });
  return entries.map(({ lines: value, ...rest }) => ({ ...rest, value: value.join('\n').trim() }));
}
