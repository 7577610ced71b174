/**
 * Numbers kept per rupture that is a block of a mesh, by position in a row of `STRIDE`: strike, dip (degrees), width, least and
 * greatest depth (km), hypocentre (lon, lat, depth), middle (lon, lat), unit vector of the centre of its projection, poles of
 * the great circles across its ends, and whether all this is known.
 */
export const BLOCK_NUMBERS = {
  STRIKE: 0,
  DIP: 1,
  WIDTH: 2,
  ZTOR: 3,
  ZBOT: 4,
  HYPOCENTRE: 5,
  MIDDLE: 8,
  CENTRE: 10,
  POLES: 13,
  MEASURED: 19,
  STRIDE: 20,
} as const;
