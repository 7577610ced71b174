import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { LN_CMS2_TO_G } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'edwards-fah-2013');

const STRESS_DROPS = [10, 20, 30, 50, 60, 75, 90, 120] as const;
type Path = 'Alpine' | 'Foreland';

/** km: shortest distance at a magnitude. */
function shortestDistance(path: Path, mag: number): number {
  if (mag > 5) return 0.55;
  if (path === 'Foreland') return mag > 4.7 ? -2.067 * mag + 11.92 : -0.291 * mag + 3.48;
  return mag > 4.7 ? -2.8 * mag + 14.55 : -0.295 * mag + 2.65;
}

/** a + b M + c M^2 + d M^3 of columns from a number on. */
function cubic(c: Coefficients, from: number, m: number): number {
  return c[`a${from}`] + m * (c[`a${from + 1}`] + m * (c[`a${from + 2}`] + m * c[`a${from + 3}`]));
}

/** log10 y: a polynomial of degree 6 in magnitude, and of degree 4 in log10 of the distance with cubic coefficients; cm/s2 or cm/s. */
function declaration(path: Path, stressDrop: number): ModelDeclaration {
  const id = `EdwardsFah2013${path}${stressDrop}Bars`;
  const table = new CoefficientTable(tables[`${path}${stressDrop}`]);
  return formDeclaration(
    {
      id,
      citation:
        'B. Edwards, D. Fäh (2013), A stochastic ground-motion model for Switzerland, Bulletin of the Seismological Society of America 103(1), 78-98; deviations as in B. Edwards, C. Cauzzi, L. Danciu, D. Fäh (2016), Bulletin of the Seismological Society of America 106(4), 1840-1857, doi:10.1785/0120150367',
      tectonicRegionType: 'Active Shallow Crust',
      imts: table.imts,
      component: 'Average Horizontal',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: { rupture: ['mag'], distances: ['rrup'], site: [] },
      referenceVelocity: 1105,
      notes: `Stress drop ${stressDrop} bar, path of the ${path === 'Alpine' ? 'Alps' : 'foreland'}.`,
    },
    (imt) => {
      const c = table.row(imt, id);
      const unit = imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G;
      const terms = new Float64Array(5);
      let shortest = 0;
      let share = 0;
      return {
        rupture({ mag }, r) {
          const m = mag[r];
          terms[0] = c.a1 + m * (c.a2 + m * (c.a3 + m * (c.a4 + m * (c.a5 + m * (c.a6 + m * c.a7)))));
          for (let k = 1; k < 5; k++) terms[k] = cubic(c, 4 + 4 * k, m);
          shortest = shortestDistance(path, m);
          share = Math.min(Math.max((m - c.Mc1) / (c.Mc2 - c.Mc1), 0), 1);
        },
        mean({ rrup }, i) {
          const d = Math.log10(Math.max(rrup[i], shortest));
          return Math.LN10 * (terms[0] + d * (terms[1] + d * (terms[2] + d * (terms[3] + d * terms[4])))) + unit;
        },
        deviations({ rrup }, _r, i, into) {
          const position = Math.min(Math.max((rrup[i] - c.Rc11) / (c.Rc21 - c.Rc11), 0), 1);
          const near = c.phi_11 + (c.phi_21 - c.phi_11) * position;
          const phi = (near + (c.C2 - near) * share + c.mean_phi_ss) / 2;
          into[0] = Math.hypot(c.tau, phi);
          into[1] = c.tau;
          into[2] = phi;
        },
      };
    },
  );
}

export const models: ModelModule['models'] = (['Alpine', 'Foreland'] as const).flatMap((path) =>
  STRESS_DROPS.map((stressDrop) => declaration(path, stressDrop)),
);
