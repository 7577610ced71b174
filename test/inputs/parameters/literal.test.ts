import assert from 'node:assert/strict';
import { linscale, logscale } from '../../../inputs/parameters/expression.js';
import { readLiteral } from '../../../inputs/parameters/literal.js';
import { Refusal } from '../../../hazard/refusal.js';
import { assertClose } from '../../tolerance.js';

describe('literals of a job file', () => {
  it('are JSON or Python: quotes, tuples, trailing commas, words', async () => {
    assert.deepEqual(await readLiteral('[1, 2.5, -3e-2, .5, 1_000,]'), [1, 2.5, -0.03, 0.5, 1000]);
    assert.deepEqual(await readLiteral('[(\'a\', True), ("b", None), [], ()]'), [['a', true], ['b', null], [], []]);
    const value = await readLiteral('{\'x\': {"y": [1]}, 2: false,}');
    assert.deepEqual(
      value,
      new Map<string, unknown>([
        ['x', new Map([['y', [1]]])],
        ['2', false],
      ]),
    );
  });

  it('may hold arithmetic wherever a number may stand', async () => {
    assert.deepEqual(
      await readLiteral('[2 * 9.81, (1 + 2) ^ 2, -2 ** 2, sqrt(16) / 8, exp(0)]'),
      [19.62, 9, -4, 0.5, 1],
    );
    assert.deepEqual(
      await readLiteral('{"PGA": logscale(0.1 * 2, 10 ^ 1, 2 + 1)}'),
      new Map([['PGA', logscale(0.2, 10, 3)]]),
    );
  });

  it('spread levels evenly in the logarithm, or evenly', () => {
    // OpenQuake engine 3.24-dev reference figures
    const expected = [0.01, 0.03760603093086393, 0.14142135623730948, 0.5318295896944986, 1.9999999999999991];
    for (const [i, level] of logscale(0.01, 2, 5).entries())
      assertClose(level, expected[i], { atol: 1e-15 * expected[i] * 4 });
    assert.deepEqual(linscale(0.1, 0.5, 5), [0.1, 0.2, 0.30000000000000004, 0.4, 0.5]);
    for (const bad of [
      [0, 1, 5],
      [1, 1, 5],
      [1, 2, 0],
      [1, 2, 2.5],
      [1, 2],
      [1, 2, 1e9],
    ])
      assert.throws(() => logscale(...bad), Refusal);
  });

  it('never run anything but arithmetic', async () => {
    const hostile = [
      'import("fs")',
      'evaluate("1")',
      'f(x) = x',
      'constructor',
      '__proto__',
      'cos(1)',
      '[1:1000000000]',
      '5 km',
      'sqrt(-1)',
      '1 / 0',
      'x = 5',
      '1; 2',
      'logscale(1, 2, 3)[1]',
      'logscale',
      '2 + logscale(1, 2, 3)',
      'true + 1',
      '"a" + "b"',
      '`x`',
      '${1}',
    ];
    for (const text of hostile) await assert.rejects(readLiteral(text), Refusal, text);
  });

  it('are bounded in length, depth and size', async () => {
    for (const text of [
      '['.repeat(5000),
      `[${'1+'.repeat(500)}1]`,
      '1e999',
      `"${'x'.repeat(1_000_001)}"`,
      '('.repeat(150) + '1',
    ])
      await assert.rejects(readLiteral(text), Refusal, text.slice(0, 20));
  });

  it('name the place of what is wrong', async () => {
    await assert.rejects(readLiteral('[1 2]'), /'1 2' is neither a literal nor arithmetic|not arithmetic/);
    await assert.rejects(readLiteral('{"a": 1, "a": 2}'), /'a' stands twice/);
    await assert.rejects(readLiteral('["a" 1]'), /at character 6/);
    await assert.rejects(readLiteral('{"a": [1'), /ends before its brackets are closed/);
    await assert.rejects(readLiteral("'abc"), /not closed/);
    await assert.rejects(readLiteral('{[1]: 2}'), /must be a text/);
  });
});
