import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import { parseImt } from '../imt.js';
import type { ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'hong-goda-2007');

const TABLE = new CoefficientTable(tables.main);
const AMPLIFICATION = new CoefficientTable(tables.amplification);
const ID = 'HongGoda2007';
const PGA = parseImt('PGA');
/** m/s */
const V1 = 180;
const V2 = 300;
const REFERENCE_VELOCITY = 760;
/** cm/s2: below this rock PGA the response does not change */
const WEAK = 60;

/** Slope of the response against ln of rock PGA; vs30 m/s. */
function nonlinearSlope({ b1sa, b2sa }: Coefficients, vs30: number): number {
  if (vs30 < V1) return b1sa;
  if (vs30 > V1 && vs30 <= V2) return (b1sa - b2sa) * (Math.log(vs30 / V2) / Math.log(V1 / V2)) + b2sa;
  if (vs30 > V2 && vs30 < REFERENCE_VELOCITY)
    return (b2sa * Math.log(vs30 / REFERENCE_VELOCITY)) / Math.log(V2 / REFERENCE_VELOCITY);
  return 0;
}

/** ln y (g or cm/s) = b1 + b2 (M - 7) + b3 (M - 7)^2 + [b4 + b5 (M - 4.5)] ln sqrt(Rjb^2 + h^2) + site response by rock PGA. */
const HongGoda2007 = formDeclaration(
  {
    id: ID,
    citation:
      'H. P. Hong, K. Goda (2007), Orientation-dependent ground-motion measure for seismic-hazard assessment, Bulletin of the Seismological Society of America 97(5), 1525-1538',
    tectonicRegionType: 'Active Shallow Crust',
    imts: TABLE.imts,
    component: 'Horizontal Maximum Direction (RotD100)',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag'], distances: ['rjb'], site: ['vs30'] },
    referenceVelocity: REFERENCE_VELOCITY,
    notes:
      'At vs30 = 180 m/s exactly the response is linear, as in the reference engine. Rock PGA comes from a form that is linear in magnitude.',
  },
  (imt, sites) => {
    const c = TABLE.row(imt, ID);
    const pga = TABLE.row(PGA, ID);
    const amplification = AMPLIFICATION.row(imt, ID);
    const { vs30 } = sites.numeric;
    const linear = vs30.map((v) => amplification.blin * Math.log(v / REFERENCE_VELOCITY));
    const slopes = vs30.map((v) => nonlinearSlope(amplification, v));
    let event = 0;
    let slope = 0;
    let rockEvent = 0;
    return {
      rupture({ mag }, r) {
        const dm = mag[r] - 7;
        event = c.b1 + dm * (c.b2 + dm * c.b3);
        slope = 0.5 * (c.b4 + c.b5 * (mag[r] - 4.5));
        rockEvent = pga.b1 + pga.b2 * dm + Math.log(980.665);
      },
      mean({ rjb, site }, i) {
        const s = site[i];
        const squared = rjb[i] * rjb[i];
        const lnRock = rockEvent + 0.5 * pga.b4 * Math.log(squared + pga.h * pga.h);
        const strength = Math.max(lnRock, Math.log(WEAK)) - Math.log(100);
        return event + slope * Math.log(squared + c.h * c.h) + linear[s] + slopes[s] * strength;
      },
      deviations: [c.sigtot, c.sig1, c.sig2],
    };
  },
);

export const models: ModelModule['models'] = [HongGoda2007];
