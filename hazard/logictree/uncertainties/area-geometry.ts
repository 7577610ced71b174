import { changeOf, type Uncertainty, valueOf } from './uncertainty.js';

/** Another polygon of an area source; its depths stay, as in OpenQuake engine 3.21 and later. */
export const areaSourceGeometryAbsolute: Uncertainty = {
  type: 'areaSourceGeometryAbsolute',
  valueKind: 'polygon',
  requires: 'oneOfMany',
  apply: (source, value) => changeOf(source, 'polygon').with(source, valueOf(value, 'polygon').polygon),
};
