import type { Discretization, DistributedSeismicity, HypocentralDepth, Source, SurfaceGeometry } from './source.js';

/** A part of a source: how it is read, and the source with another in its place. All else is shared with the original. */
export interface Part<S, V> {
  readonly get: (source: S) => V;
  readonly with: (source: S, value: V) => S;
}

/** A field of a source as a part. */
export function field<S extends Source, K extends keyof S>(name: K): Part<S, S[K]> {
  return { get: (source) => source[name], with: (source, value) => ({ ...source, [name]: value }) };
}

/** km, positive downwards */
export interface DepthRange {
  readonly upperSeismogenicDepth: number;
  readonly lowerSeismogenicDepth: number;
}

/** The seismogenic layer of a source. */
interface LayerPart<S> extends Part<S, DepthRange> {
  /** whether the lower depth may be given outright (setLowerSeismDepthAbsolute), as only faults may in OpenQuake engine 3.24 */
  readonly lowerByValue?: true;
  /** whether the upper depth must not lie above the surface of the earth */
  readonly belowSurface?: true;
}

/** Another surface for a source, by an uncertainty of its own. */
export interface GeometryChange<S> {
  /** uncertaintyType in the file */
  readonly uncertainty: string;
  /** whether the branch set must name one source */
  readonly ofOneSource: boolean;
  /** the source on these surfaces, of which a branch gives one at least; undefined for surfaces of another kind */
  readonly with: (source: S, surfaces: readonly SurfaceGeometry[]) => S | undefined;
  /** what is needed, for the message */
  readonly needed: string;
}

/** What a logic tree may change of a kind of source, and what its uncertainties need to know; what is not declared is refused. */
export interface SourceChanges<S extends Source = Source> {
  /** length to width of ruptures that float */
  readonly aspectRatio?: Part<S, number>;
  /** outer ring [lon, lat, ...], degrees */
  readonly polygon?: Part<S, Float64Array>;
  /** must lie in the seismogenic layer */
  readonly hypocentralDepths?: Part<S, readonly HypocentralDepth[]>;
  readonly layer?: LayerPart<S>;
  /** degrees */
  readonly dip?: Part<S, number>;
  readonly scalingRelation?: Part<S, string>;
  /** degrees, of all ruptures */
  readonly rake?: Part<S, number>;
  readonly geometry?: GeometryChange<S>;
  /** the source with another mesh spacing (km) of its own; undefined where it has no mesh */
  readonly withMeshSpacing?: (source: S, spacing: number) => S | undefined;
  /** km2, of the whole fault before any rupture floats: what a slip rate and a largest magnitude by area refer to */
  readonly faultArea?: (source: S, discretization: Discretization) => number;
}

/** What a logic tree may change of point-like ruptures. */
export function changesOfSeismicity<S extends Source & DistributedSeismicity>(): SourceChanges<S> {
  return {
    aspectRatio: field<S, 'ruptureAspectRatio'>('ruptureAspectRatio'),
    hypocentralDepths: field<S, 'hypocentralDepths'>('hypocentralDepths'),
    layer: { get: (source) => source, with: (source, depths) => ({ ...source, ...depths }) },
  };
}
