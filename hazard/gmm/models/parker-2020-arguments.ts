import type { ArgumentDeclaration } from '../model.js';
import { SIGMA_MU_EPSILON } from '../shared-arguments.js';

/** Magnitude of the break in scaling by region of saturation (table 4.1). */
export const BREAKS: Readonly<Record<string, { readonly interface: number; readonly slab: number }>> = {
  Aleutian: { interface: 8, slab: 7.98 },
  AK: { interface: 8.6, slab: 7.2 },
  Cascadia: { interface: 7.7, slab: 7.2 },
  CAM_S: { interface: 7.4, slab: 7.6 },
  CAM_N: { interface: 7.4, slab: 7.4 },
  JP_Pac: { interface: 8.5, slab: 7.65 },
  JP_Phi: { interface: 7.7, slab: 7.55 },
  SA_N: { interface: 8.5, slab: 7.3 },
  SA_S: { interface: 8.6, slab: 7.25 },
  TW_W: { interface: 7.1, slab: 7.7 },
  TW_E: { interface: 7.1, slab: 7.7 },
};
/** The same of the global model. */
export const DEFAULT_BREAK = { interface: 7.9, slab: 7.6 };
const REGIONS = ['AK', 'CAM', 'SA', 'TW', 'Cascadia', 'JP'];

/** Arguments that all names of the model take. */
export const COMMON_ARGUMENTS: readonly ArgumentDeclaration[] = [
  {
    name: 'region',
    type: 'text',
    default: null,
    allowed: [null, ...REGIONS],
    meaning: 'region whose attenuation and site terms are taken; none: global',
  },
  {
    name: 'saturation_region',
    type: 'text',
    default: null,
    allowed: [null, ...REGIONS, ...Object.keys(BREAKS)],
    meaning: 'part of the region that sets constant and magnitude break; the region itself unless given',
  },
  {
    name: 'basin',
    type: 'text',
    default: null,
    allowed: [null, 'out', 'Seattle'],
    meaning: 'Cascadia: outside the basins, or in that of Seattle',
  },
  SIGMA_MU_EPSILON,
];
/** Those of the models B and of the models without basin term. */
export const ARGUMENTS: readonly ArgumentDeclaration[] = [
  ...COMMON_ARGUMENTS,
  {
    name: 'm9_basin_term',
    type: 'boolean',
    default: false,
    meaning: 'ln 2 as basin term from 1.9 s on where z2pt5 is 6 km and more (models B)',
  },
  {
    name: 'usgs_basin_scaling',
    type: 'boolean',
    default: false,
    meaning: 'reduce the basin term as the USGS does (models B)',
  },
];
