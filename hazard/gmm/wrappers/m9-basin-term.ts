import type { SiteParameters } from '../../site/site-parameters.js';
import type { Imt } from '../imt.js';
import type { Evaluator, ModelModule } from '../model.js';
import { siteTermDeclaration, type Modification } from './wrapped-model.js';
import { requireDepths } from '../terms/basin-depth.js';

const DEEP = 6;
const LONG = 1.9;

/** Doubles SA of periods above 1.9 s over basins of 6 km (z2pt5) and deeper. */
export const m9BasinTerm: Modification = {
  requires: { rupture: [], distances: [], site: ['z2pt5'] },
  prepare(imts: readonly Imt[], sites: SiteParameters): Evaluator {
    const long = imts.map((imt) => imt.kind === 'SA' && imt.period > LONG);
    const term = requireDepths('M9BasinTerm', 'z2pt5', sites).map((z) => (z >= DEEP ? Math.LN2 : 0));
    return ({ size, site }, out) => {
      for (let m = 0; m < long.length; m++) {
        if (!long[m]) continue;
        const mean = out.mean[m];
        for (let i = 0; i < size; i++) mean[i] += term[site[i]];
      }
    };
  },
};

export const models: ModelModule['models'] = [
  siteTermDeclaration(
    'M9BasinTerm',
    'Amplification in deep basins after the M9 simulations of Cascadia (A. D. Frankel et al., 2018, Bulletin of the Seismological Society of America 108(5A), 2347-2369), as the 2018 US hazard model uses it, on top of another model',
    m9BasinTerm,
  ),
];
