import { checkHypocentres } from './seismogenic-depth.js';
import { changeOf, type Uncertainty, valueOf } from './uncertainty.js';

/** Another distribution of hypocentral depths of a point-like source, as OpenQuake engine 3.27 introduced it. */
export const setHypoDepthDistribution: Uncertainty = {
  type: 'setHypoDepthDistribution',
  valueKind: 'depths',
  requires: 'none',
  apply: (source, value) =>
    checkHypocentres(changeOf(source, 'hypocentralDepths').with(source, valueOf(value, 'depths').depths)),
};
