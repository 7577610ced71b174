import assert from 'node:assert/strict';
import { asGeometricMean, horizontalComponent } from '../../../../hazard/gmm/registry.js';
import { evaluate, modelOf, siteParameters } from '../contexts.js';
import { Refusal } from '../../../../hazard/refusal.js';
import { assertClose } from '../../../tolerance.js';

const SITES = siteParameters({ vs30: [500] });
const CONTEXT = { mag: 6, rake: 0, rjb: 30, rrup: 31, rhypo: 33 };

describe('conversion of horizontal components to the geometric mean', () => {
  it('divides RotD50 by the ratios of Boore & Kishida (2017), linear in ln T between the periods', async () => {
    const specification = { name: 'BooreEtAl2014', arguments: {} };
    const plain = await modelOf(specification.name);
    const { name, arguments: args } = await asGeometricMean(specification);
    const measures = ['PGA', 'PGV', 'SA(0.05)', 'SA(0.58)', 'SA(1.6316249569064578)', 'SA(10.0)'];
    const before = evaluate(plain, measures, [CONTEXT], SITES);
    const after = evaluate(await modelOf(name, args), measures, [CONTEXT], SITES);
    // the fifth period is the geometric mean of 0.58 s and 4.59 s
    [1.009, 1, 1.009, 1.028, 1.035, 1.077].forEach((ratio, m) => {
      assertClose(Math.exp(before.mean[m][0] - after.mean[m][0]), ratio, { rtol: 1e-9 }, measures[m]);
      assert.equal(after.total[m][0], before.total[m][0]);
    });
  });

  it('takes the extra variance of GMRotI50 from the total standard deviation', async () => {
    const { name, arguments: args } = await asGeometricMean({ name: 'BooreAtkinson2008', arguments: {} });
    const measures = ['PGA', 'PGV', 'SA(0.1)', 'SA(1.0)'];
    const before = evaluate(await modelOf('BooreAtkinson2008'), measures, [CONTEXT], SITES);
    const after = evaluate(await modelOf(name, args), measures, [CONTEXT], SITES);
    [0.02, 0.03, 0.03, 0.04].forEach((extra, m) => {
      assertClose(before.total[m][0] ** 2 - after.total[m][0] ** 2, extra * extra, { rtol: 1e-9 }, measures[m]);
      assert.equal(after.mean[m][0], before.mean[m][0]);
    });
  });

  it('leaves a geometric mean as it is where conversion is asked for by name', async () => {
    const plain = evaluate(await modelOf('SadighEtAl1997'), ['PGA', 'SA(1.0)'], [CONTEXT], SITES);
    const wrapper = await modelOf('ModifiableGMPE', { gmpe: { SadighEtAl1997: {} }, horiz_comp_to_geom_mean: {} });
    assert.deepEqual(evaluate(wrapper, ['PGA', 'SA(1.0)'], [CONTEXT], SITES), plain);
  });

  it('refuses by name what is neither a geometric mean nor can be converted', async () => {
    const model = await modelOf('ModifiableGMPE', {
      gmpe: { DowrickRhoades2005Asc: {} },
      horiz_comp_to_geom_mean: {},
    }).catch((error: unknown) => error);
    assert.ok(model instanceof Refusal);
    assert.match(
      model.message,
      /'Horizontal' cannot be converted to the geometric mean \(only Average Horizontal \(RotD50\)/,
    );
  });

  it('leaves the geometric mean and components it does not know as they are', async () => {
    const mean = { name: 'AtkinsonBoore2006', arguments: {} };
    assert.equal(await asGeometricMean(mean), mean);
    const mixture = { name: 'AvgPoeGMPE', arguments: { b1: { BooreEtAl2014: { weight: 1 } } } };
    assert.equal(await asGeometricMean(mixture), mixture);
  });

  it('finds the component of a wrapped model', async () => {
    const of = (name: string, args: Record<string, never> | object) =>
      horizontalComponent({ name, arguments: args as Record<string, never> });
    assert.equal(await of('NRCan15SiteTerm', { gmpe_name: 'BooreEtAl2014' }), 'Average Horizontal (RotD50)');
    const nested = { gmpe: { CY14SiteTerm: { gmpe_name: 'BooreAtkinson2008' } } };
    assert.equal(await of('ModifiableGMPE', nested), 'Average Horizontal (GMRotI50)');
  });
});
