import type { ModelAlias } from '../model.js';

/** Endings of names and the regions they stand for, in models of the NGA-Subduction project. */
const REGIONS: Readonly<Record<string, string>> = {
  Alaska: 'USA-AK',
  Cascadia: 'CAS',
  CentralAmericaMexico: 'CAM',
  Japan: 'JPN',
  NewZealand: 'NZL',
  SouthAmerica: 'SAM',
  Taiwan: 'TWN',
};

/** Names of a model by region, with some more that only it has. */
export function regionAliases(aliasOf: string, more: Readonly<Record<string, string>> = {}): ModelAlias[] {
  return Object.entries({ ...REGIONS, ...more }).map(([suffix, region]) => ({
    id: aliasOf + suffix,
    aliasOf,
    arguments: { region },
  }));
}
