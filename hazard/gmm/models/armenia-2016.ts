import { commonMeasures, withMeasures } from '../common-measures.js';
import { models as akkar } from './akkar-2014.js';
import { models as bindi } from './bindi-2014.js';
import { models as boore } from './boore-2014.js';
import { models as cauzzi } from './cauzzi-2014.js';
import { models as chiouYoungs } from './chiou-youngs-2014.js';
import { models as kale } from './kale-2015.js';
import { models as kotha } from './kotha-2016.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { modifiedModel, type Modification } from '../wrappers/wrapped-model.js';

const { tables } = readTables(import.meta.url, 'armenia-2016');

/** Models that are adjusted: by name, the file that declares it. */
const BASES: readonly (readonly [name: string, declarations: ModelModule['models']])[] = [
  ['AkkarEtAlRjb2014', akkar],
  ['BindiEtAl2014Rjb', bindi],
  ['BooreEtAl2014LowQ', boore],
  ['CauzziEtAl2014', cauzzi],
  ['ChiouYoungs2014', chiouYoungs],
  ['KaleEtAl2015Turkey', kale],
  ['KothaEtAl2016Turkey', kotha],
];

/** The name of the adjusted model: that of the base without its country. */
const adjustedName = (name: string): string => `${name.replace('Turkey', '')}Armenia`;

/** Adds (a + b M) tau to ln Y, and scales both deviations. */
function adjustment(id: string, table: CoefficientTable): Modification {
  return {
    requires: { rupture: ['mag'], distances: [], site: [] },
    prepare(imts) {
      const rows = imts.map((imt) => table.row(imt, id));
      return (batch, out) => {
        for (let m = 0; m < rows.length; m++) {
          const { a, b, tau_adj: ofTau, sig_adj: ofPhi } = rows[m];
          for (let r = 0; r < batch.ruptures; r++) {
            const shift = a + b * batch.mag[r];
            for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
              out.mean[m][i] += shift * out.inter[m][i];
              out.inter[m][i] *= ofTau;
              out.intra[m][i] *= ofPhi;
              out.total[m][i] = Math.hypot(out.inter[m][i], out.intra[m][i]);
            }
          }
        }
      };
    },
  };
}

function declaration(name: string, declarations: ModelModule['models']): ModelDeclaration {
  const base = declarations.find((model) => model.id === name) as ModelDeclaration;
  const id = adjustedName(name);
  const table = new CoefficientTable(tables[id.replace('Armenia', '')]);
  const imts = commonMeasures(table.imts, base.imts);
  return {
    ...base,
    id,
    citation: `National seismic hazard model of Armenia (2016): adjustment of ${base.citation}`,
    imts,
    async create(args, resources) {
      return withMeasures(modifiedModel(id, await base.create(args, resources), [adjustment(id, table)]), imts);
    },
  };
}

export const models: ModelModule['models'] = BASES.map(([name, declarations]) => declaration(name, declarations));
