import { dilatedBox, unrolledBox } from '../geo/bounding-box.js';
import type { SingleMfd } from '../mfd/mfd.js';
import { magnitudeBins, type MagnitudeBins } from '../mfd/rates.js';
import type { Surface } from '../surfaces/surface.js';
import type { PreparedSource, Rupture, SourceKind } from './prepared-source.js';
import type { ContextRequest } from '../contexts/context-request.js';
import { namingSource } from './refusal.js';
import { binsOf, largestMesh, sizeOfMesh } from './source-size.js';
import type { CharacteristicFaultSource, Discretization, SurfaceGeometry } from './source.js';
import { SurfaceContexts } from './surface-contexts.js';
import { surfaceOfGeometry } from './surface-of-geometry.js';
import { outlineOfSurfaces } from './source-outline.js';

/** Characteristic faults: every rupture breaks the whole surface, whatever its magnitude. */
export const characteristicFault: SourceKind<CharacteristicFaultSource> = {
  type: 'characteristicFault',
  code: 'X',
  outline: ({ surfaces }) => outlineOfSurfaces(surfaces),
  changes: {
    geometry: {
      uncertainty: 'characteristicFaultGeometryAbsolute',
      ofOneSource: false,
      with: (source, surfaces) => ({ ...source, surfaces }),
      needed: 'surfaces are',
    },
    withMeshSpacing: (source, spacing) =>
      source.surfaces.some(isMeshed)
        ? { ...source, surfaces: source.surfaces.map((part) => (isMeshed(part) ? { ...part, spacing } : part)) }
        : undefined,
    faultArea: ({ surfaces }, discretization) => surfaceOfGeometry(surfaces, discretization).area,
  },
  size({ mfd, surfaces }, discretization) {
    const bins = binsOf(mfd, discretization.widthOfMfdBin);
    return sizeOfMesh(largestMesh(surfaces, discretization), bins, bins);
  },
  prepare(source, discretization, columns = [source.mfd]) {
    return namingSource(source.id, () => new CharacteristicRuptures(source, discretization, columns));
  },
};

/** Surfaces with a mesh; planes and grids of points have none. */
function isMeshed(geometry: SurfaceGeometry): geometry is Extract<SurfaceGeometry, { readonly spacing?: number }> {
  return geometry.kind !== 'planar' && geometry.kind !== 'gridded';
}

/** One rupture, and unit, per magnitude. */
class CharacteristicRuptures implements PreparedSource {
  readonly units: number;
  readonly ruptureCount: number;
  readonly minimumMagnitude: number;
  readonly maximumMagnitude: number;
  private readonly surface: Surface;
  private readonly bins: MagnitudeBins;
  private readonly hypocentre: [number, number, number];
  private readonly rake: number;

  constructor(source: CharacteristicFaultSource, discretization: Discretization, columns: readonly SingleMfd[]) {
    this.surface = surfaceOfGeometry(source.surfaces, discretization);
    this.hypocentre = this.surface.middle();
    this.rake = source.rake;
    this.bins = magnitudeBins(columns, discretization.widthOfMfdBin, this.surface.area);
    const { magnitudes } = this.bins;
    this.units = magnitudes.length;
    this.ruptureCount = magnitudes.length;
    this.minimumMagnitude = magnitudes.reduce((a, b) => Math.min(a, b), Infinity);
    this.maximumMagnitude = magnitudes.reduce((a, b) => Math.max(a, b), -Infinity);
  }

  countRuptures(first: number, last: number): number {
    return last - first;
  }

  boundingBox(distance: number): [number, number, number, number] {
    return dilatedBox(unrolledBox(this.surface.boundingBox()), distance);
  }

  *ruptures(first = 0, last = this.units): Iterable<Rupture> {
    for (let r = first; r < last; r++) {
      yield {
        index: r,
        magnitude: this.bins.magnitudes[r],
        magnitudeIndex: r,
        share: 1,
        rate: this.bins.rates[r * this.bins.columns],
        rake: this.rake,
        hypocentre: this.hypocentre,
        surface: this.surface,
      };
    }
  }

  contexts(request: ContextRequest, first: number, last: number): void {
    const contexts = new SurfaceContexts(request);
    for (const rupture of this.ruptures(first, last)) {
      contexts.add(rupture, (writer) => writer.rates(this.bins, rupture.index, 1));
    }
  }
}
