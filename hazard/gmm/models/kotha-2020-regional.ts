import { insideRing } from '../../geo/planar-polygon.js';
import { meanOf, OPTION_ARGUMENTS } from '../terms/kotha-2020-terms.js';
import { CITATION, MAIN, siteModel } from './kotha-2020.js';
import type { Requirements } from '../../contexts/context-batch.js';
import { readTables } from '../coefficients.js';
import type { Evaluator, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma } from '../per-measure.js';
import { unsupportedMeasure } from '../refusals.js';

const { constants } = readTables(import.meta.url, 'kotha-2020-regional');
const ID = 'KothaEtAl2020regional';

interface Region {
  /** lon, lat, lon, lat ... of its parts */
  readonly rings: readonly Float64Array[];
  /** by measure */
  readonly values: readonly number[];
  /** standard errors of the values */
  readonly errors: readonly number[];
}
const regionsOf = (name: string): Region[] =>
  (constants?.[name] as readonly (Omit<Region, 'rings'> & { readonly rings: readonly (readonly number[])[] })[]).map(
    ({ rings, ...region }) => ({ ...region, rings: rings.map((ring) => Float64Array.from(ring)) }),
  );
const MEASURES = constants?.measures as readonly string[];
/** Of the attenuation, by site, and of the sources, by hypocentre. */
const ATTENUATION = regionsOf('attenuation');
const SOURCES = regionsOf('tectonic');

/** The last region that has the place, undefined for none. */
const regionAt = (regions: readonly Region[], lon: number, lat: number): Region | undefined =>
  regions.findLast(({ rings }) => rings.some((ring) => insideRing(ring, lon, lat)));

/** Value of a measure and `epsilon` standard errors. */
const residual = (region: Region | undefined, k: number, epsilon: number): number =>
  region === undefined ? 0 : region.values[k] + epsilon * region.errors[k];

const requires: Requirements = {
  rupture: ['mag', 'hypoDepth', 'hypoLon', 'hypoLat'],
  distances: ['rjb'],
  site: ['vs30', 'lon', 'lat'],
};

/** Kotha et al. (2020) with vs30, with the residuals of the regions of sites (attenuation) and of hypocentres (source). */
const KothaEtAl2020regional: ModelDeclaration = {
  id: ID,
  citation: CITATION,
  tectonicRegionType: 'Active Shallow Crust',
  imts: MAIN.imts,
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires,
  arguments: [
    {
      name: 'delta_l2l_epsilon',
      meaning: 'number of standard errors added to the residual of the source region',
      type: 'number',
      default: 0,
    },
    {
      name: 'delta_c3_epsilon',
      meaning: 'number of standard errors added to the residual of the attenuation region',
      type: 'number',
      default: 0,
    },
    ...OPTION_ARGUMENTS.filter(({ name }) => name === 'ergodic'),
    { name: 'c3', meaning: 'has no effect', type: 'table', default: null },
    { name: 'dl2l', meaning: 'has no effect', type: 'table', default: null },
  ],
  notes: `The residuals are there for ${MEASURES.join(', ')}: other periods are refused. Outside the regions they are 0.`,
  create(args): GroundMotionModel {
    const ofSource = Number(args.delta_l2l_epsilon);
    const ofAttenuation = Number(args.delta_c3_epsilon);
    return {
      id: ID,
      requires,
      prepare(imts, sites, capacity): Evaluator {
        const { lon, lat } = sites.numeric;
        const regions = Array.from(lon, (x, s) => regionAt(ATTENUATION, x, lat[s]));
        const measures = imts.map((imt) => {
          const k = MEASURES.indexOf(imt.name);
          if (k < 0) throw unsupportedMeasure(ID, imt, MEASURES.join(', '));
          const plain = siteModel(imt, ID, sites, args.ergodic === true);
          const { terms } = plain;
          const anelastic = terms.anelastic.map((c3, s) => c3 + residual(regions[s], k, ofAttenuation));
          return { ...plain, k, terms: { ...terms, anelastic } };
        });
        const sources: (Region | undefined)[] = new Array<Region | undefined>(capacity);
        return (batch, out) => {
          const { ruptures, start } = batch;
          for (let r = 0; r < ruptures; r++) sources[r] = regionAt(SOURCES, batch.hypoLon[r], batch.hypoLat[r]);
          measures.forEach(({ terms, tau, phi, k }, m) => {
            const mean = out.mean[m];
            meanOf(terms, batch, mean);
            for (let r = 0; r < ruptures; r++) {
              const shift = residual(sources[r], k, ofSource);
              for (let i = start[r]; i < start[r + 1]; i++) mean[i] += shift;
            }
            fillSigma(out, m, batch.size, Math.hypot(tau, phi), tau, phi);
          });
        };
      },
    };
  },
};

export const models: ModelModule['models'] = [KothaEtAl2020regional];
