import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'example-a-2021');

const TABLE = new CoefficientTable(tables.main);
const ID = 'ExampleA2021';

/** Straight from (x0, y0) to (x1, y1), constant outside. */
const between = (x: number, x0: number, y0: number, x1: number, y1: number): number =>
  y0 + (y1 - y0) * Math.min(Math.max((x - x0) / (x1 - x0), 0), 1);

/** ln y (g) = c1 + c2 (M - 6) + c3 (M - 6)^2 - c4 ln R - (c5 - c4) max(ln(R / 100), 0) - c6 R, R = sqrt(Rjb^2 + c7^2 exp(2 (0.227 M - 1.25))). */
const ExampleA2021 = formDeclaration(
  {
    id: ID,
    citation:
      'Example of the OpenQuake engine, in the form of G. R. Toro (2002), Modification of the Toro et al. (1997) attenuation equations for large magnitudes and short distances',
    tectonicRegionType: 'Stable Shallow Crust',
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires: { rupture: ['mag'], distances: ['rjb'], site: [] },
    notes: 'At exactly 3 s and 4 s ln Y is divided by 0.612 and 0.559, as in the reference engine.',
  },
  (imt) => {
    const c = TABLE.row(imt, ID);
    const scale = imt.period === 3 ? 1 / 0.612 : imt.period === 4 ? 1 / 0.559 : 1;
    const [level, growth] = imt.kind === 'SA' && imt.period >= 1 ? [0.34, 0.06] : [0.36, 0.07];
    let event = 0;
    let near2 = 0;
    return {
      rupture({ mag }, r) {
        const dm = mag[r] - 6;
        const near = c.c7 * Math.exp(-1.25 + 0.227 * mag[r]);
        event = c.c1 + dm * (c.c2 + dm * c.c3);
        near2 = near * near;
      },
      mean({ rjb }, i) {
        const distance = Math.sqrt(rjb[i] * rjb[i] + near2);
        const far = (c.c5 - c.c4) * Math.max(Math.log(distance / 100), 0);
        return (event - c.c4 * Math.log(distance) - far - c.c6 * distance) * scale;
      },
      deviations({ mag, rjb }, r, i, into) {
        const m = mag[r];
        const ofMag = m < 5.5 ? between(m, 5, c.m50, 5.5, c.m55) : between(m, 5.5, c.m55, 8, c.m80);
        const ofDistance = between(rjb[i], 5, c.r5, 20, c.r20);
        const epistemic = level + growth * (m - 6);
        into[0] = Math.sqrt(ofMag * ofMag + ofDistance * ofDistance + epistemic * epistemic);
        into[1] = 0;
        into[2] = 0;
      },
    };
  },
);

export const models: ModelModule['models'] = [ExampleA2021];
