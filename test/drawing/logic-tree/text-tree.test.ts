import assert from 'node:assert/strict';
import { textTree } from '../../../drawing/logic-tree/text-tree.js';
import { countText, shortened, textWidth, valueTexts, weightText } from '../../../drawing/logic-tree/wording.js';
import { sampleSet, sampleTree } from './tree-samples.js';

describe('logic trees as text', () => {
  it('have a line per branch, × before sets that hang below all, and indented restricted sets', () => {
    const tree = sampleTree([
      sampleSet(1, 'sourceModel', 2, {}, [0.75, 0.25]),
      sampleSet(2, 'bGRRelative', 2, { applyToBranches: 'b1_2' }),
      sampleSet(3, 'maxMagGRAbsolute', 2, { applyToSources: 'f1 f2' }),
    ]);
    assert.equal(
      textTree(tree),
      [
        'A job',
        '12 paths',
        '',
        'Source-model logic tree: 3 branch sets, 6 branches, 6 paths',
        '',
        'bs1: sourceModel; 2 branches',
        '├─ AA  b1_1  source_model_1.xml  0.75',
        '└─ AB  b1_2  source_model_2.xml  0.25',
        '',
        '    bs2: bGRRelative; below b1_2; 2 branches',
        '    ├─ A  b2_1  0    0.5',
        '    └─ B  b2_2  0.1  0.5',
        '',
        '× bs3: maxMagGRAbsolute; sources f1, f2; 2 branches',
        '  ├─ A  b3_1  0    0.5',
        '  └─ B  b3_2  0.1  0.5',
        '',
        'Ground-motion logic tree: 1 tectonic region type, 2 branches, 2 paths',
        '',
        '× Active Shallow Crust, set set of Active Shallow Crust; 2 branches',
        '  ├─ A  g0  ChiouYoungs2014                          0.6',
        '  └─ B  g1  AbrahamsonEtAl2015SInter ergodic = true  0.4',
        '',
      ].join('\n'),
    );
  });

  it('stay short for 23,000 branches', () => {
    const text = textTree(sampleTree([sampleSet(1, 'sourceModel', 23_000)]));
    assert.ok(text.split('\n').length < 30);
    assert.match(text, /└─ … 22,990 more branches, weight 4\.348 × 10⁻⁵ each, sum 0\.9996\n/);
  });
});

describe('words for logic trees', () => {
  it('write large numbers as powers of ten', () => {
    assert.deepEqual([0, 999, 979_776, 9_999_999, 1e12, 1.2e12, 3 ** 30, Infinity].map(countText), [
      '0',
      '999',
      '979,776',
      '9,999,999',
      '10¹²',
      '1.2 × 10¹²',
      '2.06 × 10¹⁴',
      'more than 10³⁰⁸',
    ]);
  });
  it('write weights with four digits', () => {
    assert.deepEqual([1, 0.5, 1 / 3, 0.0001, 1 / 23_000, 0, -0.25].map(weightText), [
      '1',
      '0.5',
      '0.3333',
      '0.0001',
      '4.348 × 10⁻⁵',
      '0',
      '-0.25',
    ]);
  });
  it('keep the ends of long texts, and the names of models before their parameters', () => {
    const text = shortened('a_long_name_of_a_source_model_0042.xml', 13, 150);
    assert.match(text, /^a.*….*_0042\.xml$/);
    assert.ok(textWidth(text, 13) <= 150);
    const [value] = valueTexts(
      ['[AbrahamsonEtAl2015SInter]\nergodic = true\nsigma_mu_epsilon = 1.0\nfactor = 2'],
      13,
      320,
    );
    assert.match(value, /^AbrahamsonEtAl2015SInter .*….*factor = 2$/);
    assert.deepEqual(valueTexts(["'a/b.xml a/c.xml d.xml'", '0.30000000000000004', ''], 13, 300), [
      'b.xml + 2 files',
      '0.3',
      'no files',
    ]);
  });
  it('leave out parameters that do not tell branches apart', () => {
    const values = ['[A]\nx = 1\ny = 1.73205100', '[A]\nx = 1\ny = 0.0', '[B]\nx = 1'];
    assert.deepEqual(valueTexts(values, 13, 300), ['A y = 1.732051', 'A y = 0.0', 'B x = 1']);
  });
});
