import { MEDIAN_UNCERTAINTY } from './abrahamson-2015.js';
import { lnMotion as lnAtkinsonMacias, TABLE as ATKINSON_MACIAS } from './atkinson-macias-2009.js';
import { BC_HYDRO_ARGUMENTS, medianUncertainty } from './bc-hydro.js';
import {
  abrahamsonCanada,
  BooreSite,
  CANADA_CITATION,
  CANADA_IMTS,
  extended,
  hardRockFactor,
  lnHardRock,
  PGV_OF_INTERFACE,
} from './canada-shm6-terms.js';
import type { Requirements } from '../../contexts/context-batch.js';
import { ghofraniAtkinson } from './ghofrani-atkinson-2014.js';
import { parseImt } from '../imt.js';
import type { ArgumentDeclaration, Arguments, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma } from '../per-measure.js';
import { zhaoCanada } from './zhao-2006-canada.js';

const BACK_ARC_REQUIREMENTS: Requirements = { rupture: ['mag'], distances: ['rrup'], site: ['vs30', 'backarc'] };
const PGA = parseImt('PGA');
const NONLINEAR_PGA = 0.1;

/** Change of motion with period beyond the range of a model: that of Abrahamson et al. (2015). */
const follow = (id: string) => abrahamsonCanada(id, { slab: false, requires: BACK_ARC_REQUIREMENTS });

/** Abrahamson et al. (2015); PGV follows from SA at 1.92 s, and is shifted by the uncertainty of the median there. */
function abrahamson(id: string, args: Arguments): GroundMotionModel {
  const epsilon = Number(args.sigma_mu_epsilon);
  const base = abrahamsonCanada(id, {
    slab: false,
    requires: BACK_ARC_REQUIREMENTS,
    ergodic: args.ergodic === true,
    theta6Adjustment: Number(args.theta6_adjustment),
  });
  const all = extended(id, base, { shortest: 0.05, longest: 10, pgv: PGV_OF_INTERFACE });
  const uncertainty = medianUncertainty(MEDIAN_UNCERTAINTY, false, id);
  if (epsilon === 0) return all;
  return {
    ...all,
    prepare(imts, sites, capacity) {
      const evaluate = all.prepare(imts, sites, capacity);
      const shifts = imts.map(
        (imt) => epsilon * uncertainty(imt.kind === 'PGV' ? parseImt(`SA(${PGV_OF_INTERFACE.period})`) : imt),
      );
      return (batch, out) => {
        evaluate(batch, out);
        for (let m = 0; m < shifts.length; m++) for (let i = 0; i < batch.size; i++) out.mean[m][i] += shifts[m];
      };
    },
  };
}

/** Atkinson & Macias (2009) at 760 m/s with the site terms of Boore et al. (2014) and a hard-rock factor. */
function atkinsonMacias(id: string, requires: Requirements): GroundMotionModel {
  const base: GroundMotionModel = {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const { vs30 } = sites.numeric;
      const pga = ATKINSON_MACIAS.row(PGA, id);
      const measures = imts.map((imt) => {
        const site = new BooreSite(imt, id);
        const hardRock = lnHardRock(imt, id);
        return {
          c: ATKINSON_MACIAS.row(imt, id),
          linear: vs30.map((v) =>
            v > 1100 ? hardRockFactor(v, site.linear(1100), site.linear(2000), hardRock) : site.linear(v),
          ),
          nonlinear: vs30.map((v) => site.nonlinear(v)),
        };
      });
      const lnRock = new Float64Array(capacity);
      return (batch, out) => {
        const { site, size } = batch;
        lnAtkinsonMacias(pga, batch, lnRock);
        for (let i = 0; i < size; i++) lnRock[i] = Math.log((Math.exp(lnRock[i]) + NONLINEAR_PGA) / NONLINEAR_PGA);
        for (let m = 0; m < measures.length; m++) {
          const { c, linear, nonlinear } = measures[m];
          const mean = out.mean[m];
          lnAtkinsonMacias(c, batch, mean);
          for (let i = 0; i < size; i++) mean[i] += linear[site[i]] + nonlinear[site[i]] * lnRock[i];
          fillSigma(out, m, size, c.sigma * Math.LN10);
        }
      };
    },
  };
  return extended(id, base, { shortest: 0.05, longest: 10, pgv: PGV_OF_INTERFACE });
}

function declare(
  id: string,
  citation: string,
  requires: Requirements,
  create: (args: Arguments) => GroundMotionModel,
  options: { component?: string; args?: readonly ArgumentDeclaration[]; totalOnly?: boolean; notes?: string } = {},
): ModelDeclaration {
  return {
    id,
    citation: `${citation}; as used in ${CANADA_CITATION}`,
    tectonicRegionType: 'Subduction Interface',
    imts: CANADA_IMTS,
    component: options.component ?? 'Average Horizontal',
    standardDeviations: options.totalOnly ? ['total'] : ['total', 'inter', 'intra'],
    requires,
    arguments: options.args ?? [],
    notes: options.notes,
    create,
  };
}

const ABRAHAMSON = 'CanadaSHM6_Interface_AbrahamsonEtAl2015SInter';
const ATKINSON = 'CanadaSHM6_Interface_AtkinsonMacias2009';
const GHOFRANI = 'CanadaSHM6_Interface_GhofraniAtkinson2014Cascadia';
const ZHAO = 'CanadaSHM6_Interface_ZhaoEtAl2006SInterCascadia';
const ATKINSON_REQUIREMENTS: Requirements = { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] };

export const models: ModelModule['models'] = [
  declare(
    ABRAHAMSON,
    'N. A. Abrahamson, N. Gregor, K. Addo (2016), Earthquake Spectra 32(1), 23-44, doi:10.1193/051712EQS188MR',
    BACK_ARC_REQUIREMENTS,
    (args) => abrahamson(ABRAHAMSON, args),
    { args: BC_HYDRO_ARGUMENTS, notes: 'PGV follows from SA(1.92).' },
  ),
  declare(
    ATKINSON,
    'G. M. Atkinson, M. Macias (2009), Bulletin of the Seismological Society of America 99(3), 1552-1578, doi:10.1785/0120080147',
    ATKINSON_REQUIREMENTS,
    () => atkinsonMacias(ATKINSON, ATKINSON_REQUIREMENTS),
    {
      component: 'Random horizontal',
      totalOnly: true,
      notes: 'Site terms of Boore et al. (2014) with a hard-rock factor. PGV follows from SA(1.92).',
    },
  ),
  declare(
    GHOFRANI,
    'H. Ghofrani, G. M. Atkinson (2014), Bulletin of Earthquake Engineering 12, 549-571',
    BACK_ARC_REQUIREMENTS,
    () =>
      extended(GHOFRANI, ghofraniAtkinson(GHOFRANI, BACK_ARC_REQUIREMENTS), {
        shortest: 0.07,
        longest: 9.09,
        follow: follow(GHOFRANI),
      }),
    { notes: 'Below 0.07 and above 9.09 s the change with period is that of Abrahamson et al. (2015).' },
  ),
  declare(
    ZHAO,
    'J. X. Zhao et al. (2006), Bulletin of the Seismological Society of America 96(3), 898-913, doi:10.1785/0120050122',
    BACK_ARC_REQUIREMENTS,
    () =>
      extended(ZHAO, zhaoCanada(ZHAO, false, 30, BACK_ARC_REQUIREMENTS), {
        shortest: 0.05,
        longest: 5,
        follow: follow(ZHAO),
        pgv: PGV_OF_INTERFACE,
      }),
    {
      notes:
        'At a depth of 30 km. Above 5 s the change with period is that of Abrahamson et al. (2015). PGV follows from SA(1.92).',
    },
  ),
];
