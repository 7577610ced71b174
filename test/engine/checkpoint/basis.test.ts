import assert from 'node:assert/strict';
import { currentBasis, differenceOf } from '../../../engine/checkpoint/basis.js';

const job = { parameters: { truncation_level: 3, sites: [1, 2] }, inputs: 'checksum 1, 2 bytes', setup: 'abc' };
const basis = currentBasis(job);

describe('what records are computed with', () => {
  it('fits when everything is the same', () => {
    assert.equal(differenceOf(structuredClone(basis), basis), undefined);
  });

  const differences: [object, RegExp][] = [
    [{ form: 0 }, /form 0/],
    [{ version: '0.0.1' }, /Terrane 0\.0\.1/],
    [{ machine: 'V8 1 on abacus' }, /V8 1 on abacus/],
    [{ inputs: 'checksum 3, 2 bytes' }, /input files have changed \(checksum 3/],
    [{ parameters: { truncation_level: 5, sites: [1, 2] } }, /^truncation_level was 5 and is 3$/],
    [{ parameters: { sites: [1, 2] } }, /^truncation_level was not given and is 3$/],
    [{ parameters: { ...job.parameters, maximum_distance: 2 } }, /^maximum_distance was 2 and is not given$/],
    [{ setup: 'abd' }, /sites, levels or ground-motion models/],
  ];
  for (const [change, said] of differences)
    it(`does not when another is the ${Object.keys(change)[0]}: ${said.source}`, () => {
      assert.match(differenceOf({ ...basis, ...change }, basis)!, said);
    });
});
