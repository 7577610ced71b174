import { sourceOf, type Uncertainty, valueOf } from './uncertainty.js';

/** Another polygon of an area source; its depths stay, as in OpenQuake engine 3.21 and later. */
export const areaSourceGeometryAbsolute: Uncertainty = {
  type: 'areaSourceGeometryAbsolute',
  valueKind: 'polygon',
  requires: 'oneOfMany',
  apply: (source, value) => ({ ...sourceOf(source, 'area'), polygon: valueOf(value, 'polygon').polygon }),
};
