import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'wong-2022');
const requires = { rupture: ['mag'], distances: ['rjb'], site: ['vs30'] } as const;

/** Velocity classes; 185, 365 and 760 m/s are classes of their own. */
const CLASSES = [150, 185, 260, 365, 530, 760, 1080, 1500];

/** Index of the class; vs30 m/s. */
function velocityClass(vs30: number): number {
  if (vs30 < 185) return 0;
  if (vs30 === 185) return 1;
  if (vs30 < 365) return 2;
  if (vs30 === 365) return 3;
  if (vs30 < 760) return 4;
  if (vs30 === 760) return 5;
  return vs30 < 1500 ? 6 : 7;
}

/** ln Y = C1 + C2 M + C10 (M - 6)^2 + (C6 + C7 M) ln(Rjb + exp(C4)), each velocity class with its own coefficients. */
function declare(id: string, depth: 'shallow' | 'deep'): ModelDeclaration {
  const byClass = CLASSES.map((v) => new CoefficientTable(tables[`${depth}${v}`]));
  const model = perMeasureModel(id, requires, (imt, sites) => {
    const rows = byClass.map((table) => table.row(imt, id));
    const saturation = rows.map((c) => Math.exp(c.C4));
    const classes = Uint8Array.from(sites.numeric.vs30, velocityClass);
    return (batch, out, m) => {
      const { start, site, mag, rjb } = batch;
      const mean = out.mean[m];
      for (let r = 0; r < batch.ruptures; r++) {
        const magnitude = mag[r];
        for (let i = start[r]; i < start[r + 1]; i++) {
          const k = classes[site[i]];
          const c = rows[k];
          mean[i] =
            c.C1 +
            c.C2 * magnitude +
            c.C10 * (magnitude - 6) * (magnitude - 6) +
            (c.C6 + c.C7 * magnitude) * Math.log(rjb[i] + saturation[k]);
          out.total[m][i] = c.SigmaTot;
        }
      }
      out.inter[m].fill(0, 0, batch.size);
      out.intra[m].fill(0, 0, batch.size);
    };
  });
  return {
    id,
    citation:
      'I. Wong, R. Darragh, S. Smith, Q. Wu, W. Silva, T. Kishida (2022), Earthquake Spectra 38(1), 579-614, doi:10.1177/87552930211044521 (Hawaii)',
    tectonicRegionType: 'Volcanic',
    imts: byClass[0].imts,
    component: 'Horizontal',
    standardDeviations: ['total'],
    requires,
    arguments: [],
    notes:
      'The class of 428 m/s of the paper is not used, as in the reference engine. No standard deviation is known for PGV: it is 0.',
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declare('WongEtAl2022Deep', 'deep'),
  declare('WongEtAl2022Shallow', 'shallow'),
];
