/** Mean radius of the spherical Earth, km. The reference engine uses the same value, and all distances depend on it. */
export const EARTH_RADIUS = 6371.0;
/** Radians in one degree. */
export const DEGREES_TO_RADIANS = Math.PI / 180;
/** Degrees in one radian. */
export const RADIANS_TO_DEGREES = 180 / Math.PI;
/** Degrees of latitude in one kilometre, as used by the filters (docs/hazard.md, Filtering); not 180 / (pi R) on purpose. */
export const DEGREES_PER_KM = 0.0089932;
