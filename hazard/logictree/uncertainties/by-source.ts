import { type Uncertainty, valueOf } from './uncertainty.js';

/**
 * A type whose branches hold a value for each of several sources, which change together: correlated uncertainties
 * (applyToSources="*", OpenQuake engine 3.27). Sources that a branch does not name stay as they are.
 */
export function bySource(uncertainty: Uncertainty): Uncertainty {
  return {
    ...uncertainty,
    valueKind: 'bySource',
    requires: 'none',
    apply(source, value, discretization) {
      // sources that other files have too carry the branch of theirs behind the id
      const own = valueOf(value, 'bySource').values.get(source.id.split('!')[0]);
      return own === undefined ? source : uncertainty.apply(source, own, discretization);
    },
  };
}
