import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'travasarou-2003');

const TABLE = new CoefficientTable(tables.main);
const ID = 'TravasarouEtAl2003';

/** Within-event deviation at low and high intensity by site class. */
function withinEvent(vs30: number): readonly [low: number, high: number] {
  if (vs30 < 360) return [0.96, 0.73];
  return vs30 < 760 ? [1.17, 0.93] : [1.18, 0.94];
}

/** ln IA (m/s) = c1 + c2 (M - 6) + c3 ln(M / 6) + c4 ln sqrt(R^2 + h^2) + site class (with magnitude) + style of faulting. */
const TravasarouEtAl2003 = formDeclaration(
  {
    id: ID,
    citation:
      'T. Travasarou, J. D. Bray, N. A. Abrahamson (2003), Empirical attenuation relationship for Arias Intensity, Earthquake Engineering and Structural Dynamics 32, 1133-1155',
    tectonicRegionType: 'Active Shallow Crust',
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag', 'rake'], distances: ['rrup'], site: ['vs30'] },
  },
  (imt, sites) => {
    const c = TABLE.row(imt, ID);
    const { vs30 } = sites.numeric;
    const siteTerms = vs30.map((v) => (v < 360 ? c.s21 : v < 760 ? c.s11 : 0));
    const siteSlopes = vs30.map((v) => (v < 360 ? c.s22 : v < 760 ? c.s12 : 0));
    const low = vs30.map((v) => withinEvent(v)[0]);
    const high = vs30.map((v) => withinEvent(v)[1]);
    let event = 0;
    let dm = 0;
    let tau = 0;
    const mean = ({ rrup, site }: ContextBatch, i: number): number =>
      event + 0.5 * c.c4 * Math.log(rrup[i] * rrup[i] + c.h * c.h) + siteTerms[site[i]] + siteSlopes[site[i]] * dm;
    return {
      rupture({ mag, rake }, r) {
        dm = mag[r] - 6;
        const normal = rake[r] >= -112.5 && rake[r] <= -67.5;
        const reverse = rake[r] >= 22.5 && rake[r] <= 157.5;
        event = c.c1 + c.c2 * dm + c.c3 * Math.log(mag[r] / 6) + (normal ? c.f1 : reverse ? c.f2 : 0);
        tau = mag[r] > 7.6 ? 0.475 : 0.611 - 0.047 * Math.max(mag[r] - 4.7, 0);
      },
      mean,
      deviations(batch, _r, i, into) {
        const s = batch.site[i];
        const intensity = Math.exp(mean(batch, i));
        let phi = low[s];
        if (intensity >= 0.125) phi = high[s];
        else if (intensity > 0.013) phi -= 0.106 * Math.log(intensity / 0.0132);
        into[0] = Math.hypot(tau, phi);
        into[1] = tau;
        into[2] = phi;
      },
    };
  },
);

export const models: ModelModule['models'] = [TravasarouEtAl2003];
