import { logLinearRelation } from '../scaling-relation.js';

/** Relation of the PEER tests of hazard codes: log10 A = m - 4. */
export const peer = logLinearRelation('PeerMSR', { constant: -4, slope: 1, sigma: 0.25 });
