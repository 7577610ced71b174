/** mag; rake, dip, strike degrees; ztor, width, hypoDepth km; hypoLon, hypoLat degrees; zbot km: bottom of the seismogenic layer; inCshm 0/1 (Canterbury region of NZ). */
export const RUPTURE_PARAMETERS = [
  'mag',
  'rake',
  'dip',
  'strike',
  'ztor',
  'width',
  'hypoDepth',
  'hypoLon',
  'hypoLat',
  'zbot',
  'inCshm',
] as const;
/** A parameter of ruptures that models may need. */
export type RuptureParameter = (typeof RUPTURE_PARAMETERS)[number];

/** Parameters of a rupture in their units; whether it lies in Canterbury its source finds out where that is wanted. */
export type WrittenParameters = Readonly<Record<Exclude<RuptureParameter, 'inCshm'>, number>>;
