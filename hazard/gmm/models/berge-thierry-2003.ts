import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { LN_CMS2_TO_G } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'berge-thierry-2003');

const TABLE = new CoefficientTable(tables.main);

/** Surface-wave magnitude of the magnitude of the rupture, and the standard deviation of the conversion. */
interface Conversion {
  magnitude(mag: number): number;
  /** of a surface-wave magnitude and the magnitude it comes from */
  sigma(ms: number, mag: number): number;
}

/** Mw = exp(a + b Ms) - c, with its standard deviation: B. Lolli, P. Gasperini, G. Vannucci (2014). */
const exponential = (a: number, b: number, c: number, sigma: number): Conversion => ({
  magnitude: (mag) => (Math.log(mag + c) - a) / b,
  sigma: (ms) => sigma / (b * Math.exp(a + b * ms)),
});
const MEDITERRANEAN = exponential(2.133, 0.063, 6.205, 0.1703);
const ITALY = exponential(1.421, 0.108, 1.863, 0.1685);
const GLOBAL_ABOVE = exponential(-0.109, 0.229, -2.586, 0.1462);
const GLOBAL: Conversion = {
  magnitude: (mag) => (mag < 5.75 ? MEDITERRANEAN : GLOBAL_ABOVE).magnitude(mag),
  sigma: (ms, mag) => (mag < 5.75 ? MEDITERRANEAN : GLOBAL_ABOVE).sigma(ms, mag),
};
/** Two straight lines of G. A. Weatherill, M. Pagani, J. Garcia (2016). */
const WEATHERILL: Conversion = {
  magnitude: (mag) => (mag <= 6.064 ? (mag - 2.369) / 0.616 : (mag - 0.1) / 0.994),
  sigma: (_ms, mag) => (mag <= 6.064 ? 0.147 / 0.616 : 0.174 / 0.994),
};
const none = (sigma: number): Conversion => ({ magnitude: (mag) => mag, sigma: () => sigma });

/** log10 y = a M + b R - log10 R + c of the site class, cm/s2; distances below 4 km count as 4 km. */
function declaration(id: string, conversion: Conversion, notes: string): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'C. Berge-Thierry, F. Cotton, O. Scotti, D.-A. Griot-Pommera, Y. Fukushima (2003), New empirical response spectral attenuation laws for moderate European earthquakes, Journal of Earthquake Engineering 7(2), 193-222',
      tectonicRegionType: 'Active Shallow Crust',
      imts: TABLE.imts,
      component: 'Horizontal',
      standardDeviations: ['total'],
      requires: { rupture: ['mag'], distances: ['rhypo'], site: ['vs30'] },
      notes,
    },
    (imt, sites) => {
      const c = TABLE.row(imt, id);
      const siteTerms = sites.numeric.vs30.map((v) => Math.LN10 * (v >= 800 ? c.c1 : c.c2) + LN_CMS2_TO_G);
      let event = 0;
      let total = 0;
      return {
        rupture({ mag }, r) {
          const ms = conversion.magnitude(mag[r]);
          event = Math.LN10 * c.a * ms;
          total = Math.hypot(Math.LN10 * c.sigma, c.a * conversion.sigma(ms, mag[r]));
        },
        mean({ rhypo, site }, i) {
          const distance = Math.max(rhypo[i], 4);
          return event + Math.LN10 * c.b * distance - Math.log(distance) + siteTerms[site[i]];
        },
        deviations(_batch, _r, _i, into) {
          into[0] = total;
          into[1] = 0;
          into[2] = 0;
        },
      };
    },
  );
}

const CONVERTED = 'Moment magnitudes are converted to surface-wave magnitudes';
const SIGMA_NOTE =
  'the deviation of the conversion enters in log10 units of the coefficient of magnitude, as in the reference engine.';

export const models: ModelModule['models'] = [
  declaration('BergeThierryEtAl2003Ms', none(0), 'Magnitudes are surface-wave magnitudes.'),
  declaration(
    'BergeThierryEtAl2003MwL_GBL',
    GLOBAL,
    `${CONVERTED} by the global relation of Lolli et al. (2014); ${SIGMA_NOTE}`,
  ),
  declaration(
    'BergeThierryEtAl2003MwL_ITA',
    ITALY,
    `${CONVERTED} by the relation of Lolli et al. (2014) for Italy; ${SIGMA_NOTE}`,
  ),
  declaration(
    'BergeThierryEtAl2003MwL_MED',
    MEDITERRANEAN,
    `${CONVERTED} by the relation of Lolli et al. (2014) for the Mediterranean; ${SIGMA_NOTE}`,
  ),
  declaration(
    'BergeThierryEtAl2003MwW',
    WEATHERILL,
    `${CONVERTED} by the relation of Weatherill et al. (2016); ${SIGMA_NOTE}`,
  ),
  declaration(
    'BergeThierryEtAl2003SIGMA',
    none(0.2),
    `Magnitudes are taken as they are, with a deviation of 0.2; ${SIGMA_NOTE}`,
  ),
];
