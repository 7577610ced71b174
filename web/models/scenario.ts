import { ContextBatch, type DistanceKind } from '../../hazard/contexts/context-batch.js';
import type { RuptureParameter } from '../../hazard/contexts/rupture-parameters.js';
import type { SiteParameters } from '../../hazard/site/site-parameters.js';
import { z1pt0Global, z2pt5Global } from '../../hazard/site/basin-depths.js';
import type { GroundMotionModel } from '../../hazard/gmm/model.js';
import { refusal } from '../../hazard/refusal.js';

/** One earthquake and one site, in the terms of ground-motion models. */
export interface Scenario {
  readonly magnitude: number;
  /** km, Joyner-Boore distance */
  readonly distance: number;
  /** m/s */
  readonly vs30: number;
  /** degrees */
  readonly rake: number;
  /** degrees */
  readonly dip: number;
  /** km, depth of the top of the rupture */
  readonly ztor: number;
}

/** km, where nothing else follows */
const SEISMOGENIC_THICKNESS = 15;
/** codes of sites for models that ask for words instead of velocities */
const SITE_WORDS: Readonly<Record<string, string>> = { siteclass: 'B', soiltype: 'B', geology: 'UNKNOWN' };

/**
 * Contexts of scenarios, one each with a site of its own. The site lies on the foot-wall side, square to the middle of the
 * rupture's top edge, which is then the closest part: rrup = sqrt(rjb^2 + ztor^2). Depths of velocity horizons follow from
 * vs30 (Chiou & Youngs 2014, Campbell & Bozorgnia 2014), the volcanic path is zero.
 * Errors: Refusal for a site parameter that such a scenario does not have.
 */
export function scenarioContexts(
  scenarios: readonly Scenario[],
  model: GroundMotionModel,
): { batch: ContextBatch; sites: SiteParameters } {
  const requires = model.components
    ? model.components.reduce(
        (all, component) => merge(all, component.model.requires),
        merge(model.requires, model.requires),
      )
    : model.requires;
  const batch = new ContextBatch(scenarios.length, new Set(requires.rupture), new Set(requires.distances));
  scenarios.forEach((scenario, k) => {
    for (const name of requires.rupture) batch[name][k] = ruptureParameter(name, scenario);
    for (const name of requires.distances) batch[name][k] = distanceOf(name, scenario);
    batch.site[k] = k;
    batch.commitRupture(1);
  });
  const numeric: Record<string, Float64Array> = {};
  const text: Record<string, readonly string[]> = {};
  for (const name of requires.site) {
    if (name in SITE_WORDS) text[name] = scenarios.map(() => SITE_WORDS[name]);
    else numeric[name] = Float64Array.from(scenarios, (scenario) => siteParameter(name, scenario));
  }
  return { batch, sites: { size: scenarios.length, numeric, text } };
}

type Requires = GroundMotionModel['requires'];
function merge(a: Requires, b: Requires): Requires {
  const both = <T>(left: readonly T[], right: readonly T[]): T[] => [...new Set([...left, ...right])];
  return { rupture: both(a.rupture, b.rupture), distances: both(a.distances, b.distances), site: both(a.site, b.site) };
}

function ruptureParameter(name: RuptureParameter, { magnitude, rake, dip, ztor }: Scenario): number {
  const bottom = Math.max(SEISMOGENIC_THICKNESS, ztor + 5);
  const width = (bottom - ztor) / Math.sin((dip * Math.PI) / 180);
  const values: Partial<Record<RuptureParameter, number>> = {
    mag: magnitude,
    rake,
    dip,
    ztor,
    width,
    hypoDepth: (ztor + bottom) / 2,
    zbot: bottom,
  };
  return values[name] ?? 0;
}

function distanceOf(name: DistanceKind, { distance, dip, ztor }: Scenario): number {
  const hypocentre = (ztor + Math.max(SEISMOGENIC_THICKNESS, ztor + 5)) / 2;
  const values: Partial<Record<DistanceKind, number>> = {
    rjb: distance,
    rrup: Math.hypot(distance, ztor),
    rx: dip < 90 ? -distance : distance,
    repi: distance,
    rhypo: Math.hypot(distance, hypocentre),
    azimuth: 90,
    azimuthcp: 90,
  };
  return values[name] ?? 0;
}

function siteParameter(name: string, { vs30 }: Scenario): number {
  const values: Readonly<Record<string, () => number>> = {
    vs30: () => vs30,
    vs30measured: () => 1,
    z1pt0: () => z1pt0Global(vs30),
    z2pt5: () => z2pt5Global(vs30),
    backarc: () => 0,
    xvf: () => 100,
    kappa0: () => 0.04,
    lon: () => 0,
    lat: () => 0,
    slope: () => 0.05,
  };
  if (!Object.hasOwn(values, name))
    throw refusal('MODEL_SITE_PARAMETER', `needs the site parameter '${name}', which the plots do not have`);
  return values[name]();
}
