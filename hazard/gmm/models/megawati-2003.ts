import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelModule } from '../model.js';
import { GRAVITY } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'megawati-2003');

const TABLE = new CoefficientTable(tables.main);
const ID = 'MegawatiEtAl2003';

/** ln y = a0 + a1 M + a2 M^2 + a3 ln R + a4 R + ln max(|cos 2 az|, a5 |sin 2 az|), cm/s2 or cm/s; az is the azimuth of the site. */
const MegawatiEtAl2003 = formDeclaration(
  {
    id: ID,
    citation:
      'K. Megawati, T.-C. Pan, K. Koketsu (2003), Response spectral attenuation relationships for Singapore and the Malay Peninsula due to distant Sumatran-fault earthquakes, Earthquake Engineering and Structural Dynamics 32, 2241-2265',
    tectonicRegionType: 'Active Shallow Crust',
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires: { rupture: ['mag'], distances: ['rhypo', 'azimuth'], site: [] },
  },
  (imt) => {
    const c = TABLE.row(imt, ID);
    const unit = imt.kind === 'PGV' ? 0 : -Math.log(100 * GRAVITY);
    let event = 0;
    return {
      rupture({ mag }, r) {
        event = c.a0 + mag[r] * (c.a1 + mag[r] * c.a2) + unit;
      },
      mean({ rhypo, azimuth }, i) {
        const angle = (azimuth[i] * Math.PI) / 90;
        const radiation = Math.max(Math.abs(Math.cos(angle)), c.a5 * Math.abs(Math.sin(angle)));
        return event + c.a3 * Math.log(rhypo[i]) + c.a4 * rhypo[i] + Math.log(radiation);
      },
      deviations: [c.sigma, 0, 0],
    };
  },
);

export const models: ModelModule['models'] = [MegawatiEtAl2003];
