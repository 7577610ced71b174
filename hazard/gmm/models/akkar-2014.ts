import type { ContextBatch, DistanceKind } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma } from '../per-measure.js';
import { ADJUSTMENT_FACTOR } from '../shared-arguments.js';

const { tables } = readTables(import.meta.url, 'akkar-2014');
const PGA = parseImt('PGA');

function declaration(id: string, distance: DistanceKind): ModelDeclaration {
  const table = new CoefficientTable(tables[distance]);
  const requires = { rupture: ['mag', 'rake'], distances: [distance], site: ['vs30'] } as const;
  return {
    id,
    citation:
      'S. Akkar, M. A. Sandikkaya, J. J. Bommer (2014), Empirical ground-motion models for point- and extended-source crustal earthquake scenarios in Europe and the Middle East, Bulletin of Earthquake Engineering 12, 359-387, doi:10.1007/s10518-013-9461-4',
    tectonicRegionType: 'Active Shallow Crust',
    validity: {
      magnitude: [4, 8],
      distance: { kind: distance, range: [0, 200] },
      vs30: [150, 1200],
      source: 'what its authors mean it for, summary of the paper',
    },
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    referenceVelocity: 800,
    arguments: [ADJUSTMENT_FACTOR],
    create: (args) => createModel(id, distance, table, Math.log(Number(args.adjustment_factor))),
  };
}

function createModel(
  id: string,
  distance: DistanceKind,
  table: CoefficientTable,
  adjustment: number,
): GroundMotionModel {
  return {
    id,
    requires: { rupture: ['mag', 'rake'], distances: [distance], site: ['vs30'] },
    prepare(imts, sites, capacity) {
      const { vs30 } = sites.numeric;
      const rock = table.row(PGA, id);
      const measures = imts.map((imt) => {
        const c = table.row(imt, id);
        const linear = vs30.map((v) => c.b1 * Math.log(Math.min(v, c.Vcon) / c.Vref) + adjustment);
        return { c, linear };
      });
      // (vs30 / 750)^n at soft sites, else NaN: those respond linearly
      const soft = vs30.map((v) => (v < rock.Vref ? Math.exp(rock.n * Math.log(v / rock.Vref)) : NaN));
      const softening = new Float64Array(capacity);
      return (batch, out) => {
        lnReference(rock, batch, batch[distance], softening);
        softeningOf(rock.c, soft, batch, softening);
        for (let m = 0; m < measures.length; m++) {
          const { c, linear } = measures[m];
          const mean = out.mean[m];
          lnReference(c, batch, batch[distance], mean);
          for (let i = 0; i < batch.size; i++) mean[i] += linear[batch.site[i]] + c.b2 * softening[i];
          fillSigma(out, m, batch.size, Math.hypot(c.sigma, c.tau), c.tau, c.sigma);
        }
      };
    },
  };
}

/** In place of ln PGA on rock: ln((P + c x) / ((P + c) x)) with x = (vs30 / 750)^n (equation 5); 0 at stiff sites. */
function softeningOf(constant: number, soft: Float64Array, batch: ContextBatch, values: Float64Array): void {
  for (let i = 0; i < batch.size; i++) {
    const x = soft[batch.site[i]];
    if (x !== x) values[i] = 0;
    else {
      const pga = Math.exp(values[i]);
      values[i] = Math.log((pga + constant * x) / ((pga + constant) * x));
    }
  }
}

/** ln of the motion on rock of 750 m/s (equation 2). */
function lnReference(c: Coefficients, batch: ContextBatch, distance: Float64Array, out: Float64Array): void {
  const { start, mag, rake } = batch;
  const a6Squared = c.a6 * c.a6;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = mag[r] - c.c1;
    let event = c.a1 + (dm <= 0 ? c.a2 : c.a7) * dm + c.a3 * (8.5 - mag[r]) * (8.5 - mag[r]);
    if (rake[r] > -135 && rake[r] < -45) event += c.a8;
    else if (rake[r] > 45 && rake[r] < 135) event += c.a9;
    const halfSlope = 0.5 * (c.a4 + c.a5 * dm);
    for (let i = start[r]; i < start[r + 1]; i++)
      out[i] = event + halfSlope * Math.log(distance[i] * distance[i] + a6Squared);
  }
}

export const models: ModelModule['models'] = [
  declaration('AkkarEtAlRjb2014', 'rjb'),
  declaration('AkkarEtAlRepi2014', 'repi'),
  declaration('AkkarEtAlRhyp2014', 'rhypo'),
  // the name of the model before its publication
  declaration('AkkarEtAl2013', 'rjb'),
];
