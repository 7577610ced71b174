import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'lin-2011');

/** m/s: sites of at least this velocity are rock */
const ROCK_VELOCITY = 360;

/** ln y (g) = C1 + C2 M + C3 ln(R + C4 exp(C5 M)), with coefficients for rock and for soil. */
function declaration(id: string, wall: 'foot' | 'hanging'): ModelDeclaration {
  const rock = new CoefficientTable(tables[`${wall}Rock`]);
  const soil = new CoefficientTable(tables[`${wall}Soil`]);
  return formDeclaration(
    {
      id,
      citation:
        'P.-S. Lin, C.-T. Lee, C.-T. Cheng, C.-H. Sung (2011), Response spectral attenuation relations for shallow crustal earthquakes in Taiwan, Engineering Geology 121(3-4), 150-164',
      tectonicRegionType: 'Active Shallow Crust',
      imts: rock.imts,
      component: 'Average Horizontal',
      standardDeviations: ['total'],
      requires: { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] },
      notes: `For sites on the ${wall === 'foot' ? 'foot' : 'hanging'} wall.`,
    },
    (imt, sites) => {
      const rows = [soil.row(imt, id), rock.row(imt, id)];
      const classes = Uint8Array.from(sites.numeric.vs30, (v) => (v >= ROCK_VELOCITY ? 1 : 0));
      const event = new Float64Array(2);
      const near = new Float64Array(2);
      return {
        rupture({ mag }, r) {
          rows.forEach((c, k) => {
            event[k] = c.C1 + c.C2 * mag[r];
            near[k] = c.C4 * Math.exp(c.C5 * mag[r]);
          });
        },
        mean({ rrup, site }, i) {
          const k = classes[site[i]];
          return event[k] + rows[k].C3 * Math.log(rrup[i] + near[k]);
        },
        deviations({ site }, _r, i, into) {
          into[0] = rows[classes[site[i]]].sigma;
          into[1] = 0;
          into[2] = 0;
        },
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('Lin2011foot', 'foot'),
  declaration('Lin2011hanging', 'hanging'),
];
