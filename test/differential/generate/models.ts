/** Random ground-motion models that both engines know. */
import { findModel, modelNames } from '../../../hazard/gmm/registry.js';
import type { ModelDeclaration } from '../../../hazard/gmm/model.js';
import type { Draft } from './draft.js';

export interface KnownModel {
  readonly name: string;
  readonly declaration: ModelDeclaration;
  readonly alias: boolean;
}

/** Models that need other models, tables or arguments of their own: in a random tree their bare names say nothing. */
const NOT_ALONE =
  /^(AvgGMPE|AvgPoeGMPE|GenericGmpeAvgSA|GmpeIndirectAvgSA|ModifiableGMPE|MultiGMPE|SplitSigmaGMPE|GMPETable|NGAEast.*GMPE.*|NRCan15SiteTerm.*|.*(SiteTerm|BasinTerm)|CanadaSHM6_StableCrust.*|NBCC2015_AA13|NSHMP2014|.*Amplification.*|PitilakisEtAl.*)$/;

/** Names that the reference has too, with what Terrane declares of them. */
export async function commonModels(reference: readonly string[]): Promise<KnownModel[]> {
  const known = new Set(reference);
  const models: KnownModel[] = [];
  for (const name of modelNames()) {
    if (!known.has(name) || NOT_ALONE.test(name)) continue;
    let found = await findModel(name);
    const alias = found !== undefined && 'aliasOf' in found;
    while (found && 'aliasOf' in found) found = await findModel(found.aliasOf);
    if (found && !('aliasOf' in found) && !NOT_ALONE.test(found.id)) models.push({ name, declaration: found, alias });
  }
  return models;
}

/** A model of a region, mostly one made for it, that gives a kind of measure. */
export function pickModel(draft: Draft, models: readonly KnownModel[], region: string, measure: string): KnownModel {
  const { random } = draft;
  const own = random.chance(0.8);
  const fitting = models.filter(
    ({ declaration }) =>
      declaration.imts.some(({ kind }) => kind === measure) && (!own || declaration.tectonicRegionType === region),
  );
  return random.pick(fitting.length > 0 ? fitting : models.filter(({ name }) => name === 'BooreAtkinson2008'));
}

/** How a logic tree writes the model: by name, with arguments, or inside another model. */
export function modelText(draft: Draft, { name, declaration, alias }: KnownModel, onlySpectra: boolean): string {
  const { random } = draft;
  const lines: string[] = [];
  for (const argument of alias ? [] : declaration.arguments) {
    if (random.chance(0.65) || /basin_scaling|faba|ergodic/.test(argument.name)) continue;
    if (argument.type === 'boolean') lines.push(`${argument.name} = ${random.pick(['true', 'false'])}`);
    else if (argument.type === 'text' && argument.allowed) {
      const value = random.pick(argument.allowed);
      if (typeof value === 'string') lines.push(`${argument.name} = "${value}"`);
    } else if (/epsilon/.test(argument.name) && argument.type === 'number')
      lines.push(`${argument.name} = ${random.pick([-1.64, -1, 0.5, 1])}`);
  }
  if (lines.length > 0) return [`[${name}]`, ...lines].join('\n');
  if (onlySpectra && random.chance(0.08)) {
    const change = random.pick([
      'set_between_epsilon.epsilon_tau = 0.5',
      'set_scale_median_scalar.scaling_factor = 1.2',
      'set_scale_total_sigma_scalar.scaling_factor = 0.9',
      'set_fixed_total_sigma.total_sigma = {"PGA" = 0.6, "SA" = 0.7}',
    ]);
    return `[ModifiableGMPE]\ngmpe.${name} = {}\n${change}`;
  }
  return random.chance(0.7) || alias ? name : `[${name}]`;
}
