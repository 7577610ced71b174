import type { ScalingRelation } from '../scaling-relation.js';

/** BC Hydro, Northern Volcanic Arc source zone: ln A = 2.095 m - 7.883, A in km2 (as OpenQuake engine 3.26 documents it). */
export const bcHydroNva: ScalingRelation = {
  name: 'BCHydroNVAMSR',
  medianArea: (magnitude) => Math.exp(2.095 * magnitude - 7.883),
};
