/**
 * A relation between the magnitude and the area of a rupture. Areas in km2; rake in degrees, NaN when it is not defined.
 * Standard deviations are of log10 of the area, and of the magnitude.
 */
export interface ScalingRelation {
  readonly name: string;
  medianArea(magnitude: number, rake: number): number;
  /** absent where the authors give none */
  standardDeviationArea?(magnitude: number, rake: number): number;
  /** the relation of magnitude on area, which is not the inverse of the other one in general */
  medianMagnitude?(area: number, rake: number): number;
  standardDeviationMagnitude?(area: number, rake: number): number;
}

/** Style of faulting as scaling relations tell it apart; `undefined` for a rake that is not known. */
export type FaultingStyle = 'undefined' | 'strikeSlip' | 'reverse' | 'normal';

/** Style of faulting by rake: strike-slip within 45 degrees of horizontal slip, else reverse (rake > 0) or normal. */
export function faultingStyle(rake: number): FaultingStyle {
  if (Number.isNaN(rake)) return 'undefined';
  if (Math.abs(rake) <= 45 || Math.abs(rake) >= 135) return 'strikeSlip';
  return rake > 0 ? 'reverse' : 'normal';
}

/** log10 A = constant + slope m, with its standard deviation. */
export interface LogLinear {
  readonly constant: number;
  readonly slope: number;
  readonly sigma?: number;
}

/** A relation that does not depend on the rake: log10 of the area linear in magnitude, magnitude linear in log10 of the area. */
export function logLinearRelation(name: string, area: LogLinear, magnitude?: LogLinear): ScalingRelation {
  const { sigma } = area;
  return {
    name,
    medianArea: (m) => 10 ** (area.constant + area.slope * m),
    ...(sigma !== undefined && { standardDeviationArea: () => sigma }),
    ...(magnitude && {
      medianMagnitude: (a: number) => magnitude.constant + magnitude.slope * Math.log10(a),
      standardDeviationMagnitude: () => magnitude.sigma ?? 0,
    }),
  };
}
