import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { GRAVITY } from '../per-measure.js';
import { ADJUSTMENT_FACTOR } from '../shared-arguments.js';

const { tables, constants } = readTables(import.meta.url, 'derras-2014');

const TABLE = new CoefficientTable(tables.main);
/** first layer: [neuron][input], and what is added to each */
const WEIGHTS = constants?.weights as readonly (readonly number[])[];
const BIASES = constants?.biases as readonly number[];
const NEURONS = BIASES.length;

/** Input scaled to -1 .. 1 between its least and greatest value in the data of the network. */
const scaled = (value: number, least: number, greatest: number): number =>
  (2 * (value - least)) / (greatest - least) - 1;
const LEAST_DISTANCE = 0.1;

/** 1 normal, 3 reverse, 4 strike-slip. */
function styleNumber(rake: number): number {
  if (rake > 45 && rake < 135) return 3;
  return rake < -45 && rake > -135 ? 1 : 4;
}

/** km, from the hypocentral distance of ruptures without width, as in the German model of 2016. */
function estimatedRjb(rhypo: number, mag: number): number {
  const distance = rhypo - (4.853 + 1.347e-6 * Math.exp(8.163 * Math.log(mag)));
  return distance >= 3 ? Math.sqrt(distance * distance - 9) : 0;
}

/** A network of one hidden layer of five neurons (tanh), whose inputs are log10 Rjb, M, log10 vs30, depth and style; log10 y in m/s2 or m/s. */
function declaration(id: string, germany: boolean): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'B. Derras, P.-Y. Bard, F. Cotton (2014), Towards fully data driven ground-motion prediction models for Europe, Bulletin of Earthquake Engineering 12, 495-516',
      tectonicRegionType: 'Active Shallow Crust',
      imts: TABLE.imts,
      component: 'Average Horizontal',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: {
        rupture: germany ? ['mag', 'rake', 'hypoDepth', 'width'] : ['mag', 'rake', 'hypoDepth'],
        distances: germany ? ['rjb', 'rhypo'] : ['rjb'],
        site: ['vs30'],
      },
      arguments: germany ? [ADJUSTMENT_FACTOR] : [],
      ...(germany && { notes: 'Of ruptures without width rjb is estimated from the hypocentral distance.' }),
    },
    (imt, sites, args) => {
      const c = TABLE.row(imt, id);
      const unit =
        (imt.kind === 'PGV' ? Math.log(100) : -Math.log(GRAVITY)) +
        (germany ? Math.log(Number(args.adjustment_factor)) : 0);
      const output = [c.W_21, c.W_22, c.W_23, c.W_24, c.W_25];
      const velocity = sites.numeric.vs30.map((v) => scaled(Math.log10(v), Math.log10(92), Math.log10(1597.7)));
      const event = new Float64Array(NEURONS);
      let mag = 0;
      let point = false;
      return {
        rupture(batch, r) {
          mag = batch.mag[r];
          point = germany && batch.width[r] <= 0.001;
          const m = scaled(mag, 3.6, 7.6);
          const depth = scaled(batch.hypoDepth[r], 0, 25);
          const style = scaled(styleNumber(batch.rake[r]), 1, 4);
          for (let n = 0; n < NEURONS; n++) {
            const [, ofMag, , ofDepth, ofStyle] = WEIGHTS[n];
            event[n] = BIASES[n] + ofMag * m + ofDepth * depth + ofStyle * style;
          }
        },
        mean({ rjb, rhypo, site }, i) {
          const near = point ? estimatedRjb(rhypo[i], mag) : rjb[i];
          const distance = scaled(Math.log10(Math.max(near, LEAST_DISTANCE)), -1, Math.log10(547));
          let sum = c.B_2;
          for (let n = 0; n < NEURONS; n++)
            sum += output[n] * Math.tanh(event[n] + WEIGHTS[n][0] * distance + WEIGHTS[n][2] * velocity[site[i]]);
          return Math.LN10 * (((sum + 1) * (c.tmax - c.tmin)) / 2 + c.tmin) + unit;
        },
        deviations: log10Deviations(c.tau, c.phi),
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('DerrasEtAl2014', false),
  declaration('DerrasEtAl2014RhypoGermany', true),
];
