import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { openPromise } from 'yauzl';

/** A result table: header and rows of text cells; the comment line is left out. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Tables of a folder by name without `.csv` and without the calculation's number; zips are looked into. */
export async function readTables(folder: string): Promise<Map<string, Table>> {
  const tables = new Map<string, Table>();
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.endsWith('.csv')) tables.set(tableName(name), parseTable(readFileSync(path, 'utf8')));
    else if (name.endsWith('.zip'))
      for (const [member, text] of await zipMembers(path)) tables.set(tableName(member), parseTable(text));
  }
  return tables;
}

function tableName(file: string): string {
  return file.replace(/(_\d+)?\.csv$/, '');
}

async function zipMembers(path: string): Promise<[string, string][]> {
  const zip = await openPromise(path, { autoClose: false });
  const members: [string, string][] = [];
  try {
    for await (const entry of zip.eachEntry())
      if (entry.fileName.endsWith('.csv'))
        members.push([entry.fileName, (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8')]);
  } finally {
    zip.close();
  }
  return members;
}

/** RFC 4180; lines that start with # are comments. */
export function parseTable(text: string): Table {
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('"#'));
  const [header = [], ...rows] = parseRows(lines);
  return { header, rows };
}

/** Cells of lines without line breaks. */
export function parseRows(lines: readonly string[]): string[][] {
  return lines.map(cells);
}

function cells(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
