/**
 * Depths of the 1.0 and 2.5 km/s horizons estimated from vs30 (m/s): what site parameters are filled with where a site model
 * or a job asks for it. Models that measure depths against a reference of their own keep that reference beside their terms.
 */

/** ln z1pt0 = -c/p ln[(vs30^p + v^p) / (1360^p + v^p)]: the form of Chiou & Youngs (2014), eq. 1 and 2. */
function shearVelocityForm(vs30: number, c: number, v: number, p: number): number {
  return Math.exp((-c / p) * Math.log((vs30 ** p + v ** p) / (1360 ** p + v ** p)));
}

/** z1pt0 in m, California and everywhere but Japan: Chiou & Youngs (2014), with 571 m/s for their 570.94. */
export function z1pt0Global(vs30: number): number {
  return shearVelocityForm(vs30, 7.15, 571, 4);
}

/** z1pt0 in m, Japan: Chiou & Youngs (2014), with 412 m/s for their 412.39. */
export function z1pt0Japan(vs30: number): number {
  return shearVelocityForm(vs30, 5.23, 412, 2);
}

/** z2pt5 in km, California and everywhere but Japan: Campbell & Bozorgnia (2014), eq. 33. */
export function z2pt5Global(vs30: number): number {
  return Math.exp(7.089 - 1.144 * Math.log(vs30));
}

/** z2pt5 in km, Japan: Campbell & Bozorgnia (2014), eq. 34. */
export function z2pt5Japan(vs30: number): number {
  return Math.exp(5.359 - 1.102 * Math.log(vs30));
}
