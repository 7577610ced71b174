import { ba08SiteTerm } from './ba08-site-term.js';
import { cb14BasinTerm } from './cb14-basin-term.js';
import { ceus2020SiteTerm } from './ceus2020-site-term.js';
import { cy14SiteTerm } from './cy14-site-term.js';
import { toGeometricMean } from './horizontal-component.js';
import { m9BasinTerm } from './m9-basin-term.js';
import type {
  ArgumentDeclaration,
  Arguments,
  ArgumentValue,
  GroundMotionModel,
  ModelDeclaration,
  ModelModule,
} from '../model.js';
import { nrcan15SiteTerm } from './nrcan15-site-term.js';
import * as sigma from './sigma-modifications.js';
import { swissAmplification, swissSpectralAmplification } from './swiss-amplification.js';
import { modifiedModel, NO_REQUIREMENTS, specificationIn, type Modification } from './wrapped-model.js';
import { refusedArgument } from '../refusals.js';
import { type Refusal } from '../../refusal.js';

const ID = 'ModifiableGMPE';

/** An option: its arguments, and the modification made of them. */
interface Option {
  readonly arguments: Readonly<Record<string, 'number' | 'number by measure' | 'boolean' | readonly string[]>>;
  readonly meaning: string;
  /** `component`: horizontal component of the model */
  make(args: Arguments, component: string, wrapped: GroundMotionModel): Modification;
}

const OPTIONS: Readonly<Record<string, Option>> = {
  set_between_epsilon: {
    arguments: { epsilon_tau: 'number' },
    meaning: 'adds epsilon_tau between-event standard deviations to the median; the within-event part remains',
    make: (args) => sigma.betweenEpsilon(Number(args.epsilon_tau)),
  },
  set_scale_median_scalar: {
    arguments: { scaling_factor: 'number' },
    meaning: 'multiplies the median by a factor',
    make: (args) => sigma.scaledMedian(Number(args.scaling_factor)),
  },
  set_scale_median_vector: {
    arguments: { scaling_factor: 'number by measure' },
    meaning: 'multiplies the median by a factor for each measure',
    make: (args) => sigma.scaledMedian(args.scaling_factor as Arguments),
  },
  set_scale_total_sigma_scalar: {
    arguments: { scaling_factor: 'number' },
    meaning: 'multiplies the total standard deviation by a factor',
    make: (args) => sigma.scaledTotal(Number(args.scaling_factor)),
  },
  set_scale_total_sigma_vector: {
    arguments: { scaling_factor: 'number by measure' },
    meaning: 'multiplies the total standard deviation by a factor for each measure',
    make: (args) => sigma.scaledTotal(args.scaling_factor as Arguments),
  },
  set_fixed_total_sigma: {
    arguments: { total_sigma: 'number by measure' },
    meaning: 'replaces the total standard deviation by a value for each measure',
    make: (args) => sigma.fixedTotal(args.total_sigma as Arguments),
  },
  add_delta_std_to_total_std: {
    arguments: { delta: 'number' },
    meaning: 'adds delta squared, with the sign of delta, to the total variance',
    make: (args) => sigma.deltaOfTotal(Number(args.delta)),
  },
  set_total_std_as_tau_plus_delta: {
    arguments: { delta: 'number' },
    meaning: 'total variance: between-event variance plus delta squared with the sign of delta',
    make: (args) => sigma.totalFromTau(Number(args.delta)),
  },
  add_between_within_stds: {
    arguments: { with_betw_ratio: 'number' },
    meaning: 'splits the total standard deviation; with_betw_ratio: within-event over between-event part',
    make: (args) => sigma.splitByRatio(Number(args.with_betw_ratio)),
  },
  sigma_model_alatik2015: {
    arguments: { tau_model: ['global', 'cena', 'cena_constant'], ergodic: 'boolean' },
    meaning: 'standard deviations of Al Atik (2015)',
    make: (args) => sigma.alAtikSigma(String(args.tau_model), args.ergodic !== false && args.ergodic !== 0),
  },
  apply_swiss_amplification: {
    arguments: {},
    meaning: 'adds the amplification (ln) given with each site as amplfactor',
    make: () => swissAmplification,
  },
  apply_swiss_amplification_sa: {
    arguments: {},
    meaning: 'adds the amplification (ln) given with each site for SA(0.3) and SA(0.6), with its standard deviations',
    make: () => swissSpectralAmplification,
  },
  nrcan15_site_term: {
    arguments: { kind: ['base', 'linear'] },
    meaning: 'site term of the 2015 model of Canada; the model is evaluated at 760 m/s',
    make: (args) => nrcan15SiteTerm(args.kind as 'base' | 'linear'),
  },
  ceus2020_site_term: {
    arguments: { wimp: 'number', ref_vs30: 'number', usgs: 'boolean' },
    meaning:
      'adds the site term of Stewart et al. (2020) and Hashash et al. (2020); the model gives the PGA at ref_vs30 (760 or 3000 m/s), wimp is the weight of the impedance condition',
    make: (args, _component, wrapped) =>
      ceus2020SiteTerm(wrapped, {
        wimp: Number(args.wimp),
        referenceVelocity: Number(args.ref_vs30),
        usgs: args.usgs === true || args.usgs === 1,
      }),
  },
  cy14_site_term: {
    arguments: {},
    meaning: 'site term of Chiou & Youngs (2014); the model is evaluated at 1130 m/s',
    make: () => cy14SiteTerm,
  },
  ba08_site_term: {
    arguments: {},
    meaning: 'site term of Boore & Atkinson (2008); the model is evaluated at 760 m/s',
    make: () => ba08SiteTerm,
  },
  cb14_basin_term: {
    arguments: {},
    meaning: 'basin term of Campbell & Bozorgnia (2014)',
    make: () => cb14BasinTerm,
  },
  horiz_comp_to_geom_mean: {
    arguments: {},
    meaning: 'converts the horizontal component to the geometric mean',
    make: (_args, component) => toGeometricMean(component),
  },
  m9_basin_term: { arguments: {}, meaning: 'amplification in deep basins', make: () => m9BasinTerm },
};

/** The meaning of an option with the arguments in its table. */
function described({ meaning, arguments: own }: Option): string {
  const names = Object.entries(own).map(
    ([name, kind]) => `${name} (${typeof kind === 'string' ? kind : kind.join(', ')})`,
  );
  return names.length === 0 ? `${meaning}; an empty table` : `${meaning}; table with ${names.join(' and ')}`;
}

/** Arguments that may be left out. */
const DEFAULTS: Readonly<Record<string, Arguments>> = {
  sigma_model_alatik2015: { tau_model: 'global', ergodic: true },
  nrcan15_site_term: { kind: 'base' },
  ceus2020_site_term: { usgs: false },
};

function isTable(value: ArgumentValue): value is Arguments {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Errors: Refusal naming option, argument and what is allowed. */
function checkedOption(
  name: string,
  given: ArgumentValue,
  component: string,
  wrapped: GroundMotionModel,
): Modification {
  const option = OPTIONS[name];
  if (!isTable(given))
    throw refusedArgument(ID, name, `: ${name} must be a table of arguments`, given, 'a table of arguments');
  const args: Arguments = { ...DEFAULTS[name], ...given };
  const allowed = Object.keys(option.arguments);
  for (const key of Object.keys(args))
    if (!allowed.includes(key))
      throw refusedArgument(
        ID,
        `${name}.${key}`,
        `: ${name} has no argument '${key}' (its arguments: ${allowed.join(', ') || 'none'})`,
        args[key],
        allowed.join(', ') || 'none',
      );
  for (const [key, kind] of Object.entries(option.arguments)) {
    const value = args[key];
    const refused = (must: string): Refusal =>
      refusedArgument(
        ID,
        `${name}.${key}`,
        `: ${name}.${key} = ${JSON.stringify(value) ?? 'missing'} must be ${must}`,
        value,
        must.replace('one of ', ''),
      );
    if (kind === 'number' && typeof value !== 'number') throw refused('a number');
    if (kind === 'boolean' && typeof value !== 'boolean' && value !== 0 && value !== 1) throw refused('true or false');
    if (typeof kind === 'object' && !kind.includes(String(value))) throw refused(`one of ${kind.join(', ')}`);
    if (kind === 'number by measure' && !(isTable(value) && Object.values(value).every((v) => typeof v === 'number')))
      throw refused('a table of numbers by measure');
  }
  return option.make(args, component, wrapped);
}

const ModifiableGMPE: ModelDeclaration = {
  id: ID,
  citation:
    'A model with modifications of its median, standard deviations and site term, as the OpenQuake engine defines them',
  tectonicRegionType: '',
  imts: [{ kind: 'PGA' }, { kind: 'PGV' }, { kind: 'SA' }],
  component: '',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: NO_REQUIREMENTS,
  arguments: [
    { name: 'gmpe', meaning: 'the model: gmpe.Name.argument = value', type: 'model' },
    ...Object.entries(OPTIONS).map(([name, option]): ArgumentDeclaration => ({
      name,
      meaning: described(option),
      type: 'table',
      default: null,
    })),
  ],
  notes:
    'Modifications act in the order in which they are written. set_total_std_as_tau_plus_delta uses the between-event standard deviation of each context; the reference engine takes that of the third site of the magnitude for all.',
  async create(args, resources) {
    const specification = specificationIn(args.gmpe, `${ID}: gmpe`);
    const wrapped = await resources.model(specification);
    const component = (await resources.component?.(specification)) ?? '';
    const modifications = Object.entries(args)
      .filter(([name, value]) => name !== 'gmpe' && value !== null)
      .map(([name, value]) => checkedOption(name, value, component, wrapped));
    return modifiedModel(ID, wrapped, modifications);
  },
};

export const models: ModelModule['models'] = [ModifiableGMPE];
