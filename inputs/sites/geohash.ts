const ALPHABET = '0123456789bcdefghjkmnpqrstuvwxyz';
const BITS = 5;

/** Geohash of a place in degrees: interleaved halvings of longitude and latitude, five to a character. */
export function geohash(lon: number, lat: number, length: number): string {
  const ranges = [
    [-180, 180],
    [-90, 90],
  ];
  const values = [lon, lat];
  let text = '';
  let code = 0;
  for (let bit = 0; bit < length * BITS; bit++) {
    const range = ranges[bit % 2];
    const middle = (range[0] + range[1]) / 2;
    const upper = values[bit % 2] >= middle;
    range[upper ? 0 : 1] = middle;
    code = code * 2 + Number(upper);
    if (bit % BITS !== BITS - 1) continue;
    text += ALPHABET[code];
    code = 0;
  }
  return text;
}
