import { apiPage } from './api-page.js';
import { errorsPage } from './errors-page.js';
import { groundMotionModels } from './ground-motion-models.js';
import { logicTreePicture } from './logic-tree-picture.js';
import { parametersPage } from './parameters-page.js';
import { roomsPicture } from './rooms-picture.js';
import { sourcePictures } from './source-pictures.js';

/** A file of docs/ that is made from the code, and how. */
export type MadePage = readonly [file: string, make: () => string | Promise<string>];

/** Every file that `npm run docs` makes; the tests compare each with what stands in docs/. */
export const MADE_PAGES: readonly MadePage[] = [
  ['api.md', apiPage],
  ['errors.md', errorsPage],
  ['ground-motion-models.md', groundMotionModels],
  ['parameters.md', parametersPage],
  ['pictures/logic-tree.svg', logicTreePicture],
  ['pictures/rooms.svg', roomsPicture],
  ...sourcePictures().map(([file, svg]): MadePage => [`pictures/${file}`, () => svg]),
];
