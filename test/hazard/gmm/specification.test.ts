import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ModelDeclaration } from '../../../hazard/gmm/model.js';
import { checkArguments } from '../../../hazard/gmm/model-arguments.js';
import { parseModelSpecification } from '../../../hazard/gmm/specification.js';
import { Refusal } from '../../../hazard/refusal.js';

const read = (text: string, attributes: Record<string, string> = {}, folder = '') =>
  parseModelSpecification(text, attributes, folder);

describe('specification of a ground-motion model', () => {
  it('takes a plain name and a name in brackets for the same model', () => {
    assert.deepEqual(read('  ChiouYoungs2014\n'), read('[ChiouYoungs2014]'));
    assert.deepEqual(read('ChiouYoungs2014').specification, { name: 'ChiouYoungs2014', arguments: {} });
    assert.equal(read('ChiouYoungs2014').text, '[ChiouYoungs2014]');
  });

  it('nests tables by dotted keys and lets a dotted key extend an inline table', () => {
    const { specification, text } = read(`
        [ModifiableGMPE]
        gmpe.BooreAtkinson2008 = {}
        nrcan15_site_term = {}
        nrcan15_site_term.kind = 'base'
      `);
    assert.deepEqual(specification, {
      name: 'ModifiableGMPE',
      arguments: { gmpe: { BooreAtkinson2008: {} }, nrcan15_site_term: { kind: 'base' } },
    });
    assert.equal(text.split('\n')[1], 'gmpe.BooreAtkinson2008 = {}');
  });

  it('reads table headers, lists over several lines, quoted keys and comments', () => {
    const { specification } = read(`[MultiGMPE]
      # one model for each measure
      "SA(0.1)".BooreAtkinson2008 = {}
      [MultiGMPE.PGA.GenericGmpeAvgSA]
      avg_periods = [0.1, # short
        0.5]
      corr_func = "none"`);
    assert.deepEqual(specification.arguments, {
      'SA(0.1)': { BooreAtkinson2008: {} },
      PGA: { GenericGmpeAvgSA: { avg_periods: [0.1, 0.5], corr_func: 'none' } },
    });
  });

  it('keeps the order of the arguments', () => {
    const { specification } = read('[M]\nb1.A.weight=0.4\nb1.A.x=1\nb0.B.weight=0.6');
    assert.deepEqual(Object.keys(specification.arguments), ['b1', 'b0']);
  });

  it('appends XML attributes as arguments, reading numbers, words and lists', () => {
    const { specification, text } = read('Model', {
      submodel: '01',
      factor: '-1.5e1',
      flag: 'True',
      none: 'None',
      list: "['rjb', 2]",
      tuple: '(1.0,)',
      quoted: '"x"',
    });
    assert.deepEqual(specification.arguments, {
      submodel: '01',
      factor: -15,
      flag: true,
      none: null,
      list: ['rjb', 2],
      tuple: [1],
      quoted: 'x',
    });
    assert.equal(text.split('\n')[1], 'submodel = "01"');
  });

  it('resolves paths of files and tables relative to the folder, at any depth', () => {
    const { specification } = read('[A]\ngmpe_table = "./t.hdf5"\ngmpe.B.x_file = "/data/x.csv"', {}, 'job/trees');
    assert.equal(specification.arguments.gmpe_table, join('job/trees', 't.hdf5'));
    assert.deepEqual(specification.arguments.gmpe, { B: { x_file: '/data/x.csv' } });
  });

  it('keeps the names of submodels texts, also those that read like numbers', () => {
    const declaration = {
      id: 'Numbered',
      arguments: [{ name: 'submodel', meaning: 'table', type: 'text', allowed: ['09', '10'] }],
    } as unknown as ModelDeclaration;
    const written = read('Numbered', { submodel: '10' }).specification.arguments;
    assert.deepEqual(checkArguments(declaration, written), { submodel: '10' });
    assert.throws(() => checkArguments(declaration, { submodel: 11 }), /submodel = "11" must be one of "09", "10"/);
  });

  it('refuses what is not a model, naming the line', () => {
    assert.throws(() => read('  '), /must be named/);
    assert.throws(() => read('two words'), Refusal);
    assert.throws(() => read('[A B]'), /name of a ground-motion model in brackets/);
    assert.throws(() => read('[A]\nx = '), /'x =' is not a line of TOML/);
    assert.throws(() => read('[A]\nx = 1\nx = 2'), /'x' has a value already/);
    assert.throws(() => read('[A]\nx = 1\nx.y = 2'), /'x' has a value already/);
    assert.throws(() => read('[A]\n[B]\nx = 1'), /\[A\.table\]/);
    assert.throws(() => read('[A]\nx = [1,'), /bracket is not closed/);
    assert.throws(() => read('[A]\nx = 2020-01-01'), /a date is not an argument/);
  });
});
