import type { Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'idini-2017');
const TABLE = new CoefficientTable(tables.main);
/** from this magnitude on the distance to the rupture replaces that to the hypocentre */
const LARGE_MAGNITUDE = 7.7;
const REFERENCE_VELOCITY = 1530;
const SATURATION = 5;
const SATURATION_GROWTH = 0.35;
const SPREADING_GROWTH = 0.1;
/** km: slab earthquakes scale with the depth below this */
const REFERENCE_DEPTH = 50;

const INTERFACE: Requirements = { rupture: ['mag'], distances: ['rhypo', 'rrup'], site: ['vs30', 'soiltype'] };
const INTRASLAB: Requirements = {
  rupture: ['mag', 'hypoDepth'],
  distances: ['rhypo', 'rrup'],
  site: ['vs30', 'soiltype'],
};

/** log10 y (g) = F_M + F_D + F_S (equations 3 to 6); slab earthquakes have no saturation near the source. */
function modelOf(id: string, slab: boolean) {
  return perMeasureModel(id, slab ? INTRASLAB : INTERFACE, (imt, sites) => {
    const c = TABLE.row(imt, id);
    const soil = sites.text.soiltype.map(Number);
    // soil types 2 to 6 have a term of their own, type 1 is rock
    const siteTerms = sites.numeric.vs30.map((v, s) => {
      const coefficient = soil[s] >= 2 && soil[s] <= 6 ? c[`s${soil[s]}`] : 0;
      return coefficient * Math.log(v / REFERENCE_VELOCITY);
    });
    const tau = c.sigma_e * Math.LN10;
    const phi = c.sigma_r * Math.LN10;
    return (batch, out, m) => {
      const { start, site, mag, hypoDepth, rhypo, rrup } = batch;
      const mean = out.mean[m];
      for (let r = 0; r < batch.ruptures; r++) {
        const magnitude = mag[r];
        const distance = slab || magnitude < LARGE_MAGNITUDE ? rhypo : rrup;
        const source = slab
          ? c.c1 + c.dc1 + (c.c2 + c.dc2) * magnitude + c.c8 * (hypoDepth[r] - REFERENCE_DEPTH)
          : c.c1 + magnitude * (c.c2 + c.c9 * magnitude);
        const constant = Math.LN10 * source;
        const spreading = c.c3 + (slab ? c.dc3 : 0) + SPREADING_GROWTH * (magnitude - 5);
        const saturation = slab ? 0 : SATURATION * Math.exp(Math.LN10 * SATURATION_GROWTH * (magnitude - 5));
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
}

function declaration(id: string, slab: boolean): ModelDeclaration {
  return {
    id,
    citation: 'B. Idini, F. Rojas, S. Ruiz, C. Pastén (2017), Bulletin of Earthquake Engineering 15(5), 1853-1880',
    tectonicRegionType: `Subduction ${slab ? 'IntraSlab' : 'Interface'}`,
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: slab ? INTRASLAB : INTERFACE,
    referenceVelocity: REFERENCE_VELOCITY,
    arguments: [],
    notes: 'soiltype is a number, 1 to 6.',
    create: () => modelOf(id, slab),
  };
}

export const models: ModelModule['models'] = [
  declaration('IdiniEtAl2017SInter', false),
  declaration('IdiniEtAl2017SSlab', true),
];
