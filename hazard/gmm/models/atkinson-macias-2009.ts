import { commonMeasures, withMeasures } from '../common-measures.js';
import { ba08SiteTerm } from '../wrappers/ba08-site-term.js';
import { basinResponse, borrowedDepths } from './campbell-bozorgnia-2014.js';
import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { Arguments, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';
import { modifiedModel, type Modification } from '../wrappers/wrapped-model.js';

const { tables } = readTables(import.meta.url, 'atkinson-macias-2009');
/** Coefficients by period. */
export const TABLE = new CoefficientTable(tables.main);
const ID = 'AtkinsonMacias2009';
const requires = { rupture: ['mag'], distances: ['rrup'], site: [] } as const;

/** ln of the median at 760 m/s, g: log10 y = c0 + c3 (M - 8) + c4 (M - 8)^2 + c1 log10 R + c2 R, cm/s2. */
export function lnMotion(c: Coefficients, batch: ContextBatch, out: Float64Array): void {
  const { start, mag, rrup } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const h = m * m - 3.1 * m - 14.55;
    const constant = Math.LN10 * (c.c0 + c.c3 * (m - 8) + c.c4 * (m - 8) * (m - 8)) + LN_CMS2_TO_G;
    for (let i = start[r]; i < start[r + 1]; i++) {
      const squared = rrup[i] * rrup[i] + h * h;
      out[i] = constant + 0.5 * c.c1 * Math.log(squared) + Math.LN10 * c.c2 * Math.sqrt(squared);
    }
  }
}

const NSHMP2014 = new CoefficientTable(tables.nshmp2014);

const baseOf = (id: string): GroundMotionModel =>
  perMeasureModel(id, requires, (imt) => {
    const c = TABLE.row(imt, id);
    const shift = id === ID ? 0 : Math.log(NSHMP2014.row(imt, id).mf);
    return (batch, out, m) => {
      const mean = out.mean[m];
      lnMotion(c, batch, mean);
      if (shift !== 0) for (let i = 0; i < batch.size; i++) mean[i] += shift;
      fillSigma(out, m, batch.size, c.sigma * Math.LN10);
    };
  });

/** Basin term: of Campbell & Bozorgnia (2014), and ln 2 in its place from 1.9 s on where z2pt5 is 6 km and more. */
function basinTerm(cb14: boolean, m9: boolean): Modification {
  return {
    requires: { rupture: [], distances: [], site: ['vs30', 'z2pt5'] },
    prepare(imts, sites) {
      const z2pt5 = borrowedDepths(sites);
      const terms = imts.map((imt) => {
        const term = cb14 ? basinResponse(imt, sites) : new Float64Array(z2pt5.length);
        const deep = m9 && imt.kind === 'SA' && imt.period >= 1.9;
        return deep ? term.map((value, s) => (z2pt5[s] >= 6 ? Math.LN2 : value)) : term;
      });
      return ({ size, site }, out) => {
        for (let m = 0; m < terms.length; m++) for (let i = 0; i < size; i++) out.mean[m][i] += terms[m][site[i]];
      };
    },
  };
}

const AtkinsonMacias2009: ModelDeclaration = {
  id: ID,
  citation:
    'G. M. Atkinson, M. Macias (2009), Bulletin of the Seismological Society of America 99(3), 1552-1578, doi:10.1785/0120080147',
  tectonicRegionType: 'Subduction Interface',
  validity: {
    magnitude: [7.5, 9],
    distance: { kind: 'rrup', range: [30, 400] },
    source: 'what its authors mean it for, summary of the paper: great earthquakes',
  },
  imts: TABLE.imts,
  component: 'Random horizontal',
  standardDeviations: ['total'],
  requires,
  referenceVelocity: 760,
  arguments: [
    {
      name: 'ba08_site_term',
      type: 'boolean',
      default: false,
      meaning: 'add the site term of Boore & Atkinson (2008); needs vs30, rake and rjb',
    },
    {
      name: 'cb14_basin_term',
      type: 'boolean',
      default: false,
      meaning: 'add the basin term of Campbell & Bozorgnia (2014); needs z2pt5',
    },
    {
      name: 'm9_basin_term',
      type: 'boolean',
      default: false,
      meaning: 'ln 2 as basin term from 1.9 s on where z2pt5 is 6 km and more',
    },
  ],
  create: (args) => createModel(ID, args),
};

function createModel(id: string, args: Arguments): GroundMotionModel {
  const base = baseOf(id);
  const cb14 = args.cb14_basin_term === true;
  const m9 = args.m9_basin_term === true;
  const modifications: Modification[] = [];
  if (args.ba08_site_term === true) modifications.push(ba08SiteTerm);
  if (cb14 || m9) modifications.push(basinTerm(cb14, m9));
  return modifications.length ? modifiedModel(id, base, modifications) : base;
}

const NSHMP_MEASURES = commonMeasures(NSHMP2014.imts, TABLE.imts);
const NSHMP_ID = 'AtkinsonMacias2009NSHMP2014';
const AtkinsonMacias2009NSHMP2014: ModelDeclaration = {
  ...AtkinsonMacias2009,
  id: NSHMP_ID,
  imts: NSHMP_MEASURES,
  notes: 'With the factors to the boundary of site classes B and C of the U.S. hazard maps of 2014.',
  create: (args) => withMeasures(createModel(NSHMP_ID, args), NSHMP_MEASURES),
};

export const models: ModelModule['models'] = [AtkinsonMacias2009, AtkinsonMacias2009NSHMP2014];
