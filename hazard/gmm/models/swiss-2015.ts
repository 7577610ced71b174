import type { ContextBatch, DistanceKind, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { Imt } from '../imt.js';
import { unsupportedMeasure } from '../refusals.js';
import type { GroundMotion, ModelDeclaration, ModelModule } from '../model.js';
import { modifiedModel, type Modification } from '../wrappers/wrapped-model.js';

const { tables } = readTables(import.meta.url, 'swiss-2015');

interface Base {
  readonly name: string;
  /** velocity of all sites in the base model, m/s */
  readonly velocity: number;
  /** distance of the adjustments */
  readonly distance: DistanceKind;
  readonly component: string;
  readonly requires: Requirements;
  /** table of the between-event standard deviation (log10 units) where the base model has none */
  readonly tau?: CoefficientTable;
}

const CHIOU_YOUNGS: Base = {
  name: 'ChiouYoungs2008',
  velocity: 620,
  distance: 'rjb',
  component: 'Average Horizontal (GMRotI50)',
  requires: {
    rupture: ['mag', 'rake', 'dip', 'ztor'],
    distances: ['rrup', 'rjb', 'rx'],
    site: ['vs30', 'vs30measured', 'z1pt0'],
  },
};
const ZHAO: Base = {
  name: 'ZhaoEtAl2006Asc',
  velocity: 700,
  distance: 'rrup',
  component: 'Average Horizontal',
  requires: { rupture: ['mag', 'rake', 'hypoDepth'], distances: ['rrup'], site: ['vs30'] },
};

const AKKAR_BOMMER: Base = {
  name: 'AkkarBommer2010',
  velocity: 600,
  distance: 'rjb',
  component: 'Average Horizontal',
  requires: { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] },
};
const CAUZZI_FACCIOLI: Base = {
  name: 'CauzziFaccioli2008',
  velocity: 700,
  distance: 'rhypo',
  component: 'Average Horizontal',
  requires: { rupture: ['mag', 'rake'], distances: ['rhypo'], site: ['vs30'] },
  tau: new CoefficientTable(tables.cauzziFaccioliTau),
};

function declaration(id: string, base: Base, tableName: string): ModelDeclaration {
  const table = new CoefficientTable(tables[tableName]);
  return {
    id,
    citation:
      'B. Edwards, C. Cauzzi, L. Danciu, D. Fäh (2016), Region-specific assessment, adjustment, and weighting of ground-motion prediction models: application to the 2015 Swiss seismic-hazard maps, Bulletin of the Seismological Society of America 106(4), 1840-1857, doi:10.1785/0120150367',
    tectonicRegionType: 'Active Shallow Crust',
    imts: table.imts,
    component: base.component,
    standardDeviations: ['total', 'inter', 'intra'],
    requires: base.requires,
    referenceVelocity: 1105,
    arguments: [],
    notes: `${base.name} adjusted to Swiss reference rock with single-station deviations; vs30 of the sites has no effect.`,
    async create(_args, resources) {
      const wrapped = await resources.model({ name: base.name, arguments: {} });
      const model = modifiedModel(id, wrapped, [adjustment(id, base, table)]);
      return {
        ...model,
        prepare(imts, sites, capacity) {
          for (const imt of imts) rowOf(id, table, imt); // an error names this model
          return model.prepare(imts, sites, capacity);
        },
      };
    },
  };
}

/**
 * Coefficients of one measure. Errors: Refusal for a period between two rows whose small-magnitude terms cannot be
 * interpolated: there the power of a negative number would be asked for.
 */
function rowOf(id: string, table: CoefficientTable, imt: Imt): Coefficients {
  const row = table.row(imt, id);
  if (row.a1 < 0 && !Number.isInteger(row.a2))
    throw unsupportedMeasure(id, imt, 'periods at which its coefficients for small magnitudes are given');
  return row;
}

function adjustment(id: string, base: Base, table: CoefficientTable): Modification {
  return {
    requires: base.requires,
    referenceVelocity: base.velocity,
    prepare(imts) {
      const rows = imts.map((imt) => rowOf(id, table, imt));
      const taus = imts.map((imt) => (base.tau ? base.tau.row(imt, id).tau * Math.LN10 : undefined));
      return (batch, out) => {
        for (let m = 0; m < rows.length; m++) {
          const tau = taus[m];
          if (tau !== undefined) out.inter[m].fill(tau, 0, batch.size);
          adjust(rows[m], batch, batch[base.distance], out, m);
        }
      };
    },
  };
}

function adjust(c: Coefficients, batch: ContextBatch, distance: Float64Array, out: GroundMotion, m: number): void {
  const { start, mag } = batch;
  const mean = out.mean[m];
  const inter = out.inter[m];
  const intra = out.intra[m];
  const total = out.total[m];
  const host = Math.log(c.k_adj);
  for (let r = 0; r < batch.ruptures; r++) {
    const small = mag[r] >= 3 && mag[r] < 5.5;
    const scale = small ? ((5.5 - mag[r]) / c.a1) ** c.a2 : 0;
    // weight of the constant phi of large magnitudes
    const share = Math.min(Math.max((mag[r] - c.Mc1) / (c.Mc2 - c.Mc1), 0), 1);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const d = distance[i];
      mean[i] += host;
      if (small) mean[i] -= scale * (c.b1 + c.b2 * Math.log(Math.max(Math.min(d, c.Rm), 10) / 20));
      const position = Math.min(Math.max((d - c.Rc11) / (c.Rc21 - c.Rc11), 0), 1);
      const near = c.phi_11 + (c.phi_21 - c.phi_11) * position;
      const phi = (near + (c.C2 - near) * share + c.mean_phi_ss) / 2;
      intra[i] = phi;
      total[i] = Math.sqrt(phi * phi + inter[i] * inter[i]);
    }
  }
}

export const models: ModelModule['models'] = [
  declaration('AkkarBommer2010SWISS01', AKKAR_BOMMER, 'akkarBommer01'),
  declaration('AkkarBommer2010SWISS04', AKKAR_BOMMER, 'akkarBommer04'),
  declaration('AkkarBommer2010SWISS08', AKKAR_BOMMER, 'akkarBommer08'),
  declaration('CauzziFaccioli2008SWISS01', CAUZZI_FACCIOLI, 'cauzziFaccioli01'),
  declaration('CauzziFaccioli2008SWISS04', CAUZZI_FACCIOLI, 'cauzziFaccioli04'),
  declaration('CauzziFaccioli2008SWISS08', CAUZZI_FACCIOLI, 'cauzziFaccioli08'),
  declaration('ChiouYoungs2008SWISS01', CHIOU_YOUNGS, 'chiouYoungs01'),
  declaration('ChiouYoungs2008SWISS04', CHIOU_YOUNGS, 'chiouYoungs04'),
  declaration('ChiouYoungs2008SWISS06', CHIOU_YOUNGS, 'chiouYoungs06'),
  declaration('ZhaoEtAl2006AscSWISS03', ZHAO, 'zhao03'),
  declaration('ZhaoEtAl2006AscSWISS05', ZHAO, 'zhao05'),
  declaration('ZhaoEtAl2006AscSWISS08', ZHAO, 'zhao08'),
];
