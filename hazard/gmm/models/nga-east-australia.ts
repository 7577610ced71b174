import { GroundMotionTable } from '../ground-motion-table.js';
import { TableBundle } from '../table-bundle.js';
import type { GroundMotionModel, ModelAlias, ModelDeclaration, ModelModule } from '../model.js';
import { groundMotionOfTable } from '../wrappers/gmpe-table.js';

const BUNDLE = new TableBundle(import.meta.url, 'nga-east-australia');
const ID = 'NGAEastAUS2023GMPE';
const TABLE = 'NGA-East_Backbone_Model.geometric.3000.mps.hdf5';

const NGAEastAUS2023GMPE: ModelDeclaration = {
  id: ID,
  citation:
    'The geometric mean of the NGA-East models on rock of 3000 m/s (C. A. Goulet et al., 2017, PEER Report 2017/03), as the national seismic hazard assessment of Australia of 2023 has it (T. I. Allen et al., 2023, Geoscience Australia)',
  tectonicRegionType: 'Active Shallow Crust',
  imts: [{ kind: 'PGA' }, { kind: 'PGV' }, { kind: 'SA', minimum: 0.01, maximum: 10 }],
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total'],
  requires: { rupture: ['mag'], distances: ['rrup'], site: [] },
  arguments: [{ name: 'table_relpath', meaning: 'the table', type: 'text', allowed: [TABLE] }],
  notes: 'Medians beyond the last distance of the table are 1e-20 g; magnitudes are rounded to two decimals.',
  create: (): GroundMotionModel => groundMotionOfTable(ID, new GroundMotionTable(BUNDLE.find(TABLE)!)),
};

const AUS23: ModelAlias = {
  id: 'NGAEastAUS23_vs3000',
  aliasOf: 'ModifiableGMPE',
  arguments: { gmpe: { [ID]: { table_relpath: TABLE } }, ceus2020_site_term: { ref_vs30: 3000, wimp: 0 } },
};

export const models: ModelModule['models'] = [NGAEastAUS2023GMPE, AUS23];
