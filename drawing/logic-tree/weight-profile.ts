import type { DescribedBranch } from './description.js';
import { at } from './svg-text.js';

/** Steps of the outline: more cannot be told apart. */
const STEPS = 300;

/** Weights of a set from the heaviest to the lightest as an area, the heaviest as high as `height`: the path of an SVG. */
export function weightProfile(
  branches: readonly DescribedBranch[],
  left: number,
  top: number,
  width: number,
  height: number,
): string {
  const weights = Float64Array.from(branches, ({ weight }) => Math.max(0, weight)).sort();
  const most = weights[weights.length - 1];
  const steps = Math.min(STEPS, weights.length);
  const outline = Array.from({ length: steps }, (_, step) => {
    const rank = Math.floor((step * weights.length) / steps);
    const share = weights[weights.length - 1 - rank] / most;
    return `V${at(top + height * (1 - share))}H${at(left + (width * (step + 1)) / steps)}`;
  });
  return `M${at(left)} ${at(top + height)}${outline.join('')}V${at(top + height)}z`;
}
