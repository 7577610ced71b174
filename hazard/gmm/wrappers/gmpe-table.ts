import type { Requirements } from '../../contexts/context-batch.js';
import { GroundMotionTable, tableFromHdf5 } from '../ground-motion-table.js';
import type { Evaluator, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { writeNoComponents } from '../sigma.js';

const ID = 'GMPETable';

const GMPETable: ModelDeclaration = {
  id: ID,
  citation:
    'A table of medians and standard deviations in an HDF5 file of the user, by magnitude, distance and period, in the format of the OpenQuake engine',
  tectonicRegionType: 'Active Shallow Crust',
  imts: [{ kind: 'PGA' }, { kind: 'PGV' }, { kind: 'SA' }],
  component: '',
  standardDeviations: ['total'],
  requires: { rupture: ['mag'], distances: [], site: [] },
  arguments: [
    {
      name: 'gmpe_table',
      meaning: 'HDF5 file: Mw, Distances (attribute metric), groups IMLs and Total with PGA, PGV, SA and T',
      type: 'file',
    },
  ],
  notes: 'Medians beyond the last distance of the table are 1e-20 g; magnitudes are rounded to two decimals.',
  async create(args, resources): Promise<GroundMotionModel> {
    const path = String(args.gmpe_table);
    const table = new GroundMotionTable(tableFromHdf5(await resources.hdf5(path), path));
    return groundMotionOfTable(ID, table);
  },
};

/** Medians and total standard deviations of a table as they are. */
export function groundMotionOfTable(id: string, table: GroundMotionTable): GroundMotionModel {
  const requires: Requirements = { rupture: ['mag'], distances: [table.metric], site: [] };
  return {
    id,
    requires,
    prepare(imts, _sites, capacity): Evaluator {
      const medians = imts.map((imt) => table.medians(imt, id));
      const sigmas = imts.map((imt) => table.sigmas(imt, id));
      const locator = table.locator(capacity);
      return (batch, out) => {
        locator.locate(batch, batch[table.metric]);
        for (let k = 0; k < medians.length; k++) {
          locator.lnMedians(batch, medians[k], out.mean[k]);
          locator.sigmas(batch, sigmas[k], out.total[k]);
          writeNoComponents(out, k, batch.size);
        }
      };
    },
  };
}

export const models: ModelModule['models'] = [GMPETable];
