import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { groundMotionModels } from './ground-motion-models.js';
import { logicTreePicture } from './logic-tree-picture.js';
import { sourcePictures } from './source-pictures.js';

/** npm run docs: writes the pages of docs/ that are made from declarations. */
const PAGES: readonly (readonly [file: string, make: () => Promise<string>])[] = [
  ['ground-motion-models.md', groundMotionModels],
];

const folder = fileURLToPath(new URL('../../docs/', import.meta.url));
for (const [file, make] of PAGES) {
  writeFileSync(join(folder, file), await make());
  console.log(`wrote docs/${file}`);
}
for (const [file, svg] of [...sourcePictures(), ['logic-tree.svg', logicTreePicture()]]) {
  writeFileSync(join(folder, 'pictures', file), svg);
  console.log(`wrote docs/pictures/${file}`);
}
