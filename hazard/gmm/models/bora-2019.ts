import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, componentDeviations } from '../context-form.js';
import type { ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'bora-2019');

const SPECTRUM = new CoefficientTable(tables.spectrum);
const DURATION = new CoefficientTable(tables.duration);
/** km: hinge of the spreading */
const HINGE = 50;
const CITATION =
  'S. S. Bora, F. Cotton, F. Scherbaum (2019), NGA-West2 empirical Fourier and duration models to generate adjustable response spectra, Earthquake Spectra 35(1), 61-93';

/** Finite-fault factor, km: 2 for small magnitudes, c4 for large ones. */
function finiteFault(c4: number, mag: number): number {
  if (mag <= 4) return 2;
  return mag <= 5 ? c4 - (c4 - 1) * (5 - mag) : c4;
}

/** ln of the Fourier amplitude: source in two slopes of magnitude, spreading in two slopes of distance, anelastic and site term. */
const BoraEtAl2019 = formDeclaration(
  {
    id: 'BoraEtAl2019',
    citation: CITATION,
    tectonicRegionType: 'Active Shallow Crust',
    imts: SPECTRUM.imts,
    component: 'Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] },
  },
  (imt, sites) => {
    const c = SPECTRUM.row(imt, 'BoraEtAl2019');
    const siteTerms = sites.numeric.vs30.map((v) => c.c6 * Math.log(Math.min(v, 1100) / 800));
    let event = 0;
    let fault2 = 0;
    let lnHinge = 0;
    let slope = 0;
    return {
      rupture({ mag }, r) {
        const m = mag[r];
        const fault = finiteFault(c.c4, m);
        event = c.c0 + (m > 5 ? c.c3 : c.c1) * (m - 5) + c.c2 * (8.5 - m) * (8.5 - m);
        fault2 = fault * fault;
        lnHinge = 0.5 * Math.log(HINGE * HINGE + fault2);
        slope = c.c7 * (m - 4.5);
      },
      mean({ rrup, site }, i) {
        const distance = Math.sqrt(rrup[i] * rrup[i] + fault2);
        const ln = Math.log(distance);
        const spreading =
          rrup[i] <= HINGE ? (c.b1 + slope) * ln : (c.b1 + slope) * lnHinge + (c.b2 + slope) * (ln - lnHinge);
        return event + spreading + c.c5 * (distance - 1) + siteTerms[site[i]];
      },
      deviations: componentDeviations(c.tau, Math.hypot(c.phiss, c.phis2s)),
    };
  },
);

/** ln of the duration for random vibration theory: source in two slopes, path and site term. */
const BoraEtAl2019Drvt = formDeclaration(
  {
    id: 'BoraEtAl2019Drvt',
    citation: CITATION,
    tectonicRegionType: 'Active Shallow Crust',
    imts: DURATION.imts,
    component: 'Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] },
  },
  (imt, sites) => {
    const c = DURATION.row(imt, 'BoraEtAl2019Drvt');
    const siteTerms = sites.numeric.vs30.map((v) => c.d5 * Math.log(Math.min(v, 450)));
    let event = 0;
    let slope = 0;
    return {
      rupture({ mag }, r) {
        const m = mag[r];
        event = c.d0 + c.d1 * Math.min(m, 5.3) + c.d2 * Math.max(m - 5.3, 0);
        slope = c.d3 + c.d4 * (m - 6);
      },
      mean: ({ rrup, site }, i) => event + slope * Math.log(rrup[i]) + siteTerms[site[i]],
      deviations: componentDeviations(c.tau, Math.hypot(c.phi, c.phis2s)),
    };
  },
);

export const models: ModelModule['models'] = [BoraEtAl2019, BoraEtAl2019Drvt];
