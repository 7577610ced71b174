import type { Arguments, ModelAlias } from '../model.js';

/** Endings of names and the arguments they stand for; those with a basin term are variants of the models B. */
const NAMED_REGIONS: Readonly<Record<string, Arguments>> = {
  Aleutian: { region: 'AK', saturation_region: 'Aleutian' },
  Alaska: { region: 'AK' },
  CAMN: { region: 'CAM', saturation_region: 'CAM_N' },
  CAMS: { region: 'CAM', saturation_region: 'CAM_S' },
  SAN: { region: 'SA', saturation_region: 'SA_N' },
  SAS: { region: 'SA', saturation_region: 'SA_S' },
  TaiwanE: { region: 'TW', saturation_region: 'TW_E' },
  TaiwanW: { region: 'TW', saturation_region: 'TW_W' },
};
const NAMED_BASINS: Readonly<Record<string, Arguments>> = {
  Cascadia: { region: 'Cascadia' },
  CascadiaOut: { region: 'Cascadia', basin: 'out' },
  CascadiaSeattle: { region: 'Cascadia', basin: 'Seattle' },
  JapanPac: { region: 'JP', saturation_region: 'JP_Pac' },
  JapanPhi: { region: 'JP', saturation_region: 'JP_Phi' },
};

/** Names by region of the models `name` and `name`B. */
export function parkerAliases(name: string): ModelAlias[] {
  const named = (regions: typeof NAMED_REGIONS, aliasOf: string) =>
    Object.entries(regions).map(([suffix, args]): ModelAlias => ({ id: name + suffix, aliasOf, arguments: args }));
  return [...named(NAMED_REGIONS, name), ...named(NAMED_BASINS, `${name}B`)];
}
