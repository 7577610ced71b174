import { boundingBox } from '../geo/bounding-box.js';
import { roundAsText, roundHalfEven } from '../geo/rounding.js';
import type { SingleMfd } from '../mfd/mfd.js';
import { magnitudeBins, type MagnitudeBins } from '../mfd/rates.js';
import { scalingRelation } from '../scaling/registry.js';
import { kiteMesh } from '../surfaces/kite-mesh.js';
import { KiteSurface } from '../surfaces/kite.js';
import { blockMesh, type NodeBlock, type NodeMesh } from '../surfaces/node-mesh.js';
import { simpleFaultMesh } from '../surfaces/simple-fault.js';
import { BlockRuptures } from './floating/block-ruptures.js';
import { floatOnKite, kiteRuptureSize } from './floating/kite-fault-floating.js';
import type { PreparedSource, Rupture, SourceKind } from './prepared-source.js';
import type { ContextRequest } from '../contexts/context-request.js';
import { namingSource } from './refusal.js';
import { SurfaceContexts } from './surface-contexts.js';
import { field } from './source-changes.js';
import { sizeOfFloating } from './source-size.js';
import type { Discretization, KiteFaultSource, KiteGeometry, SimpleFaultGeometry } from './source.js';
import { outlineOfSurfaces } from './source-outline.js';

/** The step of the simple-fault mesh whose columns serve as profiles, over the rupture mesh spacing; as in the reference. */
const PROFILE_STEP = 1.01;
/** Degrees: vertical profiles would give no horizontal extent to work with. */
const STEEPEST_DIP = 89.9;

/** Faults described by profiles down dip, on which ruptures of a fixed number of nodes float. */
export const kiteFault: SourceKind<KiteFaultSource> = {
  type: 'kiteFault',
  code: 'K',
  outline: ({ geometry }) => outlineOfSurfaces([geometry]),
  lostMagnitudes,
  changes: {
    aspectRatio: field('ruptureAspectRatio'),
    // not a type of the OpenQuake engine
    geometry: {
      uncertainty: 'kiteFaultGeometryAbsolute',
      ofOneSource: true,
      with: (source, [geometry]) =>
        geometry.kind === 'kite' || geometry.kind === 'simpleFault' ? { ...source, geometry } : undefined,
      needed: 'profiles or the geometry of a simple fault are',
    },
    withMeshSpacing: (source, spacing) => ({ ...source, geometry: { ...source.geometry, spacing } }),
  },
  size: (source, discretization) => sizeOfFloating(source, discretization, { aspect: source.ruptureAspectRatio }),
  prepare(source, discretization, columns = [source.mfd]) {
    return namingSource(source.id, () => prepareKiteFault(source, discretization, columns));
  },
};

/** Magnitudes of a kite fault for which its mesh is too coarse: they make no ruptures, and their rates are lost. */
export function lostMagnitudes(source: KiteFaultSource, discretization: Discretization): number[] {
  const spacing = source.geometry.spacing ?? discretization.ruptureMeshSpacing;
  const { magnitudes } = magnitudeBins([source.mfd], discretization.widthOfMfdBin);
  const relation = scalingRelation(source.magnitudeScalingRelation);
  const { ruptureAspectRatio: ratio } = source;
  return [...magnitudes].filter(
    (magnitude) =>
      kiteRuptureSize(relation.medianArea(magnitude, source.rake), ratio, spacing, spacing / ratio) === undefined,
  );
}

function prepareKiteFault(
  source: KiteFaultSource,
  discretization: Discretization,
  columns: readonly SingleMfd[],
): PreparedSource {
  const edgeSpacing = source.geometry.spacing ?? discretization.ruptureMeshSpacing;
  const profileSpacing = edgeSpacing / source.ruptureAspectRatio;
  const mesh = kiteMesh(profilesOf(source.geometry, edgeSpacing), profileSpacing, edgeSpacing);
  const bins = magnitudeBins(columns, discretization.widthOfMfdBin);
  const relation = scalingRelation(source.magnitudeScalingRelation);
  const blocks = Array.from(bins.magnitudes, (magnitude) => {
    const area = relation.medianArea(magnitude, source.rake);
    const size = kiteRuptureSize(area, source.ruptureAspectRatio, edgeSpacing, profileSpacing);
    return size === undefined
      ? []
      : floatOnKite(mesh, size, discretization.floatingXStep, discretization.floatingYStep);
  });
  const ruptures = new BlockRuptures({
    mesh,
    rake: source.rake,
    bins,
    box: boundingBox(mesh.lon, mesh.lat),
    blocks,
    measure: (block) => new KiteSurface(blockMesh(mesh, block)),
    hypocentre: (block) => hypocentreOf(mesh, block),
    surface: (block) => new KiteSurface(blockMesh(mesh, block)),
    dilation: 0,
    magnitude: (bin) => magnitudeInCalculations(bins.magnitudes, bin),
  });
  return new KiteSurface(mesh).isVertical ? new VerticalKiteRuptures(ruptures, bins) : ruptures;
}

/**
 * Magnitudes of a source with several bins are rounded to 2 decimals in calculations: the reference splits the source by
 * magnitude there and keeps the magnitudes as texts on the way. A source with one bin is not split and keeps its magnitude.
 */
function magnitudeInCalculations(magnitudes: Float64Array, bin: number): number {
  return magnitudes.length > 1 ? roundAsText(magnitudes[bin]) : magnitudes[bin];
}

/** Profiles of the geometry; of a simple fault, the columns of its mesh. */
function profilesOf(geometry: KiteGeometry | SimpleFaultGeometry, edgeSpacing: number): readonly Float64Array[] {
  if (geometry.kind === 'kite') return geometry.profiles;
  const shape = { ...geometry, dip: geometry.dip === 90 ? STEEPEST_DIP : geometry.dip };
  const { rows, columns, lon, lat, depth } = simpleFaultMesh(shape, PROFILE_STEP * edgeSpacing);
  return Array.from({ length: columns }, (_, c) =>
    Float64Array.from({ length: 3 * rows }, (_, k) => {
      const node = Math.floor(k / 3) * columns + c;
      return [lon, lat, depth][k % 3][node];
    }),
  );
}

/** The node in the middle, halves of numbers of rows and columns rounded to even. */
function hypocentreOf(mesh: NodeMesh, block: NodeBlock): [number, number, number] {
  const row = block.firstRow + roundHalfEven(block.rows / 2);
  const column = block.firstColumn + roundHalfEven(block.columns / 2);
  const node = row * mesh.columns + column;
  return [mesh.lon[node], mesh.lat[node], mesh.depth[node]];
}

/**
 * Ruptures of a vertical kite: the strips that stand for their outlines are not unions of cells, so each rupture measures its
 * Joyner-Boore distances on its own surface.
 */
class VerticalKiteRuptures implements PreparedSource {
  readonly units: number;
  readonly ruptureCount: number;
  readonly minimumMagnitude: number;
  readonly maximumMagnitude: number;

  constructor(
    private readonly blocks: BlockRuptures,
    private readonly bins: MagnitudeBins,
  ) {
    this.units = blocks.units;
    this.ruptureCount = blocks.ruptureCount;
    this.minimumMagnitude = blocks.minimumMagnitude;
    this.maximumMagnitude = blocks.maximumMagnitude;
  }

  countRuptures(first: number, last: number): number {
    return this.blocks.countRuptures(first, last);
  }

  boundingBox(distance: number): [number, number, number, number] {
    return this.blocks.boundingBox(distance);
  }

  ruptures(first?: number, last?: number): Iterable<Rupture> {
    return this.blocks.ruptures(first, last);
  }

  contexts(request: ContextRequest, first: number, last: number): void {
    const contexts = new SurfaceContexts(request);
    for (const rupture of this.blocks.ruptures(first, last)) {
      const magnitude = magnitudeInCalculations(this.bins.magnitudes, rupture.magnitudeIndex);
      contexts.add({ ...rupture, magnitude }, (writer) =>
        writer.rates(this.bins, rupture.magnitudeIndex, rupture.share),
      );
    }
  }
}
