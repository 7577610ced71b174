import { mediansWith } from './boore-2014.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma } from '../per-measure.js';
import { modifiedModel, type Modification } from '../wrappers/wrapped-model.js';

const { tables } = readTables(import.meta.url, 'zalachoris-rathje-2019');

const HYBRID = new CoefficientTable(tables.hybrid);
const INDUCED = new CoefficientTable(tables.induced);
/** rounded otherwise than in the paper of Boore et al. */
const BOORE = new CoefficientTable(tables.boore);
const ID = 'ZalachorisRathje2019';

/** Change for induced earthquakes, without the site term (equations 4 and 5), ln units. */
function magnitudeTerm(c: Coefficients, mag: number): number {
  return c.b0 + c.Cadj + c.b1 * Math.min(Math.max(mag - c.Mb, 0), 5.8 - c.Mb);
}

/** Boore et al. (2014), taken to eastern North America by the factor of Hassani & Atkinson (2015), and on to induced earthquakes. */
const adjustment: Modification = {
  requires: { rupture: ['mag'], distances: ['rjb', 'rhypo'], site: ['vs30'] },
  prepare(imts, sites) {
    const measures = imts.map((imt) => {
      const c = INDUCED.row(imt, ID);
      const site = sites.numeric.vs30.map((v) => (v < c.Vc ? c.c * Math.log(v / c.Vc) : 0));
      return { c, site, hybrid: HYBRID.row(imt, ID) };
    });
    return (batch, out) => {
      const { start, site: siteOf, mag, rjb, rhypo, size } = batch;
      for (let m = 0; m < measures.length; m++) {
        const { c, site, hybrid } = measures[m];
        for (let r = 0; r < batch.ruptures; r++) {
          const event = magnitudeTerm(c, mag[r]) + Math.LN10 * hybrid.C1;
          for (let i = start[r]; i < start[r + 1]; i++) {
            const far = hybrid.C2 * rjb[i] + hybrid.C3 * Math.max(0, Math.log10(Math.min(rjb[i], 150) / 50));
            const near = rhypo[i] < c.Rb ? c.a * Math.log(Math.max(rhypo[i], 4) / c.Rb) : 0;
            out.mean[m][i] += event + Math.LN10 * far + near + site[siteOf[i]];
          }
        }
        fillSigma(out, m, size, c.sigma, c.tau, c.phi);
      }
    };
  },
};

const ZalachorisRathje2019: ModelDeclaration = {
  id: ID,
  citation:
    'G. Zalachoris, E. M. Rathje (2019), Ground motion model for small-to-moderate earthquakes in Texas, Oklahoma, and Kansas, Earthquake Spectra 35(1), 1-20; with D. M. Boore et al. (2014), doi:10.1193/070113EQS184M',
  tectonicRegionType: 'Induced',
  imts: HYBRID.imts,
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: { rupture: ['mag', 'rake'], distances: ['rjb', 'rhypo'], site: ['vs30'] },
  arguments: [],
  create: () => modifiedModel(ID, mediansWith(ID, BOORE), [adjustment]),
};

export const models: ModelModule['models'] = [ZalachorisRathje2019];
