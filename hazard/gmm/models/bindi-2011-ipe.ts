import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'bindi-2011-ipe');

/** `fixedDepth` (km) stands for the depth of the hypocentre where it is given. */
function declaration(id: string, table: CoefficientTable, fixedDepth?: number): ModelDeclaration {
  const requires = { rupture: ['mag', 'hypoDepth'], distances: ['repi'], site: [] } as const;
  return {
    id,
    citation:
      'D. Bindi, S. Parolai, A. Oth, K. Abdrakhmatov, A. Muraliev, J. Zschau (2011), Intensity prediction equations for Central Asia, Geophysical Journal International 187, 327-337, doi:10.1111/j.1365-246X.2011.05142.x',
    tectonicRegionType: 'Active Shallow Crust',
    imts: table.imts,
    component: 'Horizontal',
    standardDeviations: ['total'],
    requires,
    arguments: [],
    create: () =>
      perMeasureModel(id, requires, (imt) => {
        const c = table.row(imt, id);
        return (batch, out, m) => {
          const { start, mag, hypoDepth, repi } = batch;
          const mean = out.mean[m];
          for (let r = 0; r < batch.ruptures; r++) {
            const depth = fixedDepth ?? hypoDepth[r];
            const event = c.a1 * mag[r] + c.a2;
            for (let i = start[r]; i < start[r + 1]; i++) {
              const d = Math.sqrt(repi[i] * repi[i] + depth * depth);
              mean[i] = event - c.a3 * Math.log10(d / depth) - c.a4 * (d - depth);
            }
          }
          fillSigma(out, m, batch.size, c.sigma);
        };
      }),
  };
}

export const models: ModelModule['models'] = [
  declaration('BindiEtAl2011Repi', new CoefficientTable(tables.hypocentral)),
  declaration('BindiEtAl2011RepiFixedH', new CoefficientTable(tables.fixedDepth), 15),
];
