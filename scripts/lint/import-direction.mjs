// The ESLint rule that holds the order of the rooms: a file imports only from its own room or from rooms further down.
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LEVELS } from '../rooms.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Side by side, yet one of them may look at the other: commands start the web server. */
const EXTRA = new Set(['cli>web']);
const ORDER = new Map(LEVELS.flatMap((rooms, level) => rooms.map((room) => [room, level])));

/** `hazard/geo` for hazard/geo/mesh.ts, `engine` for engine/store/jobs.ts; undefined outside the rooms. */
function roomOf(path) {
  const parts = relative(root, path).split(sep);
  if (parts[0] === '..') return undefined;
  // what stands in hazard/ itself, such as refusal.ts, lies below all its rooms
  if (parts[0] === 'hazard') return parts.length > 2 ? `hazard/${parts[1]}` : 'hazard';
  return ORDER.has(parts[0]) ? parts[0] : undefined;
}

function mayImport(from, to) {
  if (from === to || EXTRA.has(`${from}>${to}`)) return true;
  return ORDER.get(to) < ORDER.get(from);
}

/** @type {import('eslint').Rule.RuleModule} */
export const importDirection = {
  meta: { type: 'problem', schema: [], docs: { description: 'imports go down from room to room only' } },
  create(context) {
    const from = roomOf(context.filename);
    if (from === undefined) return {};
    const check = (node) => {
      const source = node.source;
      if (!source || typeof source.value !== 'string') return;
      const specifier = source.value;
      if (specifier.startsWith('node:')) {
        if (
          from.startsWith('hazard/') &&
          specifier.startsWith('node:fs') &&
          // what ships with the program beside the code: figures and kernels
          !/[/\\](gmm[/\\]coefficients|kernels[/\\]kernel)\.ts$/.test(context.filename)
        )
          context.report({ node: source, message: `hazard is pure science and opens no files ('${specifier}')` });
        return;
      }
      if (!specifier.startsWith('.')) return;
      const to = roomOf(resolve(dirname(context.filename), specifier));
      if (to === undefined) context.report({ node: source, message: `'${specifier}' is in no room` });
      else if (!mayImport(from, to)) context.report({ node: source, message: `${from} may not look into ${to}` });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
