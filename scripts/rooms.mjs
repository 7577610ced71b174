// The rooms of the code and their order.

/** From the bottom up; rooms in one line stand side by side and do not see each other. */
export const LEVELS = [
  ['hazard'],
  ['hdf5'],
  ['hazard/kernels'],
  ['hazard/geo'],
  ['hazard/mfd', 'hazard/scaling', 'hazard/site'],
  ['hazard/contexts'],
  ['hazard/surfaces', 'hazard/gmm'],
  ['hazard/sources', 'hazard/exceedance'],
  ['hazard/amplification', 'hazard/spectrum', 'hazard/disaggregation', 'hazard/logictree'],
  ['hazard/statistics'],
  ['job'],
  ['drawing'],
  ['inputs', 'datastore'],
  ['calculators'],
  ['engine'],
  ['cli', 'web'],
  ['bench', 'docs'],
  ['test'],
];

/** Folders at the root that hold the rooms. */
export const FOLDERS = [...new Set(LEVELS.flat().map((room) => room.split('/')[0]))];
