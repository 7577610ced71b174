import { checkArguments } from './model-arguments.js';
import { isConvertible } from './wrappers/horizontal-component.js';
import { sigmaMixture } from './wrappers/sigma-mixture.js';
import { specificationIn, wrappedIn } from './wrappers/wrapped-model.js';
import type {
  Arguments,
  GroundMotionModel,
  ModelAlias,
  ModelDeclaration,
  ModelModule,
  ModelResources,
  ModelSpecification,
  Validity,
} from './model.js';
import { refusal } from '../refusal.js';

/** A file of models: the names it defines, separated by blanks, and how it is loaded when one of them is first asked for. */
export type ModelFile = readonly [names: string, load: () => Promise<ModelModule>];

/** A model by its name, and where it is valid. */
export interface ModelValidity {
  readonly id: string;
  readonly validity: Validity | undefined;
}

/** The ground-motion models of a list of files. */
export class ModelRegistry {
  private readonly loaders = new Map<string, () => Promise<ModelModule>>();

  constructor(private readonly files: readonly ModelFile[]) {
    for (const [names, load] of files) for (const name of names.split(' ')) this.loaders.set(name, load);
  }

  /** Names as they are listed, one entry for each file and name: what the tests check for order and doubles. */
  registered(): string[] {
    return this.files.flatMap(([names]) => names.split(' '));
  }

  /** All names that logic trees may use, aliases included, sorted. */
  names(): string[] {
    return [...this.loaders.keys()].sort();
  }

  /** The declaration or alias of a name; undefined for an unknown one. */
  async find(name: string): Promise<ModelDeclaration | ModelAlias | undefined> {
    const module = await this.loaders.get(name)?.();
    return module?.models.find((model) => model.id === name);
  }

  /** Follows aliases: the declaration and all arguments, the outermost winning. Errors: Refusal for an unknown name. */
  async resolve(specification: ModelSpecification): Promise<{ declaration: ModelDeclaration; arguments: Arguments }> {
    const found = await this.find(specification.name);
    if (!found) throw refusal('UNKNOWN_MODEL', `unknown ground-motion model '${specification.name}'`);
    if (!('aliasOf' in found)) return { declaration: found, arguments: specification.arguments };
    return this.resolve({ name: found.aliasOf, arguments: { ...found.arguments, ...specification.arguments } });
  }

  /** Makes a model from its name and arguments. Errors: Refusal naming model, argument and what is allowed. */
  async create(
    specification: ModelSpecification,
    resources: Omit<ModelResources, 'model'>,
  ): Promise<GroundMotionModel> {
    const { declaration, arguments: written } = await this.resolve(specification);
    const { mixture_model: mixture, ...given } = written;
    const args = checkArguments(declaration, given);
    const all: ModelResources = {
      ...resources,
      model: (nested) => this.create(nested, resources),
      component: (nested) => this.component(nested),
    };
    const model = await declaration.create(args, all);
    return mixture === undefined ? model : sigmaMixture(model, mixture);
  }

  /** Horizontal component of a model, or of the model it wraps; '' if neither says. Errors: Refusal for an unknown name. */
  async component(specification: ModelSpecification): Promise<string> {
    const { declaration, arguments: args } = await this.resolve(specification);
    if (declaration.component !== '') return declaration.component;
    const wrapped = wrappedIn(args);
    return wrapped ? this.component(wrapped) : '';
  }

  /**
   * Where the components of a model are valid, in the order of `components` (a model that is no mixture is its own): those of what
   * is wrapped where the model itself states none. Errors: Refusal for an unknown name.
   */
  async validities(specification: ModelSpecification): Promise<ModelValidity[]> {
    const { declaration, arguments: args } = await this.resolve(specification);
    const { id, validity } = declaration;
    if (validity) return [{ id, validity }];
    const wrapped = wrappedIn(args);
    if (wrapped) return this.validities(wrapped);
    if (!declaration.arguments.some(({ name }) => name === '*')) return [{ id, validity }];
    const members = Object.entries(args).map(([branch, table]) => specificationIn(table, branch));
    return (await Promise.all(members.map((member) => this.validities(member)))).flat();
  }

  /** The specification with its horizontal component converted to the geometric mean, where that is possible. */
  async asGeometricMean(specification: ModelSpecification): Promise<ModelSpecification> {
    if (!isConvertible(await this.component(specification))) return specification;
    const { name, arguments: args } = specification;
    return { name: 'ModifiableGMPE', arguments: { gmpe: { [name]: args }, horiz_comp_to_geom_mean: {} } };
  }
}
