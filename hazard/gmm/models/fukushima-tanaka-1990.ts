import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { LN_CMS2_TO_G } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'fukushima-tanaka-1990');

const TABLE = new CoefficientTable(tables.main);

/** ln of the ratio to average sites: 40 % above on soil, 40 % below on rock. */
function siteTerm(vs30: number): number {
  if (vs30 <= 360) return Math.log(1.4);
  return vs30 > 760 ? Math.log(0.6) : 0;
}

/** log10 y = c1 M - log10(R + c2 10^(c3 M)) - c4 R + c5, cm/s2. */
function declaration(id: string, withSite: boolean): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'Y. Fukushima, T. Tanaka (1990), A new attenuation relation for peak horizontal acceleration of strong earthquake ground motion in Japan, Bulletin of the Seismological Society of America 80(4), 757-783',
      tectonicRegionType: 'Active Shallow Crust',
      imts: TABLE.imts,
      component: 'Average Horizontal',
      standardDeviations: ['total'],
      requires: { rupture: ['mag'], distances: ['rrup'], site: withSite ? ['vs30'] : [] },
    },
    (imt, sites) => {
      const c = TABLE.row(imt, id);
      const siteTerms = withSite ? sites.numeric.vs30.map(siteTerm) : new Float64Array(sites.size);
      let event = 0;
      let near = 0;
      return {
        rupture({ mag }, r) {
          event = Math.LN10 * (c.c1 * mag[r] + c.c5) + LN_CMS2_TO_G;
          near = c.c2 * 10 ** (c.c3 * mag[r]);
        },
        mean: ({ rrup, site }, i) => event - Math.log(rrup[i] + near) - Math.LN10 * c.c4 * rrup[i] + siteTerms[site[i]],
        deviations: log10Deviations(0, 0, c.sigma),
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('FukushimaTanaka1990', false),
  declaration('FukushimaTanakaSite1990', true),
];
