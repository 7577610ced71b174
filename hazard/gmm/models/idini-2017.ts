import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'idini-2017');
const TABLE = new CoefficientTable(tables.main);
const ID = 'IdiniEtAl2017SInter';
/** from this magnitude on the distance to the rupture replaces that to the hypocentre */
const LARGE_MAGNITUDE = 7.7;
const REFERENCE_VELOCITY = 1530;
const SATURATION = 5;
const SATURATION_GROWTH = 0.35;
const SPREADING_GROWTH = 0.1;

const requires = { rupture: ['mag'], distances: ['rhypo', 'rrup'], site: ['vs30', 'soiltype'] } as const;

/** log10 y (g) = F_M + F_D + F_S (equations 3 to 6) for interface earthquakes. */
const model = perMeasureModel(ID, requires, (imt, sites) => {
  const c = TABLE.row(imt, ID);
  const soil = sites.text.soiltype.map(Number);
  // soil types 2 to 6 have a term of their own, type 1 is rock
  const siteTerms = sites.numeric.vs30.map((v, s) => {
    const coefficient = soil[s] >= 2 && soil[s] <= 6 ? c[`s${soil[s]}`] : 0;
    return coefficient * Math.log(v / REFERENCE_VELOCITY);
  });
  const tau = c.sigma_e * Math.LN10;
  const phi = c.sigma_r * Math.LN10;
  return (batch, out, m) => {
    const { start, site, mag, rhypo, rrup } = batch;
    const mean = out.mean[m];
    for (let r = 0; r < batch.ruptures; r++) {
      const distance = mag[r] < LARGE_MAGNITUDE ? rhypo : rrup;
      const constant = Math.LN10 * (c.c1 + mag[r] * (c.c2 + c.c9 * mag[r]));
      const spreading = c.c3 + SPREADING_GROWTH * (mag[r] - 5);
      const saturation = SATURATION * Math.exp(Math.LN10 * SATURATION_GROWTH * (mag[r] - 5));
      for (let i = start[r]; i < start[r + 1]; i++)
        mean[i] =
          constant +
          spreading * Math.log(distance[i] + saturation) +
          Math.LN10 * c.c5 * distance[i] +
          siteTerms[site[i]];
    }
    fillSigma(out, m, batch.size, Math.hypot(tau, phi), tau, phi);
  };
});

const IdiniEtAl2017SInter: ModelDeclaration = {
  id: ID,
  citation: 'B. Idini, F. Rojas, S. Ruiz, C. Pastén (2017), Bulletin of Earthquake Engineering 15(5), 1853-1880',
  tectonicRegionType: 'Subduction Interface',
  imts: TABLE.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total', 'inter', 'intra'],
  requires,
  referenceVelocity: REFERENCE_VELOCITY,
  arguments: [],
  notes: 'soiltype is a number, 1 to 6.',
  create: () => model,
};

export const models: ModelModule['models'] = [IdiniEtAl2017SInter];
