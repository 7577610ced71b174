import { refusal } from '../../../hazard/refusal.js';
import type { ModelResources } from '../../../hazard/gmm/model.js';

/** Resources of a test that reads no files of users. */
export const NO_FILES: Omit<ModelResources, 'model'> = {
  hdf5: (path) => Promise.reject(refusal('MISSING_FILE', `no file ${path}`)),
  text: (path) => Promise.reject(refusal('MISSING_FILE', `no file ${path}`)),
};
