import assert from 'node:assert/strict';
import { partsByFault } from '../../../hazard/sources/sections/fault-parts.js';
import type { MultiFaultSource } from '../../../hazard/sources/source.js';

const SOURCE: MultiFaultSource = {
  type: 'multiFault',
  id: 's',
  name: '',
  tectonicRegionType: 'A',
  sections: { ids: ['1', '2', '3', '4'], surfaces: [] },
  magnitudes: Float64Array.of(7, 6, 6.1, 6.2),
  rakes: Float64Array.of(0, 1, 2, 3),
  sectionStart: Int32Array.of(0, 2, 3, 4, 5),
  sectionIndices: Int32Array.of(2, 1, 0, 2, 3),
  probabilities: Float64Array.of(0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.6, 0.4),
  terms: 2,
  faults: [
    { tag: 'A', sections: Int32Array.of(0, 1) },
    { tag: 'B', sections: Int32Array.of(2) },
  ],
};

describe('parts of a multi-fault source by named fault', () => {
  it('take each rupture once, by the first fault that it breaks; the rest keeps the id of the source', () => {
    const parts = partsByFault(SOURCE);
    assert.deepEqual(
      parts.map(({ id, magnitudes }) => [id, [...magnitudes]]),
      [
        ['s@A', [7, 6]],
        ['s@B', [6.1]],
        ['s', [6.2]],
      ],
    );
    const [first] = parts;
    assert.deepEqual([...first.sectionStart], [0, 2, 3]);
    assert.deepEqual([...first.sectionIndices], [2, 1, 0]);
    assert.deepEqual([...first.probabilities], [0.9, 0.1, 0.8, 0.2]);
    assert.equal(first.sections, SOURCE.sections);
  });

  it('are the source itself where it names no faults', () => {
    const plain = { ...SOURCE, faults: undefined };
    assert.deepEqual(partsByFault(plain), [plain]);
  });
});
