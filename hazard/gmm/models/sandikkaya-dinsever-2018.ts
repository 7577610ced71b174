import { CoefficientTable, readTables } from '../coefficients.js';
import type { Imt } from '../imt.js';
import { valueByMeasure } from '../value-by-measure.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import {
  modifiedModel,
  PASSED_ON,
  WRAPPED_NAME,
  wrappedSpecification,
  type Modification,
} from '../wrappers/wrapped-model.js';
import { requireDepths } from '../terms/basin-depth.js';

const { tables } = readTables(import.meta.url, 'sandikkaya-dinsever-2018');
const SITE = new CoefficientTable(tables.site);
const REGIONS = new CoefficientTable(tables.regions);
const ID = 'SandikkayaDinsever2018';
const REFERENCE = 760;
/** 0.1 g, as the reference engine has it: in m/s2, although the median is in g */
const THRESHOLD = 0.980665;
const OWN = ['reference_velocity', 'region', 'phi_0'];
/** region -> column */
const COLUMNS: Readonly<Record<string, string>> = {
  USNZ: 'ckUSNZ',
  JP: 'ckJP',
  TW: 'ckTW',
  CH: 'ckCH',
  WA: 'ckWA',
  TRGR: 'ckGRTR',
  WMT: 'ckWMT',
  NWE: 'ckNWE',
};

const SandikkayaDinsever2018: ModelDeclaration = {
  id: ID,
  citation:
    'M. A. Sandikkaya, L. D. Dinsever (2018), A site amplification model for crustal earthquakes, Geosciences 8(7), 264, doi:10.3390/geosciences8070264: site term on top of another model',
  tectonicRegionType: '',
  imts: SITE.imts,
  component: 'Horizontal',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: { rupture: ['mag'], distances: [], site: ['vs30', 'z1pt0'] },
  referenceVelocity: REFERENCE,
  arguments: [
    WRAPPED_NAME,
    {
      name: 'reference_velocity',
      meaning: 'velocity (m/s) at which the wrapped model is evaluated',
      type: 'number',
      default: REFERENCE,
    },
    {
      name: 'region',
      meaning: 'region of the linear site term; none: the average',
      type: 'text',
      default: null,
      allowed: [null, ...Object.keys(COLUMNS)],
    },
    {
      name: 'phi_0',
      meaning: 'within-event standard deviation without the site, by measure; none: 0.85 of that of the wrapped model',
      type: 'table',
      default: null,
    },
    PASSED_ON,
  ],
  notes:
    'As in the reference engine, 0.1 g of the nonlinear term is 0.980665 although the median is in g. Region TRGR, which fails there, works here.',
  async create(args, resources) {
    const wrapped = await resources.model(wrappedSpecification(args, OWN));
    const phi0 = valueByMeasure(ID, 'phi_0', args.phi_0);
    return modifiedModel(ID, wrapped, [
      siteTerm(Number(args.reference_velocity), args.region === null ? undefined : COLUMNS[String(args.region)], phi0),
    ]);
  },
};

/** Equations 5-9. */
function siteTerm(
  referenceVelocity: number,
  region: string | undefined,
  phi0: ((imt: Imt) => number) | undefined,
): Modification {
  return {
    requires: SandikkayaDinsever2018.requires,
    referenceVelocity,
    prepare(imts, sites) {
      const { vs30 } = sites.numeric;
      const z1pt0 = requireDepths(ID, 'z1pt0', sites);
      const terms = imts.map((imt) => {
        const c = SITE.row(imt, ID);
        const slope = c.b1 + (region === undefined ? 0 : REGIONS.row(imt, ID)[region]);
        return {
          c,
          phi0: phi0?.(imt),
          linear: vs30.map((v, s) => slope * Math.log(Math.min(v, 1000) / REFERENCE) + c.b2 * Math.log(z1pt0[s])),
          nonlinear: vs30.map((v) => c.b3 * Math.exp(-Math.exp(2 * Math.log(v) - 11))),
          velocity: vs30.map((v) => c.c2 * Math.log(Math.min(Math.max(v, 150), 600))),
        };
      });
      return ({ size, site }, { mean, total, inter, intra }) => {
        for (let m = 0; m < terms.length; m++) {
          const { c, linear, nonlinear, velocity, phi0: fixed } = terms[m];
          for (let i = 0; i < size; i++) {
            const s = site[i];
            const median = Math.exp(mean[m][i]);
            const clipped = median < 0.005 ? 0.005 : median > 0.35 ? 0.35 : median;
            const siteSigma = c.sigma_s * c.c0 * (c.c1 * Math.log(clipped) + velocity[s]);
            const single = fixed ?? 0.85 * intra[m][i];
            const variance = single * single + siteSigma * siteSigma;
            mean[m][i] += linear[s] + nonlinear[s] * Math.log(median / THRESHOLD + 1);
            intra[m][i] = Math.sqrt(variance);
            total[m][i] = Math.sqrt(inter[m][i] * inter[m][i] + variance);
          }
        }
      };
    },
  };
}

export const models: ModelModule['models'] = [SandikkayaDinsever2018];
