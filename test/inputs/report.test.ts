import assert from 'node:assert/strict';
import { InputReport, warningText } from '../../inputs/report.js';
import { faultText, Refusal } from '../../hazard/refusal.js';

describe('faults of an input', () => {
  it('are rendered as one line naming file, line, key, value and what is allowed', () => {
    const text = faultText({
      file: 'job.ini',
      line: 4,
      key: 'truncation_level',
      value: 'three\nor so',
      message: 'not a number',
      allowed: 'a number >= 0',
    });
    assert.equal(text, 'job.ini, line 4: truncation_level = three or so: not a number (allowed: a number >= 0)');
  });

  it('cut values that would fill the screen', () => {
    assert.ok(faultText({ file: 'a.ini', key: 'k', value: 'x'.repeat(5000), message: 'too long' }).length < 200);
  });

  it('are reported together, each once', () => {
    const report = new InputReport();
    for (const message of ['a', 'b', 'a']) report.fault({ file: 'job.ini', message });
    assert.throws(
      () => report.throwIfAny(),
      (error: unknown) =>
        error instanceof Refusal && error.code === 'INVALID_INPUT' && error.message === 'job.ini: a\njob.ini: b',
    );
  });

  it('end with a word about the rest when there are very many', () => {
    const report = new InputReport();
    for (let i = 0; i < 1000; i++) report.fault({ file: 'a.csv', line: i, message: 'wrong' });
    assert.equal(report.faults.length, InputReport.LIMIT + 1);
    assert.match(faultText(report.faults[InputReport.LIMIT]), /more than 200 faults/);
  });

  it('are absorbed from the science (RangeError) while bugs pass through', async () => {
    const report = new InputReport();
    await report.collect({ file: 'sm.xml', line: 7 }, () => {
      throw new RangeError('the polygon crosses itself');
    });
    assert.equal(faultText(report.faults[0]), 'sm.xml, line 7: the polygon crosses itself');
    await assert.rejects(
      report.collect({ file: 'sm.xml' }, () => {
        throw new TypeError('a bug');
      }),
      TypeError,
    );
  });

  it('say UNSUPPORTED when only features are missing, INVALID_INPUT otherwise', () => {
    const missing = { file: 'job.ini', message: 'not done yet', feature: 'disaggregation' };
    assert.equal(new Refusal([missing]).code, 'UNSUPPORTED');
    assert.deepEqual(new Refusal([missing]).features, ['disaggregation']);
    assert.equal(new Refusal([missing, { file: 'job.ini', message: 'wrong' }]).code, 'INVALID_INPUT');
  });
});

describe('warnings of an input', () => {
  it('are kept apart from faults, each once', () => {
    const report = new InputReport();
    report.warn({ file: 'job.ini', line: 2, message: 'unknown parameter' });
    report.warn({ file: 'job.ini', line: 2, message: 'unknown parameter' });
    report.throwIfAny();
    assert.deepEqual(report.warnings.map(warningText), ['job.ini, line 2: unknown parameter']);
  });
});
