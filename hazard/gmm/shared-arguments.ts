/** Arguments that several models take with the same meaning. */
import type { ArgumentDeclaration } from './model.js';

/** `sigma_mu_epsilon`, as many models declare it. */
export const SIGMA_MU_EPSILON: ArgumentDeclaration = {
  name: 'sigma_mu_epsilon',
  type: 'number',
  default: 0,
  meaning: 'number of epistemic standard deviations added to the median',
};
/** `usgs_basin_scaling`, as many models declare it. */
export const USGS_BASIN_SCALING: ArgumentDeclaration = {
  name: 'usgs_basin_scaling',
  type: 'boolean',
  default: false,
  meaning: 'reduce the basin term as the USGS does',
};
/** `modified_sigma`, as the models of New Zealand declare it. */
export const MODIFIED_SIGMA: ArgumentDeclaration = {
  name: 'modified_sigma',
  type: 'boolean',
  default: false,
  meaning: 'standard deviations with nonlinear site response',
};
/** `adjustment_factor`, as several models declare it. */
export const ADJUSTMENT_FACTOR: ArgumentDeclaration = {
  name: 'adjustment_factor',
  type: 'number',
  default: 1,
  range: [1e-6, 1e6],
  meaning: 'factor of the median',
};
