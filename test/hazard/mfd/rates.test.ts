import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TruncatedGutenbergRichter } from '../../../hazard/mfd/mfd.js';
import { withBValueIncrement, withMaxMag, withMaxMagIncrement } from '../../../hazard/mfd/modifications.js';
import { multiMfdMember } from '../../../hazard/mfd/multi.js';
import { binnedRates, magnitudeBins, summedBins } from '../../../hazard/mfd/rates.js';
import { scaledMfd } from '../../../hazard/mfd/scaled.js';
import { momentRate } from '../../../hazard/mfd/truncated-gutenberg-richter.js';
import { balancedYoungsCoppersmith, characteristicRates } from '../../../hazard/mfd/youngs-coppersmith-1985.js';
import { Refusal } from '../../../hazard/refusal.js';
import { assertClose } from '../../tolerance.js';

const GR: TruncatedGutenbergRichter = {
  kind: 'truncatedGutenbergRichter',
  aValue: 4,
  bValue: 1,
  minMag: 5,
  maxMag: 7,
};

const total = (rates: Float64Array): number => rates.reduce((a, b) => a + b, 0);

describe('magnitude-frequency distributions', () => {
  it('cut a truncated Gutenberg-Richter distribution into bins', () => {
    const { magnitudes, rates } = binnedRates(GR, 0.1);
    assert.equal(magnitudes.length, 20);
    assertClose(magnitudes[0], 5.05, { rtol: 1e-12 });
    assertClose(magnitudes[19], 6.95, { rtol: 1e-12 });
    // OpenQuake engine 3.24-dev reference figure
    assertClose(rates[0], 0.02056717653, { rtol: 1e-9 });
    assertClose(total(rates), 10 ** (4 - 5) - 10 ** (4 - 7), { rtol: 1e-9 });
  });

  it('snap the limits to multiples of the bin width', () => {
    const { magnitudes } = binnedRates({ ...GR, minMag: 4.95, maxMag: 7.05 }, 0.1);
    assertClose(magnitudes[0], 5.05, { rtol: 1e-12 });
    assertClose(magnitudes[magnitudes.length - 1], 7.05, { rtol: 1e-12 });
    assert.equal(binnedRates({ ...GR, minMag: 6.65, maxMag: 6.95 }, 0.3).rates.length, 0);
  });

  it('turn a slip rate into an a-value', () => {
    const mfd = {
      kind: 'slipRateGutenbergRichter',
      slipRate: 1,
      rigidity: 30,
      constantTerm: 9.1,
      bValue: 1,
      minMag: 5,
      maxMag: 7,
    } as const;
    // OpenQuake engine 3.24-dev reference figure
    assertClose(binnedRates(mfd, 0.1, 500).rates[0], 0.003874680487, { rtol: 1e-9 });
    assert.throws(() => binnedRates(mfd, 0.1), Refusal);
  });

  it('give Youngs & Coppersmith a flat characteristic part', () => {
    const mfd = {
      kind: 'youngsCoppersmith',
      bValue: 0.9,
      minMag: 5.5,
      characteristicMag: 7.1,
      characteristicRate: 0.002,
    } as const;
    const { magnitudes, rates } = binnedRates(mfd, 0.2);
    // OpenQuake engine 3.24-dev reference figures
    assertClose(rates[0], 0.001099496976, { rtol: 1e-9 });
    for (let i = 0; i < rates.length; i++) if (magnitudes[i] >= 6.85) assertClose(rates[i], 0.0008, { rtol: 1e-12 });
  });

  it('release the total moment rate when balanced', () => {
    const mfd = {
      kind: 'youngsCoppersmith',
      bValue: 1,
      minMag: 5,
      characteristicMag: 7,
      totalMomentRate: 1e16,
    } as const;
    const { magnitudes, rates } = binnedRates(balancedYoungsCoppersmith(mfd, 0.1), 0.1);
    const released = rates.reduce((sum, rate, i) => sum + rate * 10 ** (1.5 * magnitudes[i] + 9.05), 0);
    assertClose(released, 1e16, { rtol: 1e-9 });
  });

  it('share the total moment rate out between both parts as Youngs & Coppersmith do', () => {
    const mfd = {
      kind: 'youngsCoppersmith',
      bValue: 1,
      minMag: 5,
      characteristicMag: 7,
      totalMomentRate: 1e16,
    } as const;
    // OpenQuake engine 3.26.2 reference figures: as read from a file, and with the moment rate of the bins balanced
    for (const [one, aValue, characteristicRate, first] of [
      [mfd, 2.0588249687858737, 0.0002344286366259861, 0.000235504735562],
      [balancedYoungsCoppersmith(mfd, 0.1), 1.9917294347189358, 0.00020087002228679775, 0.0002017920769],
    ] as const) {
      const got = characteristicRates(one);
      assertClose(got.aValue, aValue, { rtol: 1e-12 });
      assertClose(got.characteristicRate, characteristicRate, { rtol: 1e-12 });
      assertClose(binnedRates(one, 0.1).rates[0], first, { rtol: 1e-9 });
    }
  });

  it('taper beyond the corner magnitude', () => {
    const mfd = { ...GR, kind: 'taperedGutenbergRichter', maxMag: 8, cornerMag: 7 } as const;
    const { magnitudes, rates } = binnedRates(mfd, 0.1);
    // OpenQuake engine 3.24-dev reference figure
    assertClose(rates[0], 0.02057998911, { rtol: 1e-9 });
    const plain = binnedRates({ ...GR, maxMag: 8 }, 0.1).rates;
    assert.ok(rates[rates.length - 1] < 0.1 * plain[plain.length - 1]);
    assert.equal(magnitudes.length, plain.length);
  });

  it('refuse what cannot be binned', () => {
    assert.throws(() => binnedRates({ ...GR, maxMag: 5.05 }, 0.1), /maximum magnitude 5.05/);
    assert.throws(() => binnedRates({ ...GR, bValue: -1 }, 0.1), /b-value/);
    assert.throws(() => binnedRates(GR, undefined), /width_of_mfd_bin/);
    const zero = Float64Array.of(0, 0);
    assert.throws(
      () => binnedRates({ kind: 'incremental', minMag: 5, binWidth: 0.1, occurRates: zero }, undefined),
      Refusal,
    );
    assert.throws(
      () =>
        binnedRates({ kind: 'arbitrary', magnitudes: Float64Array.of(5), occurRates: Float64Array.of(-1) }, undefined),
      Refusal,
    );
  });

  it('keep the moment rate when the maximum magnitude or b changes relatively', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.5, max: 1, noNaN: true }),
        fc.double({ min: -0.3, max: 0.5, noNaN: true }),
        (dm, db) => {
          assertClose(momentRate(withMaxMagIncrement(GR, dm)), momentRate(GR), { rtol: 1e-9 });
          assertClose(momentRate(withBValueIncrement(GR, db)), momentRate(GR), { rtol: 1e-9 });
        },
      ),
    );
    assert.ok(momentRate(withMaxMag(GR, 7.5)) > momentRate(GR));
  });

  it('scale all rates', () => {
    for (const mfd of [
      GR,
      { kind: 'incremental', minMag: 5, binWidth: 0.2, occurRates: Float64Array.of(0.1, 0, 0.2) } as const,
    ]) {
      assertClose(total(binnedRates(scaledMfd(mfd, 0.25), 0.1).rates), 0.25 * total(binnedRates(mfd, 0.1).rates), {
        rtol: 1e-12,
      });
    }
  });
});

describe('rate columns', () => {
  it('share the magnitudes of distributions with equal bins, and drop bins that are empty', () => {
    const occurRates = Float64Array.of(0.1, 0, 0.2);
    const one = magnitudeBins([{ kind: 'incremental', minMag: 5, binWidth: 0.5, occurRates }], undefined);
    assert.deepEqual([...one.magnitudes, ...one.rates], [5, 6, 0.1, 0.2]);
    const two = magnitudeBins([GR, { ...GR, aValue: 4.3 }], 0.1);
    assert.equal(two.magnitudes.length, 20);
    assertClose(two.rates[1], two.rates[0] * 10 ** 0.3, { rtol: 1e-12 });
  });

  it('take the union of magnitudes, with rate 0 where a column lacks one', () => {
    const bins = magnitudeBins([GR, { ...GR, maxMag: 7.4 }], 0.1);
    assert.equal(bins.magnitudes.length, 24);
    assert.equal(bins.rates[2 * 23], 0);
    assert.ok(bins.rates[2 * 23 + 1] > 0);
    for (const column of [0, 1]) {
      const sum = bins.rates.filter((_, i) => i % 2 === column).reduce((a, b) => a + b, 0);
      assertClose(sum, total(binnedRates(column === 0 ? GR : { ...GR, maxMag: 7.4 }, 0.1).rates), { rtol: 1e-12 });
    }
  });

  it('sum the rates of several sources', () => {
    const bins = magnitudeBins([GR], 0.1);
    assertClose(total(summedBins([bins, bins, bins]).rates), 3 * total(bins.rates), { rtol: 1e-12 });
  });

  it('give each point of a multi-point source its own distribution', () => {
    const mfd = {
      kind: 'multi',
      memberKind: 'arbitraryMFD',
      size: 2,
      fields: {
        lengths: Float64Array.of(1, 2),
        magnitudes: Float64Array.of(5, 6, 7),
        occurRates: Float64Array.of(0.1, 0.2, 0.3),
      },
    } as const;
    const member = multiMfdMember(mfd, 1, undefined);
    assert.ok(member.kind === 'arbitrary');
    assert.deepEqual([...member.magnitudes], [6, 7]);
  });

  it('prefer the bin width of a multi-point source to that of the job', () => {
    const one = (x: number): Float64Array => Float64Array.of(x);
    const fields = { a_val: one(3), b_val: one(1), min_mag: one(4.5), max_mag: one(7.4), bin_width: one(0.1) };
    const member = multiMfdMember({ kind: 'multi', memberKind: 'truncGutenbergRichterMFD', size: 1, fields }, 0, 0.5);
    assert.equal(binnedRates(member, 0.5).magnitudes.length, 29);
  });

  it('scale every rate by a factor, of the characteristic and of the moment kind too', () => {
    const characteristic = { kind: 'youngsCoppersmith', bValue: 0.9, minMag: 5.5, characteristicMag: 7.1 } as const;
    const kinds = [
      GR,
      { kind: 'incremental', minMag: 5.5, binWidth: 0.5, occurRates: Float64Array.of(0.02, 0.003) },
      { kind: 'arbitrary', magnitudes: Float64Array.of(5.1, 6.2), occurRates: Float64Array.of(0.01, 0.0007) },
      { ...characteristic, characteristicRate: 0.002 },
      { ...characteristic, totalMomentRate: 1e16 },
    ] as const;
    for (const mfd of kinds) {
      const whole = binnedRates(mfd, 0.2).rates;
      const part = binnedRates(scaledMfd(mfd, 0.3), 0.2).rates;
      assert.equal(part.length, whole.length);
      whole.forEach((rate, k) => assertClose(part[k], 0.3 * rate, { rtol: 1e-12 }, `${mfd.kind} ${k}`));
    }
  });
});
