/**
 * Site parameters by name, each column [size]. Names are those of the site-model file: numeric vs30 (m/s), vs30measured
 * (0/1), z1pt0 (m), z2pt5 (km), backarc (0/1), xvf (km), lon, lat, slope, h800, f0 ...; text geology, region, siteclass,
 * soiltype, ec8, ec8_p18, ampcode ...
 */
export interface SiteParameters {
  readonly size: number;
  readonly numeric: Readonly<Record<string, Float64Array>>;
  readonly text: Readonly<Record<string, readonly string[]>>;
}
