import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'mcverry-2006');
const PRIMED = new CoefficientTable(tables.primed);
const UNPRIMED = new CoefficientTable(tables.unprimed);
const SIGMA = new CoefficientTable(tables.sigma);
const STRESS_DROP = new CoefficientTable(tables.stressDrop);
const PGA = parseImt('PGA');

type Kind = 'crustal' | 'volcanic' | 'interface' | 'slab';

/** Faulting style flags: normal (-1 or 0) and reverse (1, 0.5 for oblique, 0). rake in degrees. */
function normalFlag(rake: number): number {
  return rake > -147 && rake < -33 ? -1 : 0;
}
function reverseFlag(rake: number): number {
  if (rake > 67 && rake < 123) return 1;
  return rake > 33 && rake < 66 ? 0.5 : 0;
}

/** Adds nothing on rock; sites are classes: 0 rock, 1 class C, 2 class D, from velocities (m/s) or letters. */
function siteClasses(sites: SiteParameters, letters: boolean): Uint8Array {
  if (letters) return Uint8Array.from(sites.text.siteclass, (s) => (s === 'C' ? 1 : s === 'D' ? 2 : 0));
  return Uint8Array.from(sites.numeric.vs30, (v) => (v >= 760 ? 0 : v >= 360 ? 1 : 2));
}

/** ln of the rock motion, g: equation 1 for crustal earthquakes (with path attenuation through the volcanic zone). */
function crustal(c: Coefficients, volcanic: boolean, batch: ContextBatch, out: Float64Array): void {
  const { start, mag, rake, rrup } = batch;
  const saturation = c.c10as * c.c10as;
  const slope = c.c5 + (volcanic ? c.c46 : 0);
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const constant =
      c.c1 +
      c.c4as * (m - 6) +
      c.c3as * (8.5 - m) * (8.5 - m) +
      c.c32 * normalFlag(rake[r]) +
      c.c33as * reverseFlag(rake[r]);
    const spreading = 0.5 * (c.c8 + c.c6as * (m - 6));
    for (let i = start[r]; i < start[r + 1]; i++)
      out[i] = constant + slope * rrup[i] + spreading * Math.log(rrup[i] * rrup[i] + saturation);
  }
}

/** ln of the rock motion, g: equation 2 for subduction earthquakes. */
function subduction(c: Coefficients, isInterface: boolean, batch: ContextBatch, out: Float64Array): void {
  const { start, mag, hypoDepth, rrup } = batch;
  const slope = c.c12y + (c.c15 - c.c17) * c.c19y;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const constant =
      c.c11 +
      slope * (m - 6) +
      c.c13y * (10 - m) * (10 - m) * (10 - m) +
      c.c20 * hypoDepth[r] +
      (isInterface ? c.c24 : 0);
    const saturation = c.c18y * Math.exp(c.c19y * m);
    for (let i = start[r]; i < start[r + 1]; i++) out[i] = constant + c.c17 * Math.log(rrup[i] + saturation);
  }
}

/** ln of the motion at the site, g. */
function motion(kind: Kind, c: Coefficients, classes: Uint8Array, batch: ContextBatch, out: Float64Array): void {
  if (kind === 'interface' || kind === 'slab') subduction(c, kind === 'interface', batch, out);
  else crustal(c, kind === 'volcanic', batch, out);
  for (let i = 0; i < batch.size; i++) {
    const siteClass = classes[batch.site[i]];
    if (siteClass === 1) out[i] += c.c29;
    else if (siteClass === 2) out[i] += c.c30as * Math.log(Math.exp(out[i]) + 0.03) + c.c43;
  }
}

/** Shift of ln Y in the Canterbury region for a stress drop of 1.5 times the usual one. */
function stressDropShift(c: Coefficients, mag: number): number {
  const scaled = 0.05 + (c.delta * Math.max(mag - c.M1, 0)) / (c.Mh - c.M1);
  return ((Math.LN10 * Math.log(1.5)) / Math.LN2) * Math.min(0.05 + c.delta, scaled);
}

/** Within-event standard deviation at a magnitude. */
function within(c: Coefficients, mag: number): number {
  return c.sigmaM6 + c.sigSlope * Math.min(Math.max(mag - 6, -1), 1);
}

function mcVerry(
  id: string,
  kind: Kind,
  requires: Requirements,
  letters: boolean,
  stressDrop: boolean,
): GroundMotionModel {
  return {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const classes = siteClasses(sites, letters);
      const pgaPrimed = PRIMED.row(PGA, id);
      const pgaUnprimed = UNPRIMED.row(PGA, id);
      const rows = imts.map((imt) => ({
        primed: PRIMED.row(imt, id),
        sigma: SIGMA.row(imt, id),
        stress: stressDrop ? STRESS_DROP.row(imt, id) : undefined,
      }));
      // every measure is scaled by the ratio of the two PGA estimates
      const ratio = new Float64Array(capacity);
      const scratch = new Float64Array(capacity);
      return (batch, out) => {
        const { start } = batch;
        motion(kind, pgaUnprimed, classes, batch, ratio);
        motion(kind, pgaPrimed, classes, batch, scratch);
        for (let i = 0; i < batch.size; i++) ratio[i] -= scratch[i];
        for (let m = 0; m < rows.length; m++) {
          const { primed, sigma, stress } = rows[m];
          const mean = out.mean[m];
          motion(kind, primed, classes, batch, mean);
          for (let i = 0; i < batch.size; i++) mean[i] += ratio[i];
          for (let r = 0; r < batch.ruptures; r++) {
            const phi = within(sigma, batch.mag[r]);
            out.intra[m].fill(phi, start[r], start[r + 1]);
            out.total[m].fill(Math.hypot(phi, sigma.tau), start[r], start[r + 1]);
            if (stress && batch.inCshm[r] === 1) {
              const shift = stressDropShift(stress, batch.mag[r]);
              for (let i = start[r]; i < start[r + 1]; i++) mean[i] += shift;
            }
          }
          out.inter[m].fill(sigma.tau, 0, batch.size);
        }
      };
    },
  };
}

function declare(
  id: string,
  tectonicRegionType: string,
  kind: Kind,
  options: { letters?: boolean; stressDrop?: boolean; canterbury?: boolean; notes?: string } = {},
): ModelDeclaration {
  const { letters = false, stressDrop = false, canterbury = stressDrop, notes } = options;
  const requires: Requirements = {
    rupture: canterbury ? ['mag', 'rake', 'hypoDepth', 'inCshm'] : ['mag', 'rake', 'hypoDepth'],
    distances: ['rrup'],
    site: [letters ? 'siteclass' : 'vs30'],
  };
  const model = mcVerry(id, kind, requires, letters, stressDrop);
  return {
    id,
    citation:
      'G. H. McVerry, J. X. Zhao, N. A. Abrahamson, P. G. Somerville (2006), Bulletin of the New Zealand Society for Earthquake Engineering 39(1), 1-58, doi:10.5459/bnzsee.39.1.1-58' +
      (canterbury ? '; G. McVerry, M. Gerstenberger, D. Rhoades (2011), GNS Science Report 2011/45' : ''),
    tectonicRegionType,
    validity: {
      magnitude: [5.25, 7.5],
      distance: { kind: 'rrup', range: [0, 400] },
      source: 'what its authors mean it for',
    },
    imts: PRIMED.imts,
    component: 'Greater of two horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [],
    notes,
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declare('McVerry2006Asc', 'Active Shallow Crust', 'crustal'),
  declare('McVerry2006AscSC', 'Active Shallow Crust', 'crustal', { letters: true }),
  declare('McVerry2006Chch', 'Active Shallow Crust', 'crustal', { letters: true, canterbury: true }),
  declare('McVerry2006ChchAdditionalSigma', 'Active Shallow Crust', 'crustal', {
    letters: true,
    canterbury: true,
    notes:
      'The additional standard deviation of 0.35 that gives the model its name is not added, as in the reference engine.',
  }),
  declare('McVerry2006ChchStressDrop', 'Active Shallow Crust', 'crustal', {
    letters: true,
    stressDrop: true,
    notes:
      'The shift for ruptures of the Canterbury region is added after the ratio of the two PGA estimates: PGA is shifted too.',
  }),
  declare('McVerry2006SInter', 'Subduction Interface', 'interface'),
  declare('McVerry2006SInterSC', 'Subduction Interface', 'interface', { letters: true }),
  declare('McVerry2006SSlab', 'Subduction IntraSlab', 'slab'),
  declare('McVerry2006SSlabSC', 'Subduction IntraSlab', 'slab', { letters: true }),
  declare('McVerry2006Volc', 'Volcanic', 'volcanic'),
  declare('McVerry2006VolcSC', 'Volcanic', 'volcanic', { letters: true }),
];
