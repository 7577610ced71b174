import assert from 'node:assert/strict';
import type { Arguments } from '../../../../hazard/gmm/model.js';
import { evaluate, modelOf, siteParameters } from '../contexts.js';
import { assertClose } from '../../../tolerance.js';

const RTOL = 1e-12;
const CONTEXT = { mag: 6.3, rake: 90, rjb: 20, rrup: 22, repi: 30, rhypo: 32 };
const SITES = siteParameters({ vs30: [400] });
const BA08 = 'BooreAtkinson2008';

const modified = (options: Arguments, model: Arguments = { [BA08]: {} }) =>
  modelOf('ModifiableGMPE', { gmpe: model, ...options });

describe('models that wrap other models', () => {
  it('AvgPoeGMPE offers its components, and the moments of the mixture where one mean is asked for', async () => {
    const model = await modelOf('AvgPoeGMPE', {
      b1: { BooreAtkinson2008: { weight: 0.25 } },
      b2: { AtkinsonBoore2006: { weight: 0.75 } },
    });
    assert.deepEqual(
      model.components!.map(({ weight, model: { id } }) => [weight, id]),
      [
        [0.25, BA08],
        [0.75, 'AtkinsonBoore2006'],
      ],
    );
    assert.deepEqual([...model.requires.distances].sort(), ['rjb', 'rrup']);
    const [a, b] = model.components!.map((c) => evaluate(c.model, ['PGA'], [CONTEXT], SITES));
    const both = evaluate(model, ['PGA'], [CONTEXT], SITES);
    const mean = 0.25 * a.mean[0][0] + 0.75 * b.mean[0][0];
    const spread = 0.25 * (a.mean[0][0] - mean) ** 2 + 0.75 * (b.mean[0][0] - mean) ** 2;
    assertClose(both.mean[0][0], mean, { rtol: RTOL });
    assertClose(both.total[0][0] ** 2, 0.25 * a.total[0][0] ** 2 + 0.75 * b.total[0][0] ** 2 + spread, { rtol: RTOL });
    assertClose(both.intra[0][0] ** 2, 0.25 * a.intra[0][0] ** 2, { rtol: RTOL });
  });

  it('AvgGMPE gives hazard from the probabilities of its models, and one mean without their spread where it is asked for', async () => {
    const half = { BooreAtkinson2008: { weight: 0.5 } };
    const model = await modelOf('AvgGMPE', { b1: half, b2: { SadighEtAl1997: { weight: 0.5 } } });
    assert.deepEqual(
      model.components?.map(({ weight, model: part }) => [weight, part.id]),
      [
        [0.5, 'BooreAtkinson2008'],
        [0.5, 'SadighEtAl1997'],
      ],
    );
  });

  it('averages need weights that add up to 1', async () => {
    const of = (weight: unknown) => modelOf('AvgGMPE', { b1: { BooreAtkinson2008: { weight } as Arguments } });
    await assert.rejects(of(0.9), /AvgGMPE: the weights add up to 0.9, not to 1/);
    await assert.rejects(of('all'), /b1.BooreAtkinson2008.weight = "all" must be a number/);
    await assert.rejects(modelOf('AvgGMPE', { b1: 1 }), /b1 must be a table with one model/);
  });

  it('MultiGMPE refuses measures it has no model for', async () => {
    const model = await modelOf('MultiGMPE', { PGA: { BooreAtkinson2008: {} } });
    assert.throws(
      () => evaluate(model, ['PGV'], [CONTEXT], SITES),
      /MultiGMPE does not support PGV: it has models for PGA/,
    );
  });

  it('ModifiableGMPE applies its options in their order', async () => {
    const plain = evaluate(await modelOf(BA08), ['PGA'], [CONTEXT], SITES);
    const scaled = { set_scale_total_sigma_scalar: { scaling_factor: 2 } };
    const fixed = { set_fixed_total_sigma: { total_sigma: { PGA: 0.3 } } };
    const first = evaluate(await modified({ ...scaled, ...fixed }), ['PGA'], [CONTEXT], SITES);
    const second = evaluate(await modified({ ...fixed, ...scaled }), ['PGA'], [CONTEXT], SITES);
    assertClose(first.total[0][0], 0.3, { rtol: RTOL });
    assertClose(second.total[0][0], 0.6, { rtol: RTOL });
    assert.equal(first.mean[0][0], plain.mean[0][0]);
  });

  it('ModifiableGMPE can build the total from the between-event part', async () => {
    const plain = evaluate(await modelOf(BA08), ['PGA'], [CONTEXT], SITES);
    const out = evaluate(
      await modified({ set_total_std_as_tau_plus_delta: { delta: -0.1 } }),
      ['PGA'],
      [CONTEXT],
      SITES,
    );
    assertClose(out.total[0][0] ** 2, plain.inter[0][0] ** 2 - 0.01, { rtol: RTOL });
  });

  it('ModifiableGMPE applies the amplification that the Swiss models give with each site', async () => {
    const plain = evaluate(await modelOf(BA08), ['PGA', 'SA(0.3)', 'SA(0.6)'], [CONTEXT], SITES);
    const sites = siteParameters({
      vs30: [400],
      amplfactor: [0.2],
      ch_ampl03: [0.3],
      ch_ampl06: [0.6],
      ch_phis2s03: [0.3],
      ch_phis2s06: [0.4],
      ch_phiss03: [0.4],
      ch_phiss06: [0.3],
    });
    const measures = ['PGA', 'SA(0.3)', 'SA(0.6)'];
    const one = evaluate(await modified({ apply_swiss_amplification: {} }), measures, [CONTEXT], sites);
    assertClose(one.mean[0][0] - plain.mean[0][0], 0.2, { rtol: 1e-9 });
    const two = evaluate(await modified({ apply_swiss_amplification_sa: {} }), measures, [CONTEXT], sites);
    assert.equal(two.mean[0][0], plain.mean[0][0]);
    assertClose(two.mean[1][0] - plain.mean[1][0], 0.3, { rtol: 1e-9 });
    assertClose(two.mean[2][0] - plain.mean[2][0], 0.6, { rtol: 1e-9 });
    assertClose(two.intra[1][0], 0.5, { rtol: RTOL });
    assertClose(two.total[2][0] ** 2, plain.inter[2][0] ** 2 + 0.25, { rtol: RTOL });
  });

  it('ModifiableGMPE names the option and the argument that are wrong', async () => {
    const refused = async (options: Arguments, message: RegExp) => assert.rejects(modified(options), message);
    await refused(
      { set_between_epsilon: { epsilon_tau: 'high' } },
      /set_between_epsilon.epsilon_tau = "high" must be a number/,
    );
    await refused({ set_between_epsilon: {} }, /epsilon_tau = missing must be a number/);
    await refused({ set_between_epsilon: 1 }, /set_between_epsilon must be a table of arguments/);
    await refused({ m9_basin_term: { depth: 6 } }, /m9_basin_term has no argument 'depth' \(its arguments: none\)/);
    await refused(
      { nrcan15_site_term: { kind: 'soft' } },
      /nrcan15_site_term.kind = "soft" must be one of base, linear/,
    );
    await refused({ sigma_model_alatik2015: { ergodic: 'no' } }, /ergodic = "no" must be true or false/);
    await refused({ set_fixed_total_sigma: { total_sigma: { PGA: 'x' } } }, /must be a table of numbers by measure/);
    await refused({ set_sigma: {} }, /ModifiableGMPE has no argument 'set_sigma'/);
    await assert.rejects(modified({}, {}), /gmpe must be a table with one model/);
  });

  it('a shift by between-event standard deviations needs a model that has one', async () => {
    const model = await modified({ set_between_epsilon: { epsilon_tau: 1 } }, { Campbell2003: {} });
    assert.throws(
      () => evaluate(model, ['PGA'], [CONTEXT], SITES),
      /needs a model with a between-event standard deviation/,
    );
  });

  it('SplitSigmaGMPE needs one part, not larger than the total', async () => {
    const split = (parts: Arguments) => modelOf('SplitSigmaGMPE', { gmpe_name: BA08, ...parts });
    await assert.rejects(split({}), /needs one of within_absolute and between_absolute/);
    await assert.rejects(split({ within_absolute: 1, between_absolute: 1 }), /needs one of/);
    const model = await split({ between_absolute: 2 });
    assert.throws(() => evaluate(model, ['PGA'], [CONTEXT], SITES), /the part 2 is larger than the total/);
  });

  it('averages of spectral acceleration refuse other measures and bad periods', async () => {
    const generic = (periods: unknown) =>
      modelOf('GenericGmpeAvgSA', { gmpe_name: BA08, avg_periods: periods as readonly number[] });
    await assert.rejects(generic([0.1, 'x']), /avg_periods = \[0.1,"x"\] must be a list of periods/);
    const model = await generic([0.1, 0.2]);
    assert.throws(() => evaluate(model, ['PGA'], [CONTEXT], SITES), /does not support PGA: it is defined for AvgSA/);
    const indirect = await modelOf('GmpeIndirectAvgSA', { gmpe_name: BA08, corr_func: 'none' });
    assert.throws(() => evaluate(indirect, ['AvgSA'], [CONTEXT], SITES), /it is defined for AvgSA\(T\)/);
    const akkar = modelOf('GenericGmpeAvgSA', { gmpe_name: BA08, avg_periods: [0.1, 5], corr_func: 'akkar' });
    await assert.rejects(akkar, /the correlation akkar is defined for periods from 0.01 to 4 s/);
  });

  it('site classes are checked', async () => {
    const model = await modelOf('PitilakisEtAl2018', { gmpe_name: BA08 });
    const sites = siteParameters({ vs30: [400] }, { ec8_p18: ['Z'] });
    assert.throws(() => evaluate(model, ['PGA'], [CONTEXT], sites), /ec8_p18 = 'Z' must be one of A, B1/);
  });
});

describe('the western and oceanic models of Canada 2015', () => {
  it('are Boore & Atkinson (2011) at an estimated distance, half a magnitude lower in the ocean', async () => {
    const rupture = (mag: number) => 10 ** (-2.44 + 0.59 * mag);
    const cases = [
      { name: 'WesternCan15Mid', mag: 6.3, rjb: 30 - 0.3 * rupture(6.3) },
      { name: 'OceanicCan15Mid', mag: 5.8, rjb: 30 - 0.3 * rupture(5.8) },
      { name: 'WesternCan15RjbMid', mag: 6.3, rjb: 20 },
    ];
    const base = await modelOf('BooreAtkinson2011');
    for (const { name, mag, rjb } of cases) {
      const out = evaluate(await modelOf(name), ['PGA', 'SA(1.0)'], [CONTEXT], SITES);
      const expected = evaluate(base, ['PGA', 'SA(1.0)'], [{ ...CONTEXT, mag, rjb }], SITES);
      for (const m of [0, 1]) assertClose(out.mean[m][0], expected.mean[m][0], { rtol: 1e-10 }, name);
    }
  });

  it('have a band of 0.1 + 0.0007 R in log10, 0.3 at most, and a sigma that grows with period', async () => {
    const far = { ...CONTEXT, rjb: 500 };
    const of = async (side: string) =>
      evaluate(await modelOf(`WesternCan15Rjb${side}`), ['PGV', 'SA(0.6)', 'SA(2.0)'], [CONTEXT, far], {
        ...SITES,
        size: 1,
      });
    const [low, middle, high] = await Promise.all(['Low', 'Mid', 'Upp'].map(of));
    assertClose((high.mean[0][0] - middle.mean[0][0]) / Math.LN10, 0.114, { rtol: 1e-10 });
    assertClose((middle.mean[0][1] - low.mean[0][1]) / Math.LN10, 0.3, { rtol: 1e-10 });
    assertClose(middle.total[0][0] / Math.LN10, 0.23, { rtol: RTOL });
    assertClose(middle.total[1][0] / Math.LN10, 0.25, { rtol: RTOL });
    assertClose(middle.total[2][0] / Math.LN10, 0.27, { rtol: RTOL });
  });
});
