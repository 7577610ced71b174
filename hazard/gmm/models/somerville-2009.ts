import { CoefficientTable, readTables, type RawTable } from '../coefficients.js';
import type { Requirements } from '../../contexts/context-batch.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { measuresAtSites, rockToSite } from '../terms/boore-2014-site.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'somerville-2009');
const requires: Requirements = { rupture: ['mag'], distances: ['rjb'], site: [] };
/** m/s: rock of the model, from which site response is reckoned */
const ROCK_VELOCITY = 865;
const LN_HINGE = 0.5 * Math.log(50 * 50 + 36);

function declaration(id: string, raw: RawTable): ModelDeclaration {
  const table = new CoefficientTable(raw);
  const model = perMeasureModel(id, requires, (imt) => {
    const c = table.row(imt, id);
    return (batch, out, k) => {
      const { start, rjb } = batch;
      const mean = out.mean[k];
      for (let r = 0; r < batch.ruptures; r++) {
        const m = batch.mag[r];
        const d = m - 6.4;
        const source = c.c1 + (d < 0 ? c.c2 : c.c7) * d + c.c8 * (8.5 - m) * (8.5 - m);
        for (let i = start[r]; i < start[r + 1]; i++) {
          const l = 0.5 * Math.log(rjb[i] * rjb[i] + 36);
          const spreading = rjb[i] < 50 ? c.c3 * l : c.c3 * LN_HINGE + c.c6 * (l - LN_HINGE);
          mean[i] = source + spreading + c.c4 * d * l + c.c5 * rjb[i];
        }
      }
      fillSigma(out, k, batch.size, c.sigma);
    };
  });
  return {
    id,
    citation:
      'P. Somerville, R. Graves, N. Collins, S. G. Song, S. Ni, P. Cummins (2009), Source and ground motion models for Australian earthquakes, report to Geoscience Australia',
    tectonicRegionType: 'Stable Shallow Crust',
    validity: {
      magnitude: [5, 7.5],
      distance: { kind: 'rjb', range: [0, 500] },
      source: 'the simulations that the equations are fitted to',
    },
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires,
    referenceVelocity: 800,
    arguments: [],
    create: () => model,
  };
}

/** The model taken from its rock to the velocities of the sites. */
function withSiteResponse(rock: ModelDeclaration): ModelDeclaration {
  const id = `${rock.id}_SS14`;
  return {
    ...rock,
    id,
    imts: measuresAtSites(rock.imts),
    citation: `${rock.citation}; site response: E. Seyhan, J. P. Stewart (2014), Earthquake Spectra 30(3), 1241-1256`,
    requires: { ...requires, site: ['vs30'] },
    async create(args, resources) {
      return rockToSite(id, await rock.create(args, resources), ROCK_VELOCITY, rock.imts);
    },
  };
}

const NON_CRATONIC = declaration('SomervilleEtAl2009NonCratonic', tables.nonCratonic);
const YILGARN = declaration('SomervilleEtAl2009YilgarnCraton', tables.yilgarn);

export const models: ModelModule['models'] = [
  NON_CRATONIC,
  withSiteResponse(NON_CRATONIC),
  YILGARN,
  withSiteResponse(YILGARN),
];
