import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MADE_PAGES } from './pages.js';

/** npm run docs: writes what docs/ holds that is made from the code. */
const folder = fileURLToPath(new URL('../../../docs/', import.meta.url));
for (const [file, make] of MADE_PAGES) {
  writeFileSync(join(folder, file), await make());
  console.log(`wrote docs/${file}`);
}
