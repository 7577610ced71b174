import type { SingleMfd } from '../mfd/mfd.js';
import { areaSource } from './area.js';
import { characteristicFault } from './characteristic-fault.js';
import { collapsedPointSource } from './collapsed-point.js';
import { complexFault } from './complex-fault.js';
import { kiteFault } from './kite-fault.js';
import { multiFault } from './multi-fault.js';
import { multiPointSource } from './multi-point.js';
import { nonParametric } from './non-parametric.js';
import { pointSource } from './point.js';
import type { PreparedSource, SourceKind } from './prepared-source.js';
import { namedInRefusals } from './refusal.js';
import { withRateChanges } from './rate-changes.js';
import { simpleFault } from './simple-fault.js';
import type { Discretization, Source } from './source.js';

/** Every kind of source: one file and one line here. */
const KINDS = [
  pointSource,
  multiPointSource,
  areaSource,
  collapsedPointSource,
  simpleFault,
  complexFault,
  characteristicFault,
  nonParametric,
  kiteFault,
  multiFault,
];

/** The kinds of sources as a list of them makes it: one file and one line each, nothing else names a kind. */
export class SourceKinds {
  private readonly byType: ReadonlyMap<string, SourceKind>;

  constructor(kinds: readonly SourceKind[]) {
    this.byType = new Map(kinds.map((kind) => [kind.type, kind]));
  }

  /** Every kind. */
  get all(): SourceKind[] {
    return [...this.byType.values()];
  }

  /** The kind of a source type. Errors: RangeError for a type that is not in the list. */
  kind(type: string): SourceKind {
    const kind = this.byType.get(type);
    if (!kind) throw new RangeError(`sources of type '${type}' are not known`);
    return kind;
  }

  /** Makes a source ready to compute: see SourceKind.prepare. */
  prepare(source: Source, discretization: Discretization, columns?: readonly SingleMfd[]): PreparedSource {
    const prepared = this.kind(source.type).prepare(source, discretization, columns);
    const { id, rateChanges } = source;
    return namedInRefusals(id, rateChanges ? withRateChanges(prepared, rateChanges, id) : prepared);
  }
}

const REGISTERED = new SourceKinds(KINDS as unknown as SourceKind[]);

/** The kind of a source type. Errors: RangeError for a type that is not in the registry. */
export function sourceKind(type: string): SourceKind {
  return REGISTERED.kind(type);
}

/** Every kind of source that the registry knows. */
export function sourceKinds(): SourceKind[] {
  return REGISTERED.all;
}

/** Makes a source ready to compute: see SourceKind.prepare. */
export function prepareSource<S extends Source>(
  source: S,
  discretization: Discretization,
  columns?: readonly SingleMfd[],
): PreparedSource {
  return REGISTERED.prepare(source, discretization, columns);
}
