import { dilatedBox, enclosingBox } from '../geo/bounding-box.js';
import type { Surface } from '../surfaces/surface.js';
import type { PreparedSource, Rupture, SourceKind } from './prepared-source.js';
import type { ContextRequest } from '../contexts/context-request.js';
import { namingSource } from './refusal.js';
import { largestMesh, sizeOfMesh } from './source-size.js';
import type { Discretization, NonParametricSource } from './source.js';
import { SurfaceContexts } from './surface-contexts.js';
import { surfaceOfGeometry } from './surface-of-geometry.js';
import { outlineOfSurfaces } from './source-outline.js';

/** Ruptures listed one by one, with the probabilities of 0, 1, 2 ... occurrences in the investigation time. */
export const nonParametric: SourceKind<NonParametricSource> = {
  type: 'nonParametric',
  code: 'N',
  outline: ({ ruptures }) => outlineOfSurfaces(ruptures.flatMap(({ surfaces }) => surfaces)),
  explicitProbabilities: 'ofStatedTime',
  largestMagnitude: ({ ruptures }) => ruptures.reduce((m, { magnitude }) => Math.max(m, magnitude), -Infinity),
  size({ ruptures }, discretization) {
    const surfaces = ruptures.flatMap((rupture) => rupture.surfaces);
    return sizeOfMesh(largestMesh(surfaces, discretization), 1, ruptures.length);
  },
  prepare(source, discretization) {
    return namingSource(source.id, () => new NonParametricRuptures(source, discretization));
  },
};

/** A unit is a rupture. */
class NonParametricRuptures implements PreparedSource {
  readonly units: number;
  readonly ruptureCount: number;
  readonly minimumMagnitude: number;
  readonly maximumMagnitude: number;
  /** distinct magnitudes, ascending */
  private readonly magnitudes: Float64Array;
  private readonly surfaces: (Surface | undefined)[];

  constructor(
    private readonly source: NonParametricSource,
    private readonly discretization: Discretization,
  ) {
    this.units = source.ruptures.length;
    this.ruptureCount = this.units;
    this.surfaces = new Array<Surface | undefined>(this.units);
    this.magnitudes = Float64Array.from(new Set(source.ruptures.map(({ magnitude }) => magnitude))).sort();
    this.minimumMagnitude = this.magnitudes[0];
    this.maximumMagnitude = this.magnitudes[this.magnitudes.length - 1];
  }

  countRuptures(first: number, last: number): number {
    return last - first;
  }

  boundingBox(distance: number): [number, number, number, number] {
    const boxes = this.source.ruptures.map((_, r) => this.surface(r).boundingBox());
    return dilatedBox(enclosingBox(boxes), distance);
  }

  *ruptures(first = 0, last = this.units): Iterable<Rupture> {
    for (let r = first; r < last; r++) {
      const { magnitude, rake, hypocentre, probabilities, weight } = this.source.ruptures[r];
      yield {
        index: r,
        magnitude,
        magnitudeIndex: this.magnitudes.indexOf(magnitude),
        share: 1,
        rate: NaN,
        rake,
        hypocentre,
        surface: this.surface(r),
        probabilities,
        weight,
      };
    }
  }

  contexts(request: ContextRequest, first: number, last: number): void {
    const contexts = new SurfaceContexts(request);
    for (const rupture of this.ruptures(first, last)) contexts.add(rupture, (writer) => writer.rate(0));
  }

  private surface(r: number): Surface {
    return (this.surfaces[r] ??= surfaceOfGeometry(this.source.ruptures[r].surfaces, this.discretization));
  }
}
