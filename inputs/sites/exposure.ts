import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCsv } from '../files/csv.js';
import { Refusal, faultAt } from '../../hazard/refusal.js';
import { streamXml } from '../nrml/xml.js';
import { readCoordinates } from '../parameters/parameter-values.js';
import { noSuchFile, resolveInside } from '../files/paths.js';
import type { NamedFile } from './site-model.js';

/**
 * Places of the assets of exposure models, each once, sorted by longitude and latitude: [lon, lat, ...] in degrees. Assets stand
 * in the XML file as `<location lon lat>`, or in the CSV files it names.
 * Errors: Refusal naming file and line.
 */
export async function readAssetPlaces(files: readonly NamedFile[], root: string): Promise<Float64Array> {
  const places = new Map<string, [number, number]>();
  const add = (lonText: string, latText: string, file: string, line: number): void => {
    try {
      const place = readCoordinates(lonText.trim(), latText.trim());
      places.set(place.join(' '), place);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal(
        error.faults.map((fault) => faultAt({ file, line }, fault)),
        { cause: error },
      );
    }
  };
  for (const { path, name } of files) {
    let tables: string[] = [];
    await streamXml(path, name, {
      open: ({ name: tag, attributes, line }) => {
        if (tag === 'location') add(attributes.lon ?? '', attributes.lat ?? '', name, line);
        return tag === 'asset' ? false : tag === 'assets' && Object.keys(attributes).length === 0;
      },
      gathered: (element) => {
        tables = element.text.split(/\s+/).filter((word) => word !== '');
        for (const asset of element.children)
          for (const { name: tag, attributes, line } of asset.children)
            if (tag === 'location') add(attributes.lon ?? '', attributes.lat ?? '', name, line);
      },
      close: () => undefined,
    });
    for (const table of tables) readTable(root, dirname(path), table, add);
  }
  if (places.size === 0)
    throw new Refusal([{ code: 'NO_SITES', file: files[0].name, message: 'the exposure model has no assets' }]);
  const sorted = [...places.values()].sort(([lonA, latA], [lonB, latB]) => lonA - lonB || latA - latB);
  return Float64Array.from(sorted.flat());
}

function readTable(
  root: string,
  folder: string,
  name: string,
  add: (lon: string, lat: string, file: string, line: number) => void,
): void {
  let bytes: Buffer;
  try {
    bytes = readFileSync(resolveInside(root, folder, name));
  } catch (cause) {
    if (cause instanceof Refusal)
      throw new Refusal(
        cause.faults.map((fault) => faultAt({ file: name }, fault)),
        { cause },
      );
    const message = noSuchFile(root, join(folder, name), name);
    throw new Refusal([{ code: 'MISSING_FILE', file: name, message }], { cause });
  }
  const { rows, lines } = readCsv(bytes, name);
  const [header = []] = rows;
  const lon = header.indexOf('lon');
  const lat = header.indexOf('lat');
  if (lon < 0 || lat < 0)
    throw new Refusal([
      { code: 'MISSING_COLUMN', file: name, line: 1, message: 'the assets have no columns lon and lat' },
    ]);
  for (const [i, row] of rows.entries()) if (i > 0) add(row[lon] ?? '', row[lat] ?? '', name, lines[i]);
}
