import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { ModelModule } from '../model.js';
import { GRAVITY } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'convertito-2012');

const TABLE = new CoefficientTable(tables.main);
const ID = 'ConvertitoEtAl2012Geysers';

/** log10 y = a + b M + c log10 sqrt(R^2 + h^2) + d R + e s, m/s2; s is 1 below 760 m/s. */
const ConvertitoEtAl2012Geysers = formDeclaration(
  {
    id: ID,
    citation:
      'V. Convertito, N. Maercklin, N. Sharma, A. Zollo (2012), From induced seismicity to direct time-dependent seismic hazard, Bulletin of the Seismological Society of America 102(6), 2563-2573',
    tectonicRegionType: 'Geothermal',
    imts: TABLE.imts,
    component: 'Greater of two horizontal',
    standardDeviations: ['total'],
    requires: { rupture: ['mag'], distances: ['rhypo'], site: ['vs30'] },
  },
  (imt, sites) => {
    const c = TABLE.row(imt, ID);
    const unit = -Math.log(GRAVITY);
    const siteTerms = sites.numeric.vs30.map((v) => (v < 760 ? Math.LN10 * c.e : 0) + unit);
    let event = 0;
    return {
      rupture({ mag }, r) {
        event = Math.LN10 * (c.a + c.b * mag[r]);
      },
      mean({ rhypo, site }, i) {
        const distance = rhypo[i];
        return (
          event +
          0.5 * c.c * Math.log(distance * distance + c.h * c.h) +
          Math.LN10 * c.d * distance +
          siteTerms[site[i]]
        );
      },
      deviations: log10Deviations(0, 0, c.sigma),
    };
  },
);

export const models: ModelModule['models'] = [ConvertitoEtAl2012Geysers];
