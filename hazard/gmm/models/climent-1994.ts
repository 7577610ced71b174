import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, GRAVITY, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'climent-1994');
const TABLE = new CoefficientTable(tables.main);
const ID = 'ClimentEtAl1994';
/** km: the reference engine does not go below this distance */
const MINIMUM_DISTANCE = 6.056877878;
/** sites below this velocity (m/s) are soil */
const ROCK_VELOCITY = 760;
const requires = { rupture: ['mag'], distances: ['rhypo'], site: ['vs30'] } as const;

/** ln z = c1 + c2 M + c3 ln R + c4 R + c5 S: PGA in m/s2, else pseudo-velocity in m/s, of the larger component. */
const model = perMeasureModel(ID, requires, (imt, sites) => {
  const { c1, c2, c3, c4, c5, SigmaB, r_SA: ratio, r_std: ratioOfSigma } = TABLE.row(imt, ID);
  const toAcceleration = imt.kind === 'PGA' ? 0 : Math.log((2 * Math.PI) / imt.period);
  // from the larger of two components to their geometric mean
  const unit = toAcceleration - Math.log(GRAVITY * ratio);
  const siteTerms = sites.numeric.vs30.map((v) => (v < ROCK_VELOCITY ? c5 : 0) + unit);
  return (batch, out, m) => {
    const { start, site, mag, rhypo } = batch;
    for (let r = 0; r < batch.ruptures; r++) {
      const constant = c1 + c2 * mag[r];
      for (let i = start[r]; i < start[r + 1]; i++) {
        const distance = Math.max(rhypo[i], MINIMUM_DISTANCE);
        out.mean[m][i] = constant + c3 * Math.log(distance) + c4 * distance + siteTerms[site[i]];
      }
    }
    fillSigma(out, m, batch.size, SigmaB / ratioOfSigma);
  };
});

const ClimentEtAl1994: ModelDeclaration = {
  id: ID,
  citation:
    'A. Climent, W. Taylor, M. Ciudad Real, W. Strauch, M. Villagrán, A. Dahle, H. Bungum (1994), NORSAR Technical Report 2-17',
  tectonicRegionType: 'Active Shallow Crust',
  imts: TABLE.imts,
  component: 'Greater of two horizontal',
  standardDeviations: ['total'],
  requires,
  arguments: [],
  notes: 'Converted to the geometric mean of the horizontal components with the ratios of Beyer & Bommer (2006).',
  create: () => model,
};

export const models: ModelModule['models'] = [ClimentEtAl1994];
