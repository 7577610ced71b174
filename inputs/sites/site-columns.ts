/**
 * Columns that a site model may have, in CSV or as attributes in XML: the site parameters of the OpenQuake engine (hazardlib.site)
 * and other spellings in use. Those that no ground-motion model of the job asks for are kept with the sites and shown with them.
 */
export const SITE_COLUMNS: readonly string[] = [
  // the site itself
  'lon', 'lat', 'depth', 'custom_site_id', 'site_id', 'country', 'geohash',
  // of ground-motion models
  'vs30', 'vs30measured', 'z1pt0', 'z2pt5', 'z1pt4', 'z_sed', 'kappa0', 'backarc', 'xvf', 'siteclass', 'soiltype', 'bas',
  'region', 'geology', 'slope', 'ec8', 'ec8_p18', 'h800', 'f0', 'inCshm', 'ilabel', 'amplfactor', 'THV', 'PHV', 'ch_ampl03',
  'ch_ampl06', 'ch_phis2s03', 'ch_phis2s06', 'ch_phiss03', 'ch_phiss06',
  // of amplification
  'ampcode',
  // of secondary perils
  'friction_mid', 'cohesion_mid', 'saturation', 'dry_density', 'Fs', 'crit_accel', 'unit', 'liq_susc_cat', 'dw',
  'yield_acceleration', 'relief', 'gwd', 'cti', 'dc', 'dr', 'dwb', 'zwb', 'tri', 'hwater', 'precip', 'lithology', 'landcover',
  'hratio', 'tslope', 'slab_thickness', 'freeface_ratio', 'T_15', 'D50_15', 'F_15', 'T_eq',
]; // prettier-ignore
