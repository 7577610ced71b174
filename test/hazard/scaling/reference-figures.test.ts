/** Every scaling relation at every style of faulting beside the figures of the reference engine. */
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { scalingRelation } from '../../../hazard/scaling/registry.js';
import { assertAllClose, assertClose } from '../../tolerance.js';

/** rake (null: none), medians at the arguments, standard deviation (null: none) */
type Row = readonly [rake: number | null, medians: readonly (number | null)[], sigma: number | null];

const { magnitudes, areasOfMagnitudes, areas, magnitudesOfAreas } = JSON.parse(
  readFileSync(fileURLToPath(new URL('./reference-figures.json', import.meta.url)), 'utf8'),
) as {
  magnitudes: readonly number[];
  areasOfMagnitudes: Readonly<Record<string, readonly Row[]>>;
  areas: readonly number[];
  magnitudesOfAreas: Readonly<Record<string, readonly Row[]>>;
};

/** the figures have ten digits */
const DIGITS = { rtol: 2e-9 };

describe('scaling relations beside those of the reference engine', () => {
  for (const [name, rows] of Object.entries(areasOfMagnitudes))
    it(`${name}: areas (km2) of magnitudes`, () => {
      const relation = scalingRelation(name);
      for (const [rake, medians, sigma] of rows) {
        const angle = rake ?? NaN;
        const got = magnitudes.map((magnitude) => relation.medianArea(magnitude, angle));
        assertAllClose(got, medians.map(Number), DIGITS, `rake ${rake}`);
        const deviation = magnitudes.map((magnitude) => relation.standardDeviationArea?.(magnitude, angle))[0];
        if (sigma === null) assert.equal(deviation, undefined);
        else assertClose(deviation, sigma, DIGITS, `standard deviation at rake ${rake}`);
      }
    });

  for (const [name, rows] of Object.entries(magnitudesOfAreas))
    it(`${name}: magnitudes of areas (km2)`, () => {
      const relation = scalingRelation(name);
      for (const [rake, medians, sigma] of rows) {
        const angle = rake ?? NaN;
        const got = areas.map((area) => relation.medianMagnitude?.(area, angle) ?? NaN);
        assertAllClose(got, medians.map(Number), DIGITS, `rake ${rake}`);
        if (sigma === null) continue;
        assertClose(relation.standardDeviationMagnitude?.(areas[0], angle), sigma, DIGITS, `deviation at rake ${rake}`);
      }
    });
});
