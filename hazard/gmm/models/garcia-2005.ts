import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'garcia-2005');
/** Coefficients by period. */
export const TABLE = new CoefficientTable(tables.main);
const VERTICAL = new CoefficientTable(tables.vertical);
/** from this magnitude on the distance to the rupture replaces that to the hypocentre */
const LARGE_MAGNITUDE = 6.5;
const requires = { rupture: ['mag', 'hypoDepth'], distances: ['rrup', 'rhypo'], site: ['vs30'] } as const;

/**
 * ln of the median (cm/s2 or cm/s): log10 y = c1 + c2 M + c3 R - c4 log10 R + c5 H, R with the near-source saturation of
 * the authors. far [contexts] km is the distance of large earthquakes; fixedDepth (km) replaces the depth of the rupture.
 */
export function lnMotion(
  c: Coefficients,
  batch: ContextBatch,
  far: Float64Array,
  fixedDepth: number | undefined,
  out: Float64Array,
): void {
  const { start, mag, hypoDepth, rhypo } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const distance = m < LARGE_MAGNITUDE ? rhypo : far;
    const delta = 0.0075 * Math.exp(Math.LN10 * 0.507 * m);
    const constant = Math.LN10 * (c.c1 + c.c2 * m + c.c5 * (fixedDepth ?? hypoDepth[r]));
    for (let i = start[r]; i < start[r + 1]; i++) {
      const squared = distance[i] * distance[i] + delta * delta;
      out[i] = constant + Math.LN10 * c.c3 * Math.sqrt(squared) - 0.5 * c.c4 * Math.log(squared);
    }
  }
}

const modelOf = (id: string, table: CoefficientTable) =>
  perMeasureModel(id, requires, (imt) => {
    const c = table.row(imt, id);
    const unit = imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G;
    return (batch, out, m) => {
      const mean = out.mean[m];
      lnMotion(c, batch, batch.rrup, undefined, mean);
      for (let i = 0; i < batch.size; i++) mean[i] += unit;
      fillSigma(out, m, batch.size, c.s_t * Math.LN10, c.s_e * Math.LN10, c.s_r * Math.LN10);
    };
  });

const GarciaEtAl2005SSlab: ModelDeclaration = {
  id: 'GarciaEtAl2005SSlab',
  citation:
    'D. García, S. K. Singh, M. Herráiz, M. Ordaz, J. F. Pacheco (2005), Bulletin of the Seismological Society of America 95(6), 2272-2282',
  tectonicRegionType: 'Subduction IntraSlab',
  validity: {
    magnitude: [5.2, 7.4],
    distance: { kind: 'rrup', range: [0, 400] },
    depth: { kind: 'hypoDepth', range: [35, 138] },
    source: 'summary of the paper: range of the data',
  },
  imts: TABLE.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total', 'inter', 'intra'],
  requires,
  arguments: [],
  notes: 'For rock: vs30 is asked for but changes nothing.',
  create: () => modelOf('GarciaEtAl2005SSlab', TABLE),
};

const GarciaEtAl2005SSlabVert: ModelDeclaration = {
  ...GarciaEtAl2005SSlab,
  id: 'GarciaEtAl2005SSlabVert',
  imts: VERTICAL.imts,
  component: 'Vertical',
  create: () => modelOf('GarciaEtAl2005SSlabVert', VERTICAL),
};

export const models: ModelModule['models'] = [GarciaEtAl2005SSlab, GarciaEtAl2005SSlabVert];
