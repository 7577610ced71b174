import { checkHypocentres } from './seismogenic-depth.js';
import { sourceOf, type Uncertainty, valueOf } from './uncertainty.js';

/** Another distribution of hypocentral depths of a point-like source, as OpenQuake engine 3.27 introduced it. */
export const setHypoDepthDistribution: Uncertainty = {
  type: 'setHypoDepthDistribution',
  valueKind: 'depths',
  requires: 'none',
  apply(source, value) {
    const spread = sourceOf(source, 'point', 'multiPoint', 'area');
    const { depths } = valueOf(value, 'depths');
    checkHypocentres(spread, depths);
    return { ...spread, hypocentralDepths: depths };
  },
};
