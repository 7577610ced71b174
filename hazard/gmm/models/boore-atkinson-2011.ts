import type { ContextBatch } from '../../contexts/context-batch.js';
import { booreAtkinson2008, MAIN } from './boore-atkinson-2008.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'boore-atkinson-2011');
const EASTERN = new CoefficientTable(tables.easternNorthAmerica);
const LN10 = Math.LN10;

const BooreAtkinson2011: ModelDeclaration = {
  id: 'BooreAtkinson2011',
  citation:
    'G. M. Atkinson, D. M. Boore (2011), Modifications to existing ground-motion prediction equations in light of new data, Bulletin of the Seismological Society of America 101(3), 1121-1135, doi:10.1785/0120100270; base: Boore & Atkinson (2008)',
  tectonicRegionType: 'Active Shallow Crust',
  imts: MAIN.imts,
  component: 'Average Horizontal (GMRotI50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: booreAtkinson2008.requires,
  referenceVelocity: 760,
  arguments: [],
  create: () => createModel('BooreAtkinson2011'),
};

const Atkinson2008prime: ModelDeclaration = {
  ...BooreAtkinson2011,
  id: 'Atkinson2008prime',
  tectonicRegionType: 'Stable Shallow Crust',
  create: () => createModel('Atkinson2008prime', EASTERN),
};

/** Boore & Atkinson (2008) with the correction of small magnitudes; with `table`, referred to eastern North America. */
function createModel(id: string, table?: CoefficientTable): GroundMotionModel {
  return {
    id,
    requires: booreAtkinson2008.requires,
    prepare(imts: readonly Imt[], sites, capacity) {
      for (const imt of imts) MAIN.row(imt, id); // an error names this model
      const evaluate = booreAtkinson2008.prepare(imts, sites, capacity);
      const rows = imts.map((imt) => table?.row(imt, id));
      const correction = new Float64Array(capacity);
      return (batch, out) => {
        evaluate(batch, out);
        smallMagnitudeCorrection(batch, correction);
        for (let m = 0; m < imts.length; m++) addCorrection(rows[m], batch, correction, out.mean[m]);
      };
    },
  };
}

/** ln of 10^(max(3.888 - 0.674 M, 0) - max(2.933 - 0.510 M, 0) log10(rjb + 10)). */
function smallMagnitudeCorrection(batch: ContextBatch, out: Float64Array): void {
  for (let r = 0; r < batch.ruptures; r++) {
    const constant = LN10 * Math.max(3.888 - 0.674 * batch.mag[r], 0);
    const slope = Math.max(2.933 - 0.51 * batch.mag[r], 0);
    for (let i = batch.start[r]; i < batch.start[r + 1]; i++)
      out[i] = slope === 0 ? constant : constant - slope * Math.log(batch.rjb[i] + 10);
  }
}

function addCorrection(
  row: Coefficients | undefined,
  batch: ContextBatch,
  correction: Float64Array,
  mean: Float64Array,
): void {
  const constant = row ? LN10 * row.c : 0;
  const slope = row ? LN10 * row.d : 0;
  for (let i = 0; i < batch.size; i++) mean[i] += correction[i] + constant + slope * batch.rjb[i];
}

export const models: ModelModule['models'] = [BooreAtkinson2011, Atkinson2008prime];
