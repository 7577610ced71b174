import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';
import { unsupportedMeasure } from '../refusals.js';

const requires = { rupture: ['mag'], distances: ['rjb'], site: ['vs30'] } as const;
/** km: depth term of the distance */
const DEPTH = 11.29;
/** sites up to this velocity (m/s) are ash */
const ASH_VELOCITY = 200;
const SIGMA = 0.237 * Math.LN10;

/** Change of the magnitude scaling above 7 for Hawaii, log10 units. */
function largeMagnitude(mag: number): number {
  if (mag <= 7) return 0;
  const dm = 1 - (mag - 6);
  return mag <= 7.7 ? 0.171 * dm : 0.1512 + 0.387 * dm;
}

/** Ratio of spectral acceleration to PGA, ln units. */
function spectralRatio(period: number): number {
  if (period === 0.3) return Math.log(2.2);
  return period === 0.2 ? Math.log(2.5) : 0;
}

/** log10 Y (g) = 0.518 + 0.387 (M - 6) - log10 R - 0.00256 R + 0.335 S; `hawaii`: with what Klein et al. add to it. */
function modelOf(id: string, hawaii: boolean) {
  return perMeasureModel(id, requires, (imt, sites) => {
    if (imt.kind !== 'PGA' && !(hawaii && imt.kind === 'SA'))
      throw unsupportedMeasure(id, imt, hawaii ? 'PGA, SA' : 'PGA');
    const shift = spectralRatio(imt.period);
    const siteTerms = sites.numeric.vs30.map((v) => (v <= ASH_VELOCITY ? Math.LN10 * 0.335 : 0) + shift);
    return (batch, out, m) => {
      const { start, site, mag, rjb } = batch;
      for (let r = 0; r < batch.ruptures; r++) {
        const constant = Math.LN10 * (0.518 + 0.387 * (mag[r] - 6) + (hawaii ? largeMagnitude(mag[r]) : 0));
        for (let i = start[r]; i < start[r + 1]; i++) {
          const squared = rjb[i] * rjb[i] + DEPTH * DEPTH;
          out.mean[m][i] =
            constant - 0.5 * Math.log(squared) - Math.LN10 * 0.00256 * Math.sqrt(squared) + siteTerms[site[i]];
        }
      }
      fillSigma(out, m, batch.size, SIGMA);
    };
  });
}

function declaration(id: string, hawaii: boolean, component: string, notes?: string): ModelDeclaration {
  return {
    id,
    citation:
      'C. G. Munson, C. H. Thurber (1997), Analysis of the attenuation of strong ground motion on the island of Hawaii, Bulletin of the Seismological Society of America 87(4), 945-960' +
      (hawaii ? '; for Hawaii: F. W. Klein, A. D. Frankel, C. S. Mueller, R. L. Wesson, P. G. Okubo (2000), USGS' : ''),
    tectonicRegionType: 'Volcanic',
    imts: hawaii ? [{ kind: 'PGA' }, { kind: 'SA' }] : [{ kind: 'PGA' }],
    component,
    standardDeviations: ['total'],
    requires,
    arguments: [],
    notes,
    create: () => modelOf(id, hawaii),
  };
}

export const models: ModelModule['models'] = [
  declaration('MunsonThurber1997', false, 'Greater of two horizontal'),
  declaration(
    'MunsonThurber1997Hawaii',
    true,
    'Horizontal',
    'SA has the value of PGA at all periods but 0.2 s (2.5 times) and 0.3 s (2.2 times), and the factor between components is not applied, as in the reference engine.',
  ),
  declaration('MunsonThurber1997Vector', false, 'Square root of sum of squares of peak horizontals'),
];
