import assert from 'node:assert/strict';
import { exceedanceTable } from '../../../hazard/exceedance/truncated-normal.js';
import { ContextBatch } from '../../../hazard/contexts/context-batch.js';
import { CORRELATIONS as MODELS } from '../../../hazard/gmm/terms/period-correlation.js';
import { addMoments, conditionalSpectrum, MOMENTS, type SpectrumRequest } from '../../../hazard/spectrum/moments.js';
import { assertClose } from '../../tolerance.js';

// All figures: OpenQuake engine 3.24-dev reference figures.

const PERIODS = [0, 0.01, 0.05, 0.1, 0.109, 0.11, 0.15, 0.2, 0.3, 1, 5];
const CORRELATIONS: readonly (readonly number[])[] = [
  [1.0, 0.8111447954, 0.9345386534, 0.8842427851, 0.8848261079, 0.8849006873, 0.8875854034, 0.8829903128, 0.7986681751, 0.5242923156, 0.1204417558],
  [0.8111447954, 1.0, 0.9476309227, 0.8958185066, 0.89539252, 0.8953642612, 0.8950797098, 0.8808594475, 0.7953518503, 0.5191484228, 0.1182569143],
  [0.9345386534, 0.9476309227, 1.0, 0.9421213925, 0.9376581685, 0.9372185567, 0.9153049738, 0.8380124703, 0.7286679121, 0.4157161447, 0.07432459692],
  [0.8842427851, 0.8958185066, 0.9421213925, 1.0, 0.9904902291, 0.9895364261, 0.8843515529, 0.781400168, 0.6405606169, 0.2790544761, 0.0162782703],
  [0.8848261079, 0.89539252, 0.9376581685, 0.9904902291, 1.0, 0.9966575172, 0.8834065986, 0.7796718926, 0.6378708539, 0.2748824322, 0.01450621655],
  [0.8849006873, 0.8953642612, 0.9372185567, 0.9895364261, 0.9966575172, 1.0, 0.886726936, 0.7829334673, 0.6409884983, 0.2771882003, 0.01507897948],
  [0.8875854034, 0.8950797098, 0.9153049738, 0.8843515529, 0.8834065986, 0.886726936, 1.0, 0.8949028033, 0.7490206381, 0.3601170702, 0.04101479323],
  [0.8829903128, 0.8808594475, 0.8380124703, 0.781400168, 0.7796718926, 0.7829334673, 0.8949028033, 1.0, 0.8521438648, 0.4444250664, 0.07611614062],
  [0.7986681751, 0.7953518503, 0.7286679121, 0.6405606169, 0.6378708539, 0.6409884983, 0.7490206381, 0.8521438648, 1.0, 0.5734688765, 0.1428512084],
  [0.5242923156, 0.5191484228, 0.4157161447, 0.2790544761, 0.2748824322, 0.2771882003, 0.3601170702, 0.4444250664, 0.5734688765, 1.0, 0.4444250664],
  [0.1204417558, 0.1182569143, 0.07432459692, 0.0162782703, 0.01450621655, 0.01507897948, 0.04101479323, 0.07611614062, 0.1428512084, 0.4444250664, 1.0],
]; // prettier-ignore

/** Sigma of ln PGA, SA(0.1), SA(0.2), SA(1.0) by Akkar and Bommer (2010) and by Boore and Atkinson (2008). */
const SIGMAS: readonly (readonly number[])[] = [
  [0.64851429326413, 0.68320741884558, 0.69561709298277, 0.74897093919895],
  [0.564, 0.608, 0.596, 0.647],
];
/** Number of the model, rate (1/yr), and means of ln PGA, SA(0.1), SA(0.2), SA(1.0) of 24 ruptures. */
const RUPTURES: readonly (readonly [number, number, number, number, number, number])[] = [
  [0, 0.00742816785350442, -3.9992344380846, -3.3901673503166, -3.1291437658713, -5.2454013473136],
  [0, 0.00324251293204725, -3.5407254751139, -2.9399567549095, -2.6661902683811, -4.4656965357989],
  [0, 0.00141540821641684, -3.1143312385329, -2.5288603689853, -2.2453459356692, -3.8031482488293],
  [1, 0.00601892825216055, -2.8088400363922, -2.0120418071747, -2.0073940753937, -3.7325558662415],
  [1, 0.00239617843180895, -2.3946988582611, -1.644226193428, -1.5593398809433, -3.102267742157],
  [1, 0.000333333329763263, -2.7581579685211, -2.1065833568573, -1.8975545167923, -3.3159074783325],
  [1, 0.000333333329763263, -2.6718075275421, -2.0140538215637, -1.813157916069, -3.237574338913],
  [1, 0.000333333329763263, -2.5012230873108, -1.8304717540741, -1.6447668075562, -3.0758283138275],
  [1, 0.000333333329763263, -2.5854485034943, -1.9212462902069, -1.7281867265701, -3.156861782074],
  [1, 0.000333333329763263, -2.6875381469727, -2.0309302806854, -1.8285747766495, -3.2520198822021],
  [1, 0.000333333329763263, -2.7147421836853, -2.0600943565369, -1.8551913499832, -3.2768161296844],
  [1, 0.000333333329763263, -2.7950031757355, -2.1459846496582, -1.9333966970444, -3.3486225605011],
  [1, 0.000333333329763263, -2.6202046871185, -1.9586300849915, -1.7624528408051, -3.1896333694458],
  [1, 0.000333333329763263, -2.834032535553, -2.1876697540283, -1.9712542295456, -3.3828234672546],
  [1, 0.000333333329763263, -2.7595462799072, -2.1080689430237, -1.8989070653915, -3.3171474933624],
  [1, 0.000333333329763263, -2.5606942176819, -1.8945939540863, -1.7037254571915, -3.1332836151123],
  [1, 0.000333333329763263, -2.6358873844147, -1.9754843711853, -1.7778842449188, -3.2042934894562],
  [1, 0.000953935843426734, -1.9740067720413, -1.2828645706177, -1.1052947044373, -2.483341217041],
  [1, 0.000333333329763263, -2.3449704647064, -1.7147896289825, -1.4835414886475, -2.8343739509583],
  [1, 0.000333333329763263, -2.4265546798706, -1.8031030893326, -1.5660214424133, -2.9131572246552],
  [1, 0.000333333329763263, -2.475465297699, -1.855917096138, -1.6151747703552, -2.9592852592468],
  [1, 0.000333333329763263, -2.4025650024414, -1.7771632671356, -1.5418322086334, -2.8902308940887],
  [1, 0.000333333329763263, -2.5103211402893, -1.8934942483902, -1.650069475174, -2.9916577339172],
  [1, 0.000333333329763263, -2.5520095825195, -1.938373208046, -1.6916589736938, -3.0298357009888],
]; // prettier-ignore
const MEASURES = 4;
/** number of SA(0.2), its levels with 10 % and 2 % in 50 years, and its correlation with each measure */
const REFERENCE = 2;
const LEVELS = [0.401329437173, 0.712828575227];
const TIME = 50;
const POES = [0.1, 0.02];
const RHO = [0.8829903128, 0.781400168, 1.0, 0.4444250664];
/** One realization: spectrum [probabilities x measures] and standard deviations; the mean over all realizations they are about. */
const SPECTRUM = [
  0.2757261435, 0.437399303, 0.5335626518, 0.1526043518, 0.4973515909, 0.6930193216, 0.841504492, 0.3067751379,
];
const DEVIATIONS = [
  0.2252861819, 0.3267725678, 0.03116889298, 0.5350276374, 0.1920483599, 0.2771945579, 0.01401400377, 0.4445570412,
];
const MEAN_SPECTRUM = [
  0.1507511528, 0.2980256141, 0.3865289603, 0.06520736401, 0.2496063989, 0.4838188216, 0.6989736033, 0.09438600713,
];

function moments(request: SpectrumRequest, { factor = 1, row = 0 } = {}): Float64Array {
  const sums = new Float64Array((row + 1) * request.totals.length * MEASURES * MOMENTS);
  for (const model of [0, 1]) {
    const ruptures = RUPTURES.filter((rupture) => rupture[0] === model);
    const batch = new ContextBatch(ruptures.length, new Set(), new Set());
    const mean = SIGMAS[model].map(() => new Float64Array(ruptures.length));
    const total = SIGMAS[model].map((sigma) => new Float64Array(ruptures.length).fill(sigma));
    ruptures.forEach(([, rate, ...means], k) => {
      batch.rates[k] = rate;
      batch.row[k] = row;
      means.forEach((value, m) => (mean[m][k] = value));
      batch.commitRupture(1);
    });
    addMoments(batch, { mean, total, inter: total, intra: total }, request, exceedanceTable(3), factor, sums);
  }
  return sums;
}

const TOTALS = Float64Array.from(POES, (poe) => -Math.log1p(-poe) / TIME);

describe('correlation between periods', () => {
  it('is that of Baker and Jayaram (2008), peak ground acceleration at period 0', () => {
    PERIODS.forEach((first, i) => {
      PERIODS.forEach((second, j) => {
        assertClose(
          MODELS.baker_jayaram(first, second),
          CORRELATIONS[i][j],
          { rtol: 1e-9 },
          `${first} s with ${second} s`,
        );
      });
    });
  });
});

describe('moments over the ruptures that exceed a level', () => {
  it('give the conditional spectrum, with deviations about the mean of all realizations', () => {
    const levels = Float64Array.from(LEVELS, Math.log);
    const correlations = Float64Array.from(RHO);
    const request = { kind: 'conditional', levels, totals: TOTALS, reference: REFERENCE, correlations } as const;
    const { mean, std } = conditionalSpectrum(moments(request), MEAN_SPECTRUM.map(Math.log));
    // ruptures are known to 32-bit floats
    mean.forEach((value, cell) => {
      assertClose(Math.exp(value), SPECTRUM[cell], { rtol: 1e-6 }, `spectrum ${cell}`);
    });
    std.forEach((value, cell) => {
      assertClose(value, DEVIATIONS[cell], { rtol: 1e-6 }, `deviation ${cell}`);
    });
  });

  it('go to the row of rates of their rupture, with the share of their model', () => {
    const levels = new Float64Array(2 * MEASURES).fill(Math.log(0.1));
    const correlations = Float64Array.from(RHO);
    for (const request of [
      { kind: 'median', levels, totals: TOTALS },
      { kind: 'conditional', levels, totals: TOTALS, reference: REFERENCE, correlations },
    ] as const) {
      const plain = moments(request);
      const shared = moments(request, { factor: 0.25, row: 1 });
      assert.ok(shared.subarray(0, plain.length).every((value) => value === 0));
      plain.forEach((value, k) => assertClose(shared[plain.length + k], value / 4, { rtol: 1e-12 }, request.kind));
    }
  });

  it('give the median spectrum: at each measure the mean over the ruptures by their share in the rate', () => {
    const levels = new Float64Array(2 * MEASURES).fill(Math.log(0.1));
    levels[MEASURES] = NaN;
    const sums = moments({ kind: 'median', levels, totals: TOTALS });
    assert.equal(sums[MEASURES * MOMENTS + 2], 0);
    const table = exceedanceTable(3);
    for (let m = 0; m < MEASURES; m++) {
      const wanted = [0, 0, 0];
      for (const [model, rate, ...means] of RUPTURES) {
        const epsilon = (Math.log(0.1) - means[m]) / SIGMAS[model][m];
        const node = (epsilon + table.limit) * table.scale;
        const exceedance = epsilon >= 3 ? 0 : epsilon <= -3 ? 1 : table.values[Math.round(node)];
        const weight = (rate * exceedance) / TOTALS[0];
        [weight * means[m], weight * SIGMAS[model][m], weight].forEach((value, k) => (wanted[k] += value));
      }
      // the nearest node of the table stands for the probability
      wanted.forEach((value, k) => {
        assertClose(sums[m * MOMENTS + k], value, { rtol: 1e-3 }, `measure ${m} moment ${k}`);
      });
    }
  });
});
