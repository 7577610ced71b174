import assert from 'node:assert/strict';
import { compareCase, peerCases } from './verification-case.js';

describe('verification cases of the Pacific Earthquake Engineering Research Center', function () {
  // the longest takes some 20 s of processor time, of which other programs may want a share
  this.timeout(300_000);

  for (const one of peerCases())
    it(`${one.id}, ${one.title}: agrees with ${one.codes.join(', ')}`, async () => {
      const { outside } = await compareCase(one);
      assert.deepEqual(outside, []);
    });
});
