import assert from 'node:assert/strict';
import { InputReport } from '../../../inputs/report.js';
import { faultText } from '../../../hazard/refusal.js';
import { readIni } from '../../../inputs/parameters/ini.js';

function read(text: string): { values: Record<string, string>; lines: Record<string, number>; faults: string[] } {
  const report = new InputReport();
  const entries = readIni(text, 'job.ini', report);
  return {
    values: Object.fromEntries(entries.map(({ key, value }) => [key, value])),
    lines: Object.fromEntries(entries.map(({ key, line }) => [key, line])),
    faults: report.faults.map(faultText),
  };
}

describe('job.ini', () => {
  it('takes = and :, keys in any case, sections of any name', () => {
    const { values, faults } = read('[a]\nMean = true\n[b c]\nstd: false\n');
    assert.deepEqual(faults, []);
    assert.deepEqual(values, { mean: 'true', std: 'false' });
  });

  it('leaves out comment lines, but not what follows a value', () => {
    const { values } = read('[a]\n# x = 1\n   ; y = 2\ndescription = a # b\n');
    assert.deepEqual(values, { description: 'a # b' });
  });

  it('continues values over indented lines, across comments and empty lines', () => {
    const { values } = read('[a]\nlevels = {\n  "PGA": [1,\n\n# comment\n  2]}\nmean = 1\n');
    assert.equal(values.levels, '{\n"PGA": [1,\n2]}');
    assert.equal(values.mean, '1');
  });

  it('keeps percent signs and dollars, skips a byte order mark, takes all line ends', () => {
    const { values } = read('\uFEFF[a]\r\ndescription = 10% in $50\r\nmean = 1\r\n');
    assert.deepEqual(values, { description: '10% in $50', mean: '1' });
  });

  it('remembers the line of each parameter', () => {
    assert.deepEqual(read('[a]\n\nmean = 1\nlevels = [1,\n 2]\nstd = 0\n').lines, { mean: 3, levels: 4, std: 6 });
  });

  it('reports every fault of a file, and reads on', () => {
    const { values, faults } = read('early = 1\n[a]\nmean = 1\nwhat is this\nmean = 2\n[a]\nstd = 1\n');
    assert.deepEqual(values, { early: '1', mean: '1', std: '1' });
    assert.equal(faults.length, 4);
    assert.match(faults[0], /line 1: early: stands before the first section/);
    assert.match(faults[1], /line 4: 'what is this': this is not a parameter/);
    assert.match(faults[2], /line 5: mean: stands already in line 3/);
    assert.match(faults[3], /line 6: \[a\]: the section stands already in line 2/);
  });

  it('refuses what is not text, and files without parameters', () => {
    assert.match(read('[a]\nx = \0\n').faults[0], /not a text file/);
    assert.match(read('').faults[0], /no parameters/);
  });
});
