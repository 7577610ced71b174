import { CoefficientTable, readTables } from './coefficients.js';
import type { Requirements } from './context.js';
import type { Imt } from './imt.js';
import { KOTHA_ARGUMENTS } from './kotha-2020.js';
import { attenuationByRegion, kothaModel, siteTermByGeology, siteTermByVs30, valueByMeasure } from './kotha-form.js';
import type { Arguments, GroundMotionModel, ImtRange, ModelDeclaration, ModelModule } from './model.js';
import { LN_CMS2_TO_G } from './per-measure.js';

const { tables } = readTables(import.meta.url, 'weatherill-2024');
const MAIN = new CoefficientTable(tables.main);
const REGIONS = new CoefficientTable(tables.regions);
const SIGMA = new CoefficientTable(tables.sigma);
const SIGMA_MU = new CoefficientTable(tables.sigmaMu);
const GEOLOGY = {
  fixed: new CoefficientTable(tables.geology),
  intercept: new CoefficientTable(tables.geologyIntercept),
  gradient: new CoefficientTable(tables.geologyGradient),
};
const IMTS: readonly ImtRange[] = MAIN.imts.map((range) => ({ ...range, kind: 'AvgSA' }));

/** The measure under which the tables have AvgSA(T). Errors: RangeError for another measure. */
function spectral(imt: Imt, id: string): Imt {
  const [{ minimum, maximum }] = IMTS;
  if (imt.kind !== 'AvgSA' || !(imt.period >= minimum! && imt.period <= maximum!))
    throw new RangeError(`${id} does not support ${imt.name}: it is defined for AvgSA(${minimum} to ${maximum} s)`);
  return { ...imt, kind: 'SA' };
}

type Kind = 'vs30' | 'geology' | 'homoskedastic';

function declaration(id: string, kind: Kind): ModelDeclaration {
  const requires: Requirements = {
    rupture: ['mag', 'hypoDepth'],
    distances: ['rjb'],
    site: kind === 'geology' ? ['slope', 'geology', 'region'] : ['vs30', 'vs30measured', 'region'],
  };
  return {
    id,
    citation:
      'G. Weatherill (2024), A regionalised direct AvgSA ground motion model for Europe, in the form of S. R. Kotha et al. (2020), doi:10.1007/s10518-020-00869-1',
    tectonicRegionType: 'Active Shallow Crust',
    imts: IMTS,
    component: 'Average Horizontal (RotD50)',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: KOTHA_ARGUMENTS,
    notes: 'AvgSA(T): geometric mean of SA at ten periods evenly spaced from 0.2 T to 1.5 T.',
    create: (args) => model(id, kind, requires, args),
  };
}

function model(id: string, kind: Kind, requires: Requirements, args: Arguments): GroundMotionModel {
  const ergodic = args.ergodic !== false && args.ergodic !== 0;
  const shift = valueByMeasure(id, 'dl2l', args.dl2l);
  const c3 = valueByMeasure(id, 'c3', args.c3);
  return kothaModel(id, requires, (asked, sites) => {
    const imt = spectral(asked, id);
    const c = MAIN.row(imt, id);
    const site = kind === 'geology' ? siteTermByGeology(GEOLOGY, imt, sites, id) : siteTermByVs30(c, sites);
    const { tau1, tau2, tau3, tau4, phi0_a, phi0_b } = SIGMA.row(imt, id);
    const constant = kind === 'homoskedastic';
    return {
      c,
      lnUnit: LN_CMS2_TO_G,
      attenuation: c3
        ? new Float64Array(sites.size).fill(c3(asked))
        : attenuationByRegion(c, Number(args.c3_epsilon), sites, REGIONS.row(imt, id), id),
      site: site.term,
      epsilon: Number(args.sigma_mu_epsilon),
      sigmaMu: SIGMA_MU.row(imt, id),
      shift: shift?.(asked),
      tau: constant
        ? { magnitudes: [5], values: [c.tau_event_0] }
        : { magnitudes: [4.5, 5, 5.5, 6.5], values: [tau1, tau2, tau3, tau4] },
      phi: constant ? { magnitudes: [5], values: [c.phi_0] } : { magnitudes: [5, 6.5], values: [phi0_a, phi0_b] },
      siteToSite: ergodic ? site.siteToSite : new Float64Array(sites.size),
    };
  });
}

export const models: ModelModule['models'] = [
  declaration('Weatherill2024ESHM20AvgSA', 'vs30'),
  declaration('Weatherill2024ESHM20SlopeGeologyAvgSA', 'geology'),
  declaration('Weatherill2024ESHM20AvgSAHomoskedastic', 'homoskedastic'),
];
