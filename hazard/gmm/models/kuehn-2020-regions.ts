/** Names of the regional columns of Kuehn et al. (2020), and the magnitude breaks of each region (tables 4.1, 4.2). */
export interface KuehnRegion {
  readonly interface: { readonly c1: string; readonly magnitudeBreak: number };
  readonly slab: { readonly c1: string; readonly magnitudeBreak: number };
  readonly c6: string;
  readonly c7: string;
  readonly basin?: KuehnBasin;
}

interface KuehnBasin {
  /** site parameter: z2pt5 km or z1pt0 m */
  readonly depth: 'z2pt5' | 'z1pt0';
  readonly c11: string;
  readonly c12: string;
  /** ln of the reference depth (m) goes from the first to the second value; centre and width of the step in ln vs30 */
  readonly reference: readonly [number, number, number, number];
  /** column of a basin term that no depth changes */
  readonly constant?: string;
}

function region(suffix: string, interfaceBreak: number, slabBreak: number, basin?: KuehnBasin): KuehnRegion {
  return {
    interface: { c1: `c_1_if_reg_${suffix}`, magnitudeBreak: interfaceBreak },
    slab: { c1: `c_1_slab_reg_${suffix}`, magnitudeBreak: slabBreak },
    c6: `c_6_2_reg_${suffix}`,
    c7: `c_7_reg_${suffix}`,
    basin,
  };
}

function basin(suffix: string, depth: 'z2pt5' | 'z1pt0', reference: KuehnBasin['reference']): KuehnBasin {
  return { depth, c11: `c_11_${suffix}`, c12: `c_12_${suffix}`, reference };
}

/** ln of 10 m: the reference depth on rock */
const SHALLOW = Math.LN10;
const CASCADIA = basin('Ca', 'z2pt5', [8.294049640102028, SHALLOW, 6.396929655216146, 0.27081458999999997]);

/** Regions of the model: the columns of their coefficients, and where magnitude scaling breaks. */
export const KUEHN_REGIONS: Readonly<Record<string, KuehnRegion>> = {
  GLO: {
    interface: { c1: 'mu_c_1_if', magnitudeBreak: 7.9 },
    slab: { c1: 'mu_c_1_slab', magnitudeBreak: 7.6 },
    c6: 'mu_c_6',
    c7: 'mu_c_7',
  },
  'USA-AK': region('Al', 8.6, 7.2),
  CAS: region('Ca', 8, 7.2, CASCADIA),
  CAM: region('CAM', 7.5, 7.4),
  JPN: region(
    'Ja',
    8.5,
    7.6,
    basin('Ja', 'z2pt5', [7.689368537500001, SHALLOW, 6.309186400000001, 0.7528670225000001]),
  ),
  NZL: region('NZ', 8.3, 7.6, basin('NZ', 'z1pt0', [6.859789675000001, SHALLOW, 5.745692775, 0.91563524375])),
  SAM: region('SA', 8.6, 7.3),
  TWN: region('Tw', 7.1, 7.7, basin('Tw', 'z1pt0', [6.30560665, SHALLOW, 6.1104992125, 0.43671101999999995])),
  SEA: region('Ca', 8, 7.2, { ...CASCADIA, constant: 'theta_11_Sea' }),
};
