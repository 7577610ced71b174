import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'ameri-2017');
const TABLE = new CoefficientTable(tables.main);
const SIGMA = new CoefficientTable(tables.sigma);
const ID = 'AmeriEtAl2017Rjb';
const requires = { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] } as const;
const REFERENCE_MAGNITUDE = 5.5;
const HINGE_MAGNITUDE = 6.75;
/** cm/s2 to g: the reference engine takes 9.81 m/s2 here */
const LN_UNIT = Math.log(0.01 / 9.81);

/** Site class of Eurocode 8; vs30 m/s. */
function siteClass(c: Coefficients, vs30: number): number {
  if (vs30 >= 800) return c.e1;
  if (vs30 >= 360) return c.e2;
  return vs30 >= 180 ? c.e3 : c.e4;
}

/** f1 normal, f2 reverse, f3 strike-slip; rake in degrees. */
function styleOfFaulting(c: Coefficients, rake: number): number {
  const absolute = Math.abs(rake);
  if (absolute <= 30 || 180 - absolute <= 30) return c.f3;
  return rake > 0 ? c.f2 : c.f1;
}

/** log10 y = a + (c1 + c2 (M - Mref)) log10 sqrt(Rjb^2 + h^2) + f_M + f_S + f_sof, cm/s2. */
function ameri(lnFactor: number): GroundMotionModel {
  return perMeasureModel(ID, requires, (imt, sites) => {
    const c = TABLE.row(imt, ID);
    const { tau1, tau2, phi } = SIGMA.row(imt, ID);
    const siteTerms = sites.numeric.vs30.map((v) => Math.LN10 * siteClass(c, v) + LN_UNIT + lnFactor);
    const within = phi * Math.LN10;
    return (batch, out, m) => {
      const { start, site, mag, rake, rjb } = batch;
      for (let r = 0; r < batch.ruptures; r++) {
        const dm = mag[r] - HINGE_MAGNITUDE;
        const scaling = dm <= 0 ? dm * (c.b1 + c.b2 * dm) : c.b3 * dm;
        const constant = Math.LN10 * (c.a + scaling + styleOfFaulting(c, rake[r]));
        const spreading = 0.5 * (c.c1 + c.c2 * (mag[r] - REFERENCE_MAGNITUDE));
        for (let i = start[r]; i < start[r + 1]; i++)
          out.mean[m][i] = constant + spreading * Math.log(rjb[i] * rjb[i] + c.h * c.h) + siteTerms[site[i]];
        const tau = Math.LN10 * (tau1 + (tau2 - tau1) * Math.min(Math.max(mag[r] - 4, 0), 1));
        out.inter[m].fill(tau, start[r], start[r + 1]);
        out.total[m].fill(Math.hypot(tau, within), start[r], start[r + 1]);
      }
      out.intra[m].fill(within, 0, batch.size);
    };
  });
}

const AmeriEtAl2017Rjb: ModelDeclaration = {
  id: ID,
  citation:
    'G. Ameri, S. Drouet, P. Traversa, D. Bindi, F. Cotton (2017), Bulletin of Earthquake Engineering 15, 4681-4717',
  tectonicRegionType: 'Active Shallow Crust',
  imts: TABLE.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total', 'inter', 'intra'],
  requires,
  arguments: [
    {
      name: 'norm_stress_drop',
      type: 'number',
      default: 0.1,
      meaning: 'normalised stress drop; without effect in this model, which takes no stress drop',
    },
    {
      name: 'adjustment_factor',
      type: 'number',
      default: 1,
      range: [Number.MIN_VALUE, Number.MAX_VALUE],
      meaning: 'factor of the median',
    },
  ],
  notes: 'Standard gravity counts as 9.81 m/s2, as in the reference engine.',
  create: (args) => ameri(Math.log(Number(args.adjustment_factor))),
};

export const models: ModelModule['models'] = [AmeriEtAl2017Rjb];
