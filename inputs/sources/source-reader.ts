import type { Source, SourceBase } from '../../hazard/sources/source.js';
import type { Companion } from './companion.js';
import type { Scope } from '../nrml/scope.js';
import type { Element } from '../nrml/xml.js';

/** What the job and the group say about the sources being read. */
export interface ReadingContext {
  readonly scope: Scope;
  readonly base: SourceBase;
  readonly widthOfMfdBin: number | undefined;
  /** years, of the file */
  readonly investigationTime: number | undefined;
  /** the group's element, where there is one: its attributes may state the occurrence model */
  readonly group: { readonly element: Element | undefined };
  /** the HDF5 file beside the XML file */
  readonly companion: Companion;
  /** true when ruptures of the group exclude one another */
  readonly mutexRuptures: boolean;
}

/** Reads one source from its complete element. Faults are reported; Refusal is thrown when reading cannot go on. */
type SourceReader = (element: Element, context: ReadingContext) => Source;

/** Takes the children of a source one by one, for sources with very many ruptures. */
export interface SourceBuilder {
  child(element: Element): void;
  /** called at the end of the source */
  finish(): Source | Promise<Source>;
}
type BuilderFactory = (element: Element, context: ReadingContext) => SourceBuilder;

/** How sources with one name of element are read: at the end of the element, or piece by piece where it may be large. */
export type SourceEntry = { readonly read: SourceReader } | { readonly build: BuilderFactory };
