import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'lin-2009');

/** ln y (g) = C1 + f_M + C3 (8.5 - M)^2 + [C4 + C5 (M - 6.3)] ln sqrt(R^2 + exp(2 H)) + C6 normal + C7 reverse + C8 ln(vs30 / 1130). */
function declaration(id: string, table: CoefficientTable): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'P.-S. Lin, C.-T. Lee, C.-T. Cheng, C.-H. Sung (2011), Response spectral attenuation relations for shallow crustal earthquakes in Taiwan, Engineering Geology 121(3-4), 150-164; coefficients of P.-S. Lin (2009), doctoral thesis',
      tectonicRegionType: 'Active Shallow Crust',
      imts: table.imts,
      component: 'Average Horizontal',
      standardDeviations: ['total'],
      requires: { rupture: ['mag', 'rake'], distances: ['rrup'], site: ['vs30'] },
    },
    (imt, sites) => {
      const c = table.row(imt, id);
      const siteTerms = sites.numeric.vs30.map((v) => c.C8 * Math.log(v / 1130));
      const near2 = Math.exp(2 * c.H);
      let event = 0;
      let slope = 0;
      return {
        rupture({ mag, rake }, r) {
          const dm = mag[r] - 6.3;
          const above = 8.5 - mag[r];
          const normal = rake[r] >= -120 && rake[r] <= -60;
          const reverse = rake[r] >= 30 && rake[r] <= 150;
          event =
            c.C1 + c.C3 * above * above + (dm > 0 ? -c.H * c.C5 : c.C2) * dm + (normal ? c.C6 : reverse ? c.C7 : 0);
          slope = 0.5 * (c.C4 + c.C5 * dm);
        },
        mean: ({ rrup, site }, i) => event + slope * Math.log(rrup[i] * rrup[i] + near2) + siteTerms[site[i]],
        deviations: [c.sigma, 0, 0],
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('Lin2009', new CoefficientTable(tables.main)),
  declaration('Lin2009AdjustedSigma', new CoefficientTable(tables.adjusted)),
];
