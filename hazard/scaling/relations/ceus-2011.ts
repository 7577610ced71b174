import { logLinearRelation } from '../scaling-relation.js';

/** Central and eastern United States seismic source characterization (EPRI, DOE, NRC 2011): log10 A = m - 4.366. */
export const ceus2011 = logLinearRelation('CEUS2011', { constant: -4.366, slope: 1 });
