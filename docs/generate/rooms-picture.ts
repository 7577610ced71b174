/** The picture of the rooms for docs/architecture.md: who imports from whom, as the files do. */
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Rooms that no user of the program runs. */
const ASIDE = new Set(['bench', 'docs', 'test']);
const WIDTH = 940;
const ROW = 62;
const BOX_HEIGHT = 30;
const PAD = 14;
/** Where rooms stand from left (0) to right (1), so that arrows keep clear of boxes; the others of a level are spread evenly. */
const PLACES: Readonly<Record<string, number>> = {
  cli: 0.32,
  web: 0.56,
  inputs: 0.14,
  datastore: 0.8,
  drawing: 0.68,
  job: 0.3,
  'hazard/statistics': 0.53,
  'hazard/amplification': 0.13,
  'hazard/spectrum': 0.4,
  'hazard/disaggregation': 0.62,
  'hazard/logictree': 0.82,
  'hazard/sources': 0.25,
  'hazard/exceedance': 0.6,
  'hazard/surfaces': 0.22,
  'hazard/gmm': 0.68,
  'hazard/contexts': 0.45,
  'hazard/scaling': 0.36,
  'hazard/site': 0.75,
  'hazard/geo': 0.45,
  hdf5: 0.93,
};

interface Rooms {
  readonly LEVELS: readonly (readonly string[])[];
  readonly FOLDERS: readonly string[];
}
interface Imports {
  importsOf(root: string, folders: readonly string[], loaded: boolean): Map<string, string[]>;
}

interface Box {
  readonly room: string;
  /** centre */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The picture as SVG: a row for each level of scripts/rooms.mjs, an arrow where a room imports from another. */
export async function roomsPicture(): Promise<string> {
  const script = (...path: string[]) => import(pathToFileURL(join(ROOT, 'scripts', ...path)).href);
  const { LEVELS, FOLDERS } = (await script('rooms.mjs')) as Rooms;
  const { importsOf } = (await script('lint', 'imports.mjs')) as Imports;
  const levels = LEVELS.map((rooms) => rooms.filter((room) => !ASIDE.has(room))).filter((rooms) => rooms.length > 0);
  const known = new Set(levels.flat());
  const roomOf = (path: string): string | undefined => {
    const [first, second, ...rest] = relative(ROOT, path).split(sep);
    const room = first === 'hazard' && rest.length > 0 ? `${first}/${second}` : first;
    return known.has(room) ? room : undefined;
  };
  const imported = new Map<string, Set<string>>(levels.flat().map((room) => [room, new Set()]));
  for (const [path, targets] of importsOf(ROOT, FOLDERS, true)) {
    const from = roomOf(path);
    if (from === undefined) continue;
    for (const target of targets) {
      const to = roomOf(target);
      if (to !== undefined && to !== from) imported.get(from)!.add(to);
    }
  }
  return draw(levels, withoutDetours(imported));
}

/** Arrows that no longer way of arrows stands for. */
function withoutDetours(imported: ReadonlyMap<string, ReadonlySet<string>>): [from: string, to: string][] {
  const reaches = (from: string, to: string): boolean =>
    [...imported.get(from)!].some((next) => next === to || reaches(next, to));
  return [...imported].flatMap(([from, targets]) =>
    [...targets]
      .sort()
      .filter((to) => ![...targets].some((other) => other !== to && reaches(other, to)))
      .map((to): [string, string] => [from, to]),
  );
}

function draw(levels: readonly (readonly string[])[], arrows: readonly (readonly [string, string])[]): string {
  const height = levels.length * ROW + 2 * PAD;
  const boxes = new Map(levels.flatMap((rooms, level) => boxesOf(rooms, height - PAD - (level + 0.5) * ROW)));
  const science = levels.flatMap((rooms, level) => (rooms.some((room) => room.startsWith('hazard/')) ? [level] : []));
  const top = height - PAD - (science.at(-1)! + 1) * ROW + 4;
  const bottom = height - PAD - science[0] * ROW - 4;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="14">`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">' +
      '<path d="M0 0L8 4L0 8z" fill="#64748b"/></marker></defs>',
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<rect x="${PAD}" y="${top}" width="${WIDTH - 2 * PAD}" height="${bottom - top}" rx="8" fill="#f1f5f9"/>`,
    `<text x="${PAD + 10}" y="${top + 20}" fill="#475569">hazard/: the science</text>`,
    ...arrows.map(([from, to]) => arrow(boxes.get(from)!, boxes.get(to)!)),
    ...[...boxes.values()].map(boxText),
    '</svg>',
    '',
  ].join('\n');
}

function boxesOf(rooms: readonly string[], y: number): [string, Box][] {
  return rooms.map((room, k) => {
    const place = PLACES[room] ?? (k + 0.5) / rooms.length;
    const width = labelOf(room).length * 8 + 24;
    return [room, { room, x: Math.round(PAD + place * (WIDTH - 2 * PAD)), y, width }];
  });
}

function labelOf(room: string): string {
  return room === 'hazard' ? 'hazard/refusal.ts' : `${room.replace('hazard/', '')}/`;
}

function arrow(from: Box, to: Box): string {
  return (
    `<path d="${wayOf(from, to)}" fill="none" stroke="#64748b" stroke-width="1.2" marker-end="url(#tip)">` +
    `<title>${from.room} imports from ${to.room}</title></path>`
  );
}

function wayOf(from: Box, to: Box): string {
  if (from.y === to.y) return `M${from.x + from.width / 2} ${from.y}L${to.x - to.width / 2 - 1} ${to.y}`;
  const aside = Math.min(Math.max((to.x - from.x) / (WIDTH / 2), -1), 1);
  const x1 = Math.round(from.x + aside * 0.42 * from.width);
  const x2 = Math.round(to.x - aside * 0.42 * to.width);
  const [y1, y2] = [from.y + BOX_HEIGHT / 2, to.y - BOX_HEIGHT / 2];
  const bend = Math.round((y2 - y1) / 2);
  return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2 - 1}`;
}

function boxText({ room, x, y, width }: Box): string {
  return (
    `<rect x="${x - width / 2}" y="${y - BOX_HEIGHT / 2}" width="${width}" height="${BOX_HEIGHT}" rx="5" fill="#ffffff" ` +
    `stroke="#334155"/><text x="${x}" y="${y + 5}" text-anchor="middle" fill="#0f172a">${labelOf(room)}</text>`
  );
}
