import { CoefficientTable, readTables } from '../coefficients.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'lin-lee-2008');
const ROCK_TABLE = new CoefficientTable(tables.rock);
const SOIL_TABLE = new CoefficientTable(tables.soil);
/** sites of at least this velocity (m/s) are rock */
const ROCK_VELOCITY = 360;

const requires = { rupture: ['mag', 'hypoDepth'], distances: ['rhypo'], site: ['vs30'] } as const;

/** Equations 10 and 11, coefficients of tables 3 (rock) and 4 (soil): ln Y = C1 + C2 M + C3 ln(Rhyp + C4 exp(C5 M)) + C6 H + C7 Z; Z (slab) is 1 for intraslab earthquakes, else 0. */
function linLee(id: string, slab: 0 | 1): GroundMotionModel {
  return perMeasureModel(id, requires, (imt, sites) => {
    const rock = ROCK_TABLE.row(imt, id);
    const soil = SOIL_TABLE.row(imt, id);
    const onRock = Uint8Array.from(sites.numeric.vs30, (v) => (v >= ROCK_VELOCITY ? 1 : 0));
    return (batch, out, m) => {
      const { start, site, mag, hypoDepth, rhypo } = batch;
      const mean = out.mean[m];
      const total = out.total[m];
      for (let r = 0; r < batch.ruptures; r++) {
        const rockTerm = rock.C1 + rock.C2 * mag[r] + rock.C6 * hypoDepth[r] + slab * rock.C7;
        const soilTerm = soil.C1 + soil.C2 * mag[r] + soil.C6 * hypoDepth[r] + slab * soil.C7;
        const rockSaturation = rock.C4 * Math.exp(rock.C5 * mag[r]);
        const soilSaturation = soil.C4 * Math.exp(soil.C5 * mag[r]);
        for (let i = start[r]; i < start[r + 1]; i++) {
          if (onRock[site[i]] === 1) {
            mean[i] = rockTerm + rock.C3 * Math.log(rhypo[i] + rockSaturation);
            total[i] = rock.sigma;
          } else {
            mean[i] = soilTerm + soil.C3 * Math.log(rhypo[i] + soilSaturation);
            total[i] = soil.sigma;
          }
        }
      }
      out.inter[m].fill(0, 0, batch.size);
      out.intra[m].fill(0, 0, batch.size);
    };
  });
}

function declare(id: string, region: 'Interface' | 'IntraSlab', slab: 0 | 1): ModelDeclaration {
  const model = linLee(id, slab);
  return {
    id,
    citation:
      'P.-S. Lin, C.-T. Lee (2008), Bulletin of the Seismological Society of America 98(1), 220-240, doi:10.1785/0120060002',
    tectonicRegionType: `Subduction ${region}`,
    validity:
      region === 'Interface'
        ? {
            magnitude: [5.3, 8.1],
            distance: { kind: 'rhypo', range: [15, 630] },
            source: 'the data of interface earthquakes',
          }
        : {
            magnitude: [4.1, 6.7],
            distance: { kind: 'rhypo', range: [15, 630] },
            source: 'the data of slab earthquakes',
          },
    imts: ROCK_TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires,
    referenceVelocity: 800,
    arguments: [],
    create: () => model,
  };
}

export const models: ModelModule['models'] = [
  declare('LinLee2008SInter', 'Interface', 0),
  declare('LinLee2008SSlab', 'IntraSlab', 1),
];
