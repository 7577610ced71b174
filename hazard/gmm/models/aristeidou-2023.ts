import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { formDeclaration } from '../context-form.js';
import type { Imt } from '../imt.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { unsupportedMeasure } from '../refusals.js';
import { knownDepths, campbellBozorgnia2014Z2 } from '../terms/basin-depth.js';

const { tables } = readTables(import.meta.url, 'aristeidou-2023');

const RATIOS = [1.5, 2, 3, 4, 6] as const;
const REFERENCE_MAGNITUDE = 6;
/** km: hinges of the distance term */
const NEAR = 15;
const FAR = 150;

/** Coefficients at a period and strength ratio, interpolated in the logarithms of both. Errors: Refusal for others. */
function coefficientsOf(id: string, byRatio: readonly CoefficientTable[], imt: Imt): Coefficients {
  const ratio = imt.strengthRatio ?? NaN;
  const [{ minimum, maximum }] = byRatio[0].imts;
  if (
    imt.kind !== 'SDi' ||
    !(ratio >= RATIOS[0] && ratio <= RATIOS[RATIOS.length - 1]) ||
    imt.period < minimum! ||
    imt.period > maximum!
  )
    throw unsupportedMeasure(id, imt, `SDi(${minimum} to ${maximum} s, strength ratio 1.5 to 6)`);
  const row = (k: number) => byRatio[k].row({ name: imt.name, kind: 'SA', period: imt.period, damping: 5 }, id);
  let upper = 0;
  while (RATIOS[upper] < ratio) upper++;
  const above = row(upper);
  if (RATIOS[upper] === ratio) return above;
  const below = row(upper - 1);
  const share = Math.log(ratio / RATIOS[upper - 1]) / Math.log(RATIOS[upper] / RATIOS[upper - 1]);
  return Object.fromEntries(
    Object.keys(above).map((name) => [name, below[name] + (above[name] - below[name]) * share]),
  );
}

/** Site amplification by vs30 (m/s), and basin term by z2pt5 (km), ln units. */
function siteTerm(c: Coefficients, vs30: number, z2pt5: number): number {
  const slope = vs30 < 400 ? c.s1 : vs30 < 650 ? c.s2 : vs30 < 1000 ? c.s3 : c.s4;
  const basin = z2pt5 <= 1 ? c.d1 * (z2pt5 - 1) : z2pt5 <= 3 ? 0 : c.d2 * (1 - Math.exp(-0.25 * (z2pt5 - 3)));
  return slope * Math.log(vs30) + basin;
}

/** Style of faulting: 1 reverse, -1 normal, 0 strike-slip, by rake in degrees. */
function style(rake: number): -1 | 0 | 1 {
  if (rake > 30 && rake <= 150) return 1;
  return rake > -150 && rake <= -30 ? -1 : 0;
}

/** ln of the inelastic spectral displacement (m): magnitude parabola, distance in three slopes of ln(r / 150), style, site, basin. */
function declaration(id: string, component: 'RotD50' | 'RotD100'): ModelDeclaration {
  const byRatio = RATIOS.map((ratio) => new CoefficientTable(tables[`${component}R${ratio}`]));
  const [{ minimum, maximum }] = byRatio[0].imts;
  return formDeclaration(
    {
      id,
      citation:
        'S. Aristeidou, K. Tarbali, G. J. O’Reilly (2023), A ground motion model for orientation-independent inelastic spectral displacements from shallow crustal earthquakes, Earthquake Spectra 39(3), 1601-1624',
      tectonicRegionType: 'Active Shallow Crust',
      imts: [{ kind: 'SDi', minimum, maximum }],
      component: component === 'RotD50' ? 'Average Horizontal (RotD50)' : 'Horizontal Maximum Direction (RotD100)',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: { rupture: ['mag', 'rake'], distances: ['rrup'], site: ['vs30', 'z2pt5'] },
      notes: 'SDi(T,R): period in s, ratio of the elastic strength demand to the yield strength from 1.5 to 6.',
    },
    (imt, sites) => {
      const c = coefficientsOf(id, byRatio, imt);
      const { vs30 } = sites.numeric;
      const depths = knownDepths(sites.numeric.z2pt5, vs30, campbellBozorgnia2014Z2);
      const siteTerms = vs30.map((v, s) => siteTerm(c, v, depths[s]));
      const slopes = new Float64Array(3);
      let event = 0;
      return {
        rupture({ mag, rake }, r) {
          const dm = mag[r] - REFERENCE_MAGNITUDE;
          const kind = style(rake[r]);
          event = c.a + dm * (c.b1 + dm * c.b2) + (kind > 0 ? c.f2 : kind < 0 ? c.f1 : 0);
          slopes[0] = c.c11 + c.c21 * dm;
          slopes[1] = c.c12 + c.c22 * dm;
          slopes[2] = c.c13 + c.c23 * dm;
        },
        mean({ rrup, site }, i) {
          const distance = Math.sqrt(rrup[i] * rrup[i] + c.c3 * c.c3);
          const slope = slopes[distance <= NEAR ? 0 : distance <= FAR ? 1 : 2];
          return event + slope * Math.log(distance / FAR) + siteTerms[site[i]];
        },
        deviations: [c.sigma, c.tau, c.phi],
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('AristeidouEtAl2023', 'RotD50'),
  declaration('AristeidouEtAl2023RotD100', 'RotD100'),
];
