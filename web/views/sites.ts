import type { View } from './view.js';

/** Where all sites lie. */
export const sites: View = {
  summary: 'Coordinates of all sites for a map.',
  answer: 'float32 numbers, little endian: all longitudes, then all latitudes (degrees)',
  read(calculation) {
    const { columns, size } = calculation.sites();
    const numbers = new Float32Array(2 * size);
    numbers.set(columns.lon as Float64Array);
    numbers.set(columns.lat as Float64Array, size);
    return { numbers };
  },
};
