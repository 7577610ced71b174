/** Arguments that several models take with the same meaning. */
import type { ArgumentDeclaration } from './model.js';

export const SIGMA_MU_EPSILON: ArgumentDeclaration = {
  name: 'sigma_mu_epsilon',
  type: 'number',
  default: 0,
  meaning: 'number of epistemic standard deviations added to the median',
};
export const USGS_BASIN_SCALING: ArgumentDeclaration = {
  name: 'usgs_basin_scaling',
  type: 'boolean',
  default: false,
  meaning: 'reduce the basin term as the USGS does',
};
export const MODIFIED_SIGMA: ArgumentDeclaration = {
  name: 'modified_sigma',
  type: 'boolean',
  default: false,
  meaning: 'standard deviations with nonlinear site response',
};
export const ADJUSTMENT_FACTOR: ArgumentDeclaration = {
  name: 'adjustment_factor',
  type: 'number',
  default: 1,
  range: [1e-6, 1e6],
  meaning: 'factor of the median',
};
