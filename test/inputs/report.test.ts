import assert from 'node:assert/strict';
import { InputReport, warningText } from '../../inputs/report.js';
import { type Fault, faultText, refusal, Refusal } from '../../hazard/refusal.js';

describe('faults of an input', () => {
  it('are rendered as one line naming file, line, key, value and what is allowed', () => {
    const text = faultText({
      code: 'INVALID_VALUE',
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
    assert.ok(
      faultText({ code: 'INVALID_VALUE', file: 'a.ini', key: 'k', value: 'x'.repeat(5000), message: 'too long' })
        .length < 200,
    );
  });

  it('are reported together, each once', () => {
    const report = new InputReport();
    for (const message of ['a', 'b', 'a']) report.fault({ code: 'INVALID_VALUE', file: 'job.ini', message });
    assert.throws(
      () => report.throwIfAny(),
      (error: unknown) =>
        error instanceof Refusal && error.code === 'INVALID_VALUE' && error.message === 'job.ini: a\njob.ini: b',
    );
  });

  it('end with a word about the rest when there are very many', () => {
    const report = new InputReport();
    for (let i = 0; i < 1000; i++) report.fault({ code: 'BROKEN_CSV', file: 'a.csv', line: i, message: 'wrong' });
    assert.equal(report.faults.length, InputReport.LIMIT + 1);
    assert.match(faultText(report.faults[InputReport.LIMIT]), /more than 200 faults/);
  });

  it('are absorbed from the science, while bugs pass through', async () => {
    const report = new InputReport();
    await report.collect({ file: 'sm.xml', line: 7 }, () => {
      throw refusal('INVALID_GEOMETRY', 'the polygon crosses itself');
    });
    assert.equal(faultText(report.faults[0]), 'sm.xml, line 7: the polygon crosses itself');
    assert.equal(report.faults[0].code, 'INVALID_GEOMETRY');
    for (const bug of [new TypeError('a bug'), new RangeError('a bug')])
      await assert.rejects(
        report.collect({ file: 'sm.xml' }, () => {
          throw bug;
        }),
        bug,
      );
  });

  it('keep what the science names, and say it once', () => {
    const report = new InputReport();
    const about = { key: 'width', value: '-3', allowed: 'a number above 0' };
    report.absorb(refusal('MODEL_ARGUMENT', 'ABC2020: width = -3 must be a number above 0', about), {
      file: 'gmm.xml',
      line: 9,
      key: 'uncertaintyModel',
      value: '[ABC2020] width = -3',
    });
    const [fault] = report.faults;
    assert.equal(
      faultText(fault),
      'gmm.xml, line 9: uncertaintyModel = [ABC2020] width = -3: ABC2020: width = -3 must be a number above 0',
    );
    assert.deepEqual(
      { key: fault.key, value: fault.value, allowed: fault.allowed, line: fault.line, code: fault.code },
      { ...about, line: 9, code: 'MODEL_ARGUMENT' },
    );
  });

  it('give a refusal the code that they share, or INVALID_INPUT', () => {
    const missing: Fault = {
      code: 'UNSUPPORTED',
      file: 'job.ini',
      message: 'not done yet',
      feature: 'disaggregation',
    };
    const wrong: Fault = { code: 'INVALID_VALUE', file: 'job.ini', message: 'wrong' };
    assert.equal(new Refusal([missing]).code, 'UNSUPPORTED');
    assert.deepEqual(new Refusal([missing]).features, ['disaggregation']);
    assert.equal(new Refusal([missing, wrong]).code, 'INVALID_INPUT');
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
