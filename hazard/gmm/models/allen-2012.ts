import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { measuresAtSites, rockToSite } from '../terms/boore-2014-site.js';
import { LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'allen-2012');
const SHALLOW = new CoefficientTable(tables.shallow);
const DEEP = new CoefficientTable(tables.deep);
const ID = 'Allen2012';
/** km: hypocentres from this depth on are deep */
const DEEP_FROM = 10;
/** m/s */
const ROCK_VELOCITY = 820;
const requires = { rupture: ['mag', 'hypoDepth'], distances: ['rrup'], site: [] } as const;

/** log10 y (cm/s2): spreading in three segments whose hinges r1, r2 (km) move with magnitude. */
const model = perMeasureModel(ID, requires, (imt) => {
  const shallow = SHALLOW.row(imt, ID);
  const deep = DEEP.row(imt, ID);
  return (batch, out, m) => {
    const { start, mag, hypoDepth, rrup } = batch;
    const mean = out.mean[m];
    for (let r = 0; r < batch.ruptures; r++) {
      const c = hypoDepth[r] < DEEP_FROM ? shallow : deep;
      const dm = mag[r] - 4;
      const r1 = 90 + c.c8 * dm;
      const r2 = 150 + c.c11 * dm;
      const near = 1 + c.c5 * dm;
      const constant = Math.LN10 * (c.c0 + dm * (c.c1 + c.c2 * dm)) + LN_CMS2_TO_G;
      const slope0 = c.c3 + c.c4 * dm;
      const slope1 = c.c6 + c.c7 * dm;
      const slope2 = c.c9 + c.c10 * dm;
      for (let i = start[r]; i < start[r + 1]; i++) {
        const distance = rrup[i];
        const capped = Math.min(distance, r1);
        let term = constant + 0.5 * slope0 * Math.log(capped * capped + near * near);
        if (distance > r1) term += slope1 * Math.log(distance / r1);
        if (distance > r2) term += slope2 * Math.log(distance / r2);
        mean[i] = term;
      }
      out.total[m].fill(c.sigma * Math.LN10, start[r], start[r + 1]);
    }
    out.inter[m].fill(0, 0, batch.size);
    out.intra[m].fill(0, 0, batch.size);
  };
});

const Allen2012: ModelDeclaration = {
  id: ID,
  citation: 'T. I. Allen (2012), Geoscience Australia Record 2012/69',
  tectonicRegionType: 'Stable Shallow Crust',
  validity: {
    magnitude: [4, 7.5],
    distance: { kind: 'rrup', range: [0, 400] },
    source: 'the simulations that the equations are fitted to',
  },
  imts: SHALLOW.imts,
  component: 'Median horizontal',
  standardDeviations: ['total'],
  requires,
  referenceVelocity: ROCK_VELOCITY,
  arguments: [],
  notes: 'With coefficients corrected by the author, not those printed in the record.',
  create: () => model,
};

/** From rock of 820 m/s to the velocities of the sites. */
const Allen2012SiteResponse: ModelDeclaration = {
  ...Allen2012,
  id: 'Allen2012_SS14',
  citation: `${Allen2012.citation}; site response: E. Seyhan, J. P. Stewart (2014), Earthquake Spectra 30(3), 1241-1256`,
  requires: { ...requires, site: ['vs30'] },
  imts: measuresAtSites(SHALLOW.imts),
  create: () => rockToSite('Allen2012_SS14', model, ROCK_VELOCITY, SHALLOW.imts),
};

export const models: ModelModule['models'] = [Allen2012, Allen2012SiteResponse];
