import {
  distanceScratch,
  fillDistances,
  linearity,
  log10Rock,
  nonlinearity,
  SLAB_CASCADIA,
  SLAB_SETTING,
} from './atkinson-boore-2003.js';
import { BC_HYDRO_ARGUMENTS } from './bc-hydro.js';
import {
  abrahamsonCanada,
  alongLnVelocity,
  BooreSite,
  CANADA_CITATION,
  CANADA_IMTS,
  extended,
  lnHardRock,
  PGV_OF_SLAB,
} from './canada-shm6-terms.js';
import type { Requirements } from '../../contexts/context-batch.js';
import type { Coefficients } from '../coefficients.js';
import { lnMotion as lnGarcia, TABLE as GARCIA } from './garcia-2005.js';
import { parseImt } from '../imt.js';
import type { ArgumentDeclaration, Arguments, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G } from '../per-measure.js';
import { zhaoCanada } from './zhao-2006-canada.js';

/*
 * Slab models of the Canadian seismic hazard model 6: each at a fixed depth of 30 or 55 km, whatever that of the rupture.
 */

const PGA = parseImt('PGA');
const RRUP: Requirements = { rupture: ['mag'], distances: ['rrup'], site: ['vs30', 'backarc'] };
const RHYPO: Requirements = { rupture: ['mag'], distances: ['rhypo'], site: ['vs30', 'backarc'] };
const NONLINEAR_PGA = 0.1;

function follow(id: string, depth: number, distance: 'rrup' | 'rhypo'): GroundMotionModel {
  const requires = distance === 'rrup' ? RRUP : RHYPO;
  return abrahamsonCanada(id, { slab: true, requires, fixedDepth: depth, distance });
}

const AB03_VELOCITIES = [160, 250, 450, 760, 1100, 2000];

/** log10 site term by velocity in place of the NEHRP classes of Atkinson & Boore (2003). */
function ab03SiteTerm(c: Coefficients, hardRock: number, vs30: number): number {
  const at760 = 0.41367 * c.c5;
  const hard = Math.min(0, hardRock * Math.LOG10E + at760);
  return alongLnVelocity(AB03_VELOCITIES, [c.c7, c.c6, c.c5, at760, 0, hard], vs30);
}

/** Atkinson & Boore (2003) for slab earthquakes in Cascadia with a site term that is continuous in velocity. */
function atkinsonBoore(id: string, depth: number): GroundMotionModel {
  return {
    id,
    requires: RRUP,
    prepare(imts, sites, capacity) {
      const { vs30 } = sites.numeric;
      const rockRow = SLAB_CASCADIA.row(PGA, id);
      const measures = imts.map((imt) => {
        const c = SLAB_CASCADIA.row(imt, id);
        const hardRock = lnHardRock(imt, id);
        return {
          c,
          strength: nonlinearity(imt),
          site: vs30.map((v) => ab03SiteTerm(c, hardRock, v)),
        };
      });
      const distances = distanceScratch(capacity);
      const rockPga = new Float64Array(capacity);
      return (batch, out) => {
        const { site, size } = batch;
        fillDistances(SLAB_SETTING, batch, distances);
        log10Rock(rockRow, SLAB_SETTING, depth, batch, distances, rockPga);
        for (let i = 0; i < size; i++) rockPga[i] = Math.exp(Math.LN10 * rockPga[i]);
        for (let m = 0; m < measures.length; m++) {
          const { c, strength, site: siteTerms } = measures[m];
          const mean = out.mean[m];
          log10Rock(c, SLAB_SETTING, depth, batch, distances, mean);
          for (let i = 0; i < size; i++) {
            const s = site[i];
            const term = vs30[s] < 1100 ? siteTerms[s] * linearity(strength, rockPga[i]) : siteTerms[s];
            mean[i] = Math.LN10 * (mean[i] + term) + LN_CMS2_TO_G;
          }
          fillSigma(out, m, size, c.sigma * Math.LN10, c.s2 * Math.LN10, c.s1 * Math.LN10);
        }
      };
    },
  };
}

/** Site term of hard rock (ln): from 0 at 1100 m/s down to the rest of the hard-rock factor at 2000 m/s, or its native value. */
function garciaRock(site: BooreSite, hardRock: number, vs30: number): number {
  const end = hardRock * (1 - Math.log(1100 / 760) / Math.log(2000 / 760));
  return Math.max(site.linear(vs30) - site.linear(1100), alongLnVelocity([1100, 2000], [0, end], vs30));
}

/** García et al. (2005), taken as a model for 1100 m/s, with the site terms of Boore et al. (2014). */
function garcia(id: string, depth: number): GroundMotionModel {
  return {
    id,
    requires: RHYPO,
    prepare(imts, sites, capacity) {
      const { vs30 } = sites.numeric;
      const pga = GARCIA.row(PGA, id);
      // rock PGA is that at 760 m/s
      const toReference = LN_CMS2_TO_G - new BooreSite(PGA, id).linear(1100);
      const measures = imts.map((imt) => {
        const site = new BooreSite(imt, id);
        const hardRock = lnHardRock(imt, id);
        const unit = imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G;
        return {
          c: GARCIA.row(imt, id),
          linear: vs30.map(
            (v) => unit + (v < 1100 ? site.linear(v) - site.linear(1100) : garciaRock(site, hardRock, v)),
          ),
          nonlinear: vs30.map((v) => (v < 1100 ? site.nonlinear(v) : 0)),
        };
      });
      const lnRock = new Float64Array(capacity);
      return (batch, out) => {
        const { site, rhypo, size } = batch;
        lnGarcia(pga, batch, rhypo, depth, lnRock);
        for (let i = 0; i < size; i++)
          lnRock[i] = Math.log((Math.exp(lnRock[i] + toReference) + NONLINEAR_PGA) / NONLINEAR_PGA);
        for (let m = 0; m < measures.length; m++) {
          const { c, linear, nonlinear } = measures[m];
          const mean = out.mean[m];
          lnGarcia(c, batch, rhypo, depth, mean);
          for (let i = 0; i < size; i++) mean[i] += linear[site[i]] + nonlinear[site[i]] * lnRock[i];
          fillSigma(out, m, size, c.s_t * Math.LN10, c.s_e * Math.LN10, c.s_r * Math.LN10);
        }
      };
    },
  };
}

/** Abrahamson et al. (2015): PGV follows from SA(0.5), the uncertainty of the median included. */
function abrahamson(id: string, depth: number, args: Arguments): GroundMotionModel {
  const base = abrahamsonCanada(id, {
    slab: true,
    requires: RHYPO,
    fixedDepth: depth,
    ergodic: args.ergodic === true,
    theta6Adjustment: Number(args.theta6_adjustment),
    sigmaMuEpsilon: Number(args.sigma_mu_epsilon),
  });
  return extended(id, base, { shortest: 0.05, longest: 10, pgv: PGV_OF_SLAB });
}

interface Publication {
  readonly name: string;
  readonly citation: string;
  readonly requires: Requirements;
  readonly component: string;
  readonly arguments: readonly ArgumentDeclaration[];
  readonly notes: string;
  create(id: string, depth: number, args: Arguments): GroundMotionModel;
}

const FOLLOWS = 'the change with period is that of Abrahamson et al. (2015)';
const PUBLICATIONS: readonly Publication[] = [
  {
    name: 'AbrahamsonEtAl2015SSlab',
    citation:
      'N. A. Abrahamson, N. Gregor, K. Addo (2016), Earthquake Spectra 32(1), 23-44, doi:10.1193/051712EQS188MR',
    requires: RHYPO,
    component: 'Average Horizontal',
    arguments: BC_HYDRO_ARGUMENTS,
    notes: 'The magnitude hinge is that of interface earthquakes. PGV follows from SA(0.5).',
    create: abrahamson,
  },
  {
    name: 'AtkinsonBoore2003SSlabCascadia',
    citation:
      'G. M. Atkinson, D. M. Boore (2003), Bulletin of the Seismological Society of America 93(4), 1703-1729, doi:10.1785/0120020156',
    requires: RRUP,
    component: 'Random horizontal',
    arguments: [],
    notes: `Above 3 s ${FOLLOWS}. PGV follows from SA(0.5).`,
    create: (id, depth) =>
      extended(id, atkinsonBoore(id, depth), {
        shortest: 0.05,
        longest: 3,
        follow: follow(id, depth, 'rrup'),
        pgv: PGV_OF_SLAB,
      }),
  },
  {
    name: 'GarciaEtAl2005SSlab',
    citation:
      'D. García, S. K. Singh, M. Herráiz, M. Ordaz, J. F. Pacheco (2005), Bulletin of the Seismological Society of America 95(6), 2272-2282',
    requires: RHYPO,
    component: 'Average Horizontal',
    arguments: [],
    notes: `Above 5 s ${FOLLOWS}. The distance is that to the hypocentre at all magnitudes, as in the reference engine.`,
    create: (id, depth) =>
      extended(id, garcia(id, depth), { shortest: 0.05, longest: 5, follow: follow(id, depth, 'rhypo') }),
  },
  {
    name: 'ZhaoEtAl2006SSlabCascadia',
    citation:
      'J. X. Zhao et al. (2006), Bulletin of the Seismological Society of America 96(3), 898-913, doi:10.1785/0120050122',
    requires: RRUP,
    component: 'Average Horizontal',
    arguments: [],
    notes: `Above 5 s ${FOLLOWS}. PGV follows from SA(0.5).`,
    create: (id, depth) =>
      extended(id, zhaoCanada(id, true, depth, RRUP), {
        shortest: 0.05,
        longest: 5,
        follow: follow(id, depth, 'rrup'),
        pgv: PGV_OF_SLAB,
      }),
  },
];

function declare(publication: Publication, depth: number): ModelDeclaration {
  const id = `CanadaSHM6_InSlab_${publication.name}${depth}`;
  return {
    id,
    citation: `${publication.citation}; as used in ${CANADA_CITATION}`,
    tectonicRegionType: 'Subduction IntraSlab',
    imts: CANADA_IMTS,
    component: publication.component,
    standardDeviations: ['total', 'inter', 'intra'],
    requires: publication.requires,
    arguments: publication.arguments,
    notes: `At a depth of ${depth} km. ${publication.notes}`,
    create: (args) => publication.create(id, depth, args),
  };
}

export const models: ModelModule['models'] = PUBLICATIONS.flatMap((publication) =>
  [30, 55].map((depth) => declare(publication, depth)),
);
