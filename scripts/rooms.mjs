// The rooms of the code and their order.

/** From the bottom up; rooms in one line stand side by side and do not see each other. */
export const LEVELS = [
  ['hazard/geo', 'hazard/stats'],
  ['hazard/mfd', 'hazard/scaling'],
  ['hazard/gmm'],
  ['hazard/site'],
  ['hazard/surfaces'],
  ['hazard/sources'],
  ['hazard/logictree', 'hazard/exceedance'],
  ['hazard/disaggregation', 'hazard/amplification', 'hazard/spectrum'],
  ['inputs'],
  ['datastore'],
  ['calculators'],
  ['engine'],
  ['cli', 'web'],
  ['bench', 'docs'],
  ['test'],
];

/** Folders at the root that hold the rooms. */
export const FOLDERS = [...new Set(LEVELS.flat().map((room) => room.split('/')[0]))];
