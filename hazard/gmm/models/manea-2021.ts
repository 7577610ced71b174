import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'manea-2021');
const TABLE = new CoefficientTable(tables.main);
const ID = 'ManeaEtAl2021';
const requires = { rupture: ['mag', 'hypoDepth'], distances: ['rhypo'], site: ['vs30', 'f0', 'backarc'] } as const;

/** Anelastic attenuation by side of the Carpathians: 0, 1, 2 as the site parameter backarc says, nothing else attenuates. */
function attenuation(c: Coefficients, backarc: number): number {
  if (backarc === 0) return c.phi7;
  if (backarc === 1) return c.phi6;
  return backarc === 2 ? c.phi5 : 0;
}

/** Site class term; vs30 m/s. */
function siteClass(c: Coefficients, vs30: number): number {
  if (vs30 >= 800) return c.phi9;
  if (vs30 >= 360) return c.phi10;
  return vs30 >= 180 ? c.phi11 : 0;
}

const model = perMeasureModel(ID, requires, (imt, sites) => {
  const c = TABLE.row(imt, ID);
  const { vs30, f0, backarc } = sites.numeric;
  const siteTerms = vs30.map((v, s) => siteClass(c, v) + c.phi8 * Math.log(f0[s] / 15) + LN_CMS2_TO_G);
  const slopes = backarc.map((side) => attenuation(c, side));
  return (batch, out, m) => {
    const { start, site, mag, hypoDepth, rhypo } = batch;
    const mean = out.mean[m];
    for (let r = 0; r < batch.ruptures; r++) {
      const dm = mag[r] - 5.7;
      const constant = c.phi0 + dm * (c.phi1 + c.phi2 * dm) + c.phi4 * hypoDepth[r];
      for (let i = start[r]; i < start[r + 1]; i++)
        mean[i] = constant + c.phi3 * Math.log(rhypo[i]) + slopes[site[i]] * rhypo[i] + siteTerms[site[i]];
    }
    fillSigma(out, m, batch.size, c.sigma, c.tau, c.phi);
  };
});

const ManeaEtAl2021: ModelDeclaration = {
  id: ID,
  citation:
    'E. F. Manea, C. O. Cioflan, L. Danciu (2021), Earthquake Spectra (ground-motion models for Vrancea intermediate-depth earthquakes)',
  tectonicRegionType: 'Subduction IntraSlab',
  imts: TABLE.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total', 'inter', 'intra'],
  requires,
  arguments: [],
  notes: 'backarc takes three values, 0, 1 and 2. f0 is the resonance frequency of the site, Hz.',
  create: () => model,
};

export const models: ModelModule['models'] = [ManeaEtAl2021];
