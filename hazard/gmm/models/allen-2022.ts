import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'allen-2022');

const TABLE = new CoefficientTable(tables.main);
const ID = 'Allen2022';
/** log10 of 600 km, where the slope of the attenuation changes */
const LOG_HINGE = Math.log10(600);
const LOG_150 = Math.log10(150);

/**
 * ln y = spreading in two slopes of log10 R + parabola of magnitude around 6 + cubic of log10 of the depth (10 to 500 km)
 * + near-source correction within 600 km + site term, g or cm/s.
 */
const Allen2022 = formDeclaration(
  {
    id: ID,
    citation:
      'T. I. Allen (2022), A far-field ground-motion model for the North Australian Craton from plate-margin earthquakes, Bulletin of the Seismological Society of America 112(2), 1041-1059, doi:10.1785/0120210191',
    tectonicRegionType: 'Subduction IntraSlab',
    imts: TABLE.imts,
    component: 'Median horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag', 'hypoDepth'], distances: ['rhypo'], site: ['vs30'] },
  },
  (imt, sites) => {
    const c = TABLE.row(imt, ID);
    const siteTerms = sites.numeric.vs30.map((v) => c.s0 + c.s1 / (Math.log10(v) - LOG_150));
    let event = 0;
    return {
      rupture({ mag, hypoDepth }, r) {
        const dm = mag[r] - 6;
        const z = Math.log10(Math.min(Math.max(hypoDepth[r], 10), 500));
        event = c.c0 + dm * (c.c2 + dm * c.c1) + c.d0 + z * (c.d3 + z * (c.d2 + z * c.d1));
      },
      mean({ rhypo, site }, i) {
        const beyond = Math.log10(rhypo[i]) - LOG_HINGE;
        const path = c.c3 * LOG_HINGE + (beyond <= 0 ? (c.c3 + c.n0) * beyond : c.c4 * beyond);
        return event + path + siteTerms[site[i]];
      },
      deviations: [c.sigma, c.tau, c.phi],
    };
  },
);

export const models: ModelModule['models'] = [Allen2022];
