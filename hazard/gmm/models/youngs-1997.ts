import { CoefficientTable, readTables } from '../coefficients.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'youngs-1997');
const ROCK_TABLE = new CoefficientTable(tables.rock);
const SOIL_TABLE = new CoefficientTable(tables.soil);
/** sites of at least this velocity (m/s) are rock */
const ROCK_VELOCITY = 760;

/** Constants of one site class that no period changes (tables 2 and 3). */
interface SiteClass {
  readonly constant: number;
  readonly magnitude: number;
  readonly saturation: number;
  readonly saturationGrowth: number;
  readonly depth: number;
  /** added for earthquakes within the slab */
  readonly slab: number;
}
const ROCK: SiteClass = {
  constant: 0.2418,
  magnitude: 1.414,
  saturation: 1.7818,
  saturationGrowth: 0.554,
  depth: 0.00607,
  slab: 0.3846,
};
const SOIL: SiteClass = {
  constant: -0.6687,
  magnitude: 1.438,
  saturation: 1.097,
  saturationGrowth: 0.617,
  depth: 0.00648,
  slab: 0.3643,
};

/** The reference engine divides ln Y of rock sites at exactly this period (s) by the factor, slab shift included. */
const SCALED_PERIOD = 4;
const SCALED_DIVISOR = 0.399;

const requires = { rupture: ['mag', 'hypoDepth'], distances: ['rrup'], site: ['vs30'] } as const;

/** Median and sigma, equations 1 and 2 with the coefficients of tables 2 and 3; slab is 1 for intraslab earthquakes, else 0; fixedDepth (km) replaces the depth of the rupture, shift is added to ln Y. */
function youngs(id: string, slab: 0 | 1, fixedDepth?: number, shift = 0): GroundMotionModel {
  return perMeasureModel(id, requires, (imt, sites) => {
    const rock = ROCK_TABLE.row(imt, id);
    const soil = SOIL_TABLE.row(imt, id);
    const rockScale = imt.period === SCALED_PERIOD ? 1 / SCALED_DIVISOR : 1;
    const onRock = Uint8Array.from(sites.numeric.vs30, (v) => (v >= ROCK_VELOCITY ? 1 : 0));
    return (batch, out, m) => {
      const { start, site, mag, hypoDepth, rrup } = batch;
      const mean = out.mean[m];
      const total = out.total[m];
      for (let r = 0; r < batch.ruptures; r++) {
        const magnitude = mag[r];
        const depth = fixedDepth ?? hypoDepth[r];
        const cubed = (10 - magnitude) * (10 - magnitude) * (10 - magnitude);
        const rockTerm =
          ROCK.constant +
          ROCK.magnitude * magnitude +
          rock.C1 +
          rock.C2 * cubed +
          ROCK.depth * depth +
          slab * ROCK.slab;
        const soilTerm =
          SOIL.constant +
          SOIL.magnitude * magnitude +
          soil.C1 +
          soil.C2 * cubed +
          SOIL.depth * depth +
          slab * SOIL.slab;
        const rockSaturation = ROCK.saturation * Math.exp(ROCK.saturationGrowth * magnitude);
        const soilSaturation = SOIL.saturation * Math.exp(SOIL.saturationGrowth * magnitude);
        const capped = Math.min(magnitude, 8);
        const rockSigma = rock.C4 + rock.C5 * capped;
        const soilSigma = soil.C4 + soil.C5 * capped;
        for (let i = start[r]; i < start[r + 1]; i++) {
          if (onRock[site[i]] === 1) {
            mean[i] = (rockTerm + rock.C3 * Math.log(rrup[i] + rockSaturation)) * rockScale + shift;
            total[i] = rockSigma;
          } else {
            mean[i] = soilTerm + soil.C3 * Math.log(rrup[i] + soilSaturation) + shift;
            total[i] = soilSigma;
          }
        }
      }
      out.inter[m].fill(0, 0, batch.size);
      out.intra[m].fill(0, 0, batch.size);
    };
  });
}

function declare(id: string, region: 'Interface' | 'IntraSlab', model: GroundMotionModel): ModelDeclaration {
  return {
    id,
    citation:
      'R. R. Youngs, S.-J. Chiou, W. J. Silva, J. R. Humphrey (1997), Seismological Research Letters 68(1), 58-73, doi:10.1785/gssrl.68.1.58',
    tectonicRegionType: `Subduction ${region}`,
    validity: {
      magnitude: [5, Infinity],
      distance: { kind: 'rrup', range: [10, 500] },
      source: 'what its authors mean it for, summary of the paper',
    },
    imts: ROCK_TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires,
    referenceVelocity: 800,
    arguments: [],
    notes:
      'At exactly 4 s the reference engine divides ln Y of rock sites (vs30 of 760 m/s and more) by 0.399; this is followed.',
    create: () => model,
  };
}

/** Factor of the Geological Survey of Canada (2010) from rock to firm ground. */
const FIRM_GROUND = 1.162;

export const models: ModelModule['models'] = [
  declare('YoungsEtAl1997SInter', 'Interface', youngs('YoungsEtAl1997SInter', 0)),
  declare('YoungsEtAl1997SInterNSHMP2008', 'Interface', youngs('YoungsEtAl1997SInterNSHMP2008', 0, 20)),
  declare('YoungsEtAl1997SSlab', 'IntraSlab', youngs('YoungsEtAl1997SSlab', 1)),
  ...Object.entries({ Best: 0, LowerLimit: -0.7, UpperLimit: 0.7 }).map(([branch, delta]) => {
    const id = `YoungsEtAl1997GSCSSlab${branch}`;
    return declare(id, 'IntraSlab', youngs(id, 1, undefined, Math.log(FIRM_GROUND) + delta));
  }),
];
