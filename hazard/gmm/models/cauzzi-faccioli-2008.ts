import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, GRAVITY, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'cauzzi-faccioli-2008');
const HYPOCENTRE = new CoefficientTable(tables.main);
const RUPTURE = new CoefficientTable(tables.rupture);
const LN10 = Math.LN10;

const CauzziFaccioli2008: ModelDeclaration = {
  id: 'CauzziFaccioli2008',
  citation:
    'C. Cauzzi, E. Faccioli (2008), Broadband (0.05 to 20 s) prediction of displacement response spectra based on worldwide digital records, Journal of Seismology 12, 453-475, doi:10.1007/s10950-008-9098-y',
  tectonicRegionType: 'Active Shallow Crust',
  validity: {
    magnitude: [5, 7.2],
    distance: { kind: 'rhypo', range: [15, 150] },
    source: 'summary of the paper: range of the data',
  },
  imts: HYPOCENTRE.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total'],
  requires: { rupture: ['mag', 'rake'], distances: ['rhypo'], site: ['vs30'] },
  referenceVelocity: 1000,
  arguments: [],
  notes: 'Hypocentral distances below 15 km count as 15 km.',
  create: () => model('CauzziFaccioli2008', CauzziFaccioli2008, HYPOCENTRE, hypocentralDistanceTerm),
};

const FaccioliEtAl2010: ModelDeclaration = {
  ...CauzziFaccioli2008,
  id: 'FaccioliEtAl2010',
  citation:
    'E. Faccioli, A. Bianchini, M. Villani (2010), New ground motion prediction equations for T > 1 s and their influence on seismic hazard assessment, Proceedings of the University of Tokyo Symposium on Long-Period Ground Motion and Urban Disaster Mitigation',
  imts: RUPTURE.imts,
  validity: undefined,
  requires: { rupture: ['mag', 'rake'], distances: ['rrup'], site: ['vs30'] },
  notes: undefined,
  create: () => model('FaccioliEtAl2010', FaccioliEtAl2010, RUPTURE, ruptureDistanceTerm),
};

type DistanceTerm = (c: Coefficients, batch: ContextBatch, mean: Float64Array) => void;

function model(id: string, declaration: ModelDeclaration, table: CoefficientTable, addDistanceTerm: DistanceTerm) {
  return perMeasureModel(id, declaration.requires, (imt, sites) => {
    const c = table.row(imt, id);
    const unit = unitTerm(imt);
    const site = sites.numeric.vs30.map((v) => LN10 * siteTerm(c, v) + unit);
    return (batch, out, m) => {
      sourceAndSite(c, site, batch, out.mean[m]);
      addDistanceTerm(c, batch, out.mean[m]);
      fillSigma(out, m, batch.size, LN10 * c.sigma);
    };
  });
}

/** ln of the factor to g from m/s2 (PGA) and displacement in cm (SA). */
function unitTerm(imt: Imt): number {
  if (imt.kind === 'PGV') return 0;
  if (imt.kind === 'PGA') return -Math.log(GRAVITY);
  return 2 * Math.log((2 * Math.PI) / imt.period) + LN_CMS2_TO_G;
}

/** Classes of Eurocode 8. */
function siteTerm(c: Coefficients, vs30: number): number {
  if (vs30 >= 800) return 0;
  if (vs30 >= 360) return c.aB;
  return vs30 >= 180 ? c.aC : c.aD;
}

function styleTerm(c: Coefficients, rake: number): number {
  if (rake > -120 && rake <= -60) return c.aN;
  return rake > 30 && rake <= 150 ? c.aR : c.aS;
}

/** Equations 2 (magnitude, site) and 5 (style of faulting) of Cauzzi and Faccioli (2008), without distance. */
function sourceAndSite(c: Coefficients, siteTerms: Float64Array, batch: ContextBatch, mean: Float64Array): void {
  const { start, site, mag, rake } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const event = LN10 * (c.a1 + c.a2 * mag[r] + styleTerm(c, rake[r]));
    for (let i = start[r]; i < start[r + 1]; i++) mean[i] = event + siteTerms[site[i]];
  }
}

function hypocentralDistanceTerm(c: Coefficients, batch: ContextBatch, mean: Float64Array): void {
  for (let i = 0; i < batch.size; i++) mean[i] += c.a3 * Math.log(Math.max(batch.rhypo[i], 15));
}

function ruptureDistanceTerm(c: Coefficients, batch: ContextBatch, mean: Float64Array): void {
  for (let r = 0; r < batch.ruptures; r++) {
    const near = c.a4 * Math.exp(LN10 * c.a5 * batch.mag[r]);
    for (let i = batch.start[r]; i < batch.start[r + 1]; i++) mean[i] += c.a3 * Math.log(batch.rrup[i] + near);
  }
}

export const models: ModelModule['models'] = [CauzziFaccioli2008, FaccioliEtAl2010];
