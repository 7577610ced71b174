/** Pictures of the kinds of sources for docs/sources.md: meshes and ruptures as the code makes them. */
import type { Rupture } from '../../hazard/sources/prepared-source.js';
import { prepareSource } from '../../hazard/sources/registry.js';
import { GriddedSurface } from '../../hazard/surfaces/gridded.js';
import { KiteSurface } from '../../hazard/surfaces/kite.js';
import { MultiSurface } from '../../hazard/surfaces/multi.js';
import type { NodeMesh } from '../../hazard/surfaces/node-mesh.js';
import { PlanarSurface } from '../../hazard/surfaces/planar.js';
import { RectangularSurface } from '../../hazard/surfaces/rectangular.js';
import type { Surface } from '../../hazard/surfaces/surface.js';
import type { KnownSource } from './known-source.js';
import { ObliqueView, type Place } from './oblique-view.js';
import { PICTURED_SOURCES, type PicturedSource } from './pictured-sources.js';

const MESH = 'fill="none" stroke="#9aa7b4" stroke-width="0.7"';
const GROUND = 'fill="#f3efe6" stroke="#c9bfa8" stroke-width="1"';
const TOP = 'fill="none" stroke="#333333" stroke-width="2"';
const COLOURS = ['#c2410c', '#1d4ed8', '#15803d'];

/** File name and SVG of every picture. */
export function sourcePictures(): [file: string, svg: string][] {
  return PICTURED_SOURCES.map((picture) => [`${picture.file}.svg`, draw(picture)]);
}

function draw({ source, discretization, show, mesh, turn, tilt }: PicturedSource): string {
  const prepared = prepareSource(source, discretization);
  const ruptures = [...prepared.ruptures()];
  const [west, south, east, north] = prepared.boundingBox(6);
  const view = new ObliqueView([(west + east) / 2, (south + north) / 2], turn ?? -25, tilt ?? 32);
  view.polygon(
    [
      [west, south, 0],
      [east, south, 0],
      [east, north, 0],
      [west, north, 0],
    ],
    GROUND,
  );
  drawOutline(view, source);
  if (mesh !== undefined) drawWires(view, ruptures.at(mesh)!.surface, MESH);
  show.forEach((index, i) => drawRupture(view, ruptures[index], COLOURS[i % COLOURS.length]));
  show.forEach((index, i) => {
    const { magnitude } = ruptures[index];
    const of = ruptures.filter((rupture) => rupture.magnitudeIndex === ruptures[index].magnitudeIndex).length;
    const number = `rupture ${index}: magnitude ${magnitude.toFixed(2)}`;
    view.caption(of > 1 ? `${number}, one of ${of} of this magnitude` : number, COLOURS[i % COLOURS.length]);
  });
  return view.svg();
}

/** What the file gives: trace, edges, profiles, polygon, points. */
function drawOutline(view: ObliqueView, source: KnownSource): void {
  switch (source.type) {
    case 'area':
      view.polygon(placesOf(source.polygon, 2), TOP);
      break;
    case 'multiPoint':
      for (const place of placesOf(source.points, 2)) view.mark(place, 3, 'fill="#333333"');
      break;
    case 'simpleFault':
      view.line(placesOf(source.geometry.trace, 3), TOP);
      break;
    case 'complexFault':
      for (const edge of source.geometry.edges) view.line(placesOf(edge, 3), TOP);
      break;
    case 'kiteFault':
      if (source.geometry.kind !== 'kite') break;
      for (const profile of source.geometry.profiles) view.line(placesOf(profile, 3), TOP);
      break;
    case 'point':
    case 'characteristicFault':
    case 'nonParametric':
      break;
    case 'multiFault':
      for (const parts of source.sections.surfaces) {
        for (const part of parts) {
          if (part.kind === 'kite') for (const profile of part.profiles) view.line(placesOf(profile, 3), TOP);
        }
      }
  }
}

function placesOf(points: Float64Array, stride: 2 | 3): Place[] {
  return Array.from({ length: points.length / stride }, (_, i) => [
    points[stride * i],
    points[stride * i + 1],
    stride === 3 ? points[stride * i + 2] : 0,
  ]);
}

function drawRupture(view: ObliqueView, rupture: Rupture, colour: string): void {
  drawArea(view, rupture.surface, `fill="${colour}" fill-opacity="0.28" stroke="none"`);
  drawWires(view, rupture.surface, `fill="none" stroke="${colour}" stroke-width="0.8"`);
  view.mark(rupture.hypocentre, 4.5, `fill="${colour}" stroke="#ffffff" stroke-width="1"`);
}

function drawArea(view: ObliqueView, surface: Surface, style: string): void {
  if (surface instanceof MultiSurface) for (const part of surface.surfaces) drawArea(view, part, style);
  else if (surface instanceof PlanarSurface) view.polygon(cornersOf(surface), style);
  else if (surface instanceof RectangularSurface || surface instanceof KiteSurface) {
    for (const cell of cellsOf(surface.mesh)) view.polygon(cell, style);
  }
}

function drawWires(view: ObliqueView, surface: Surface, style: string): void {
  if (surface instanceof MultiSurface) for (const part of surface.surfaces) drawWires(view, part, style);
  else if (surface instanceof PlanarSurface) view.polygon(cornersOf(surface), style);
  else if (surface instanceof GriddedSurface) {
    const colour = /stroke="([^"]*)"/.exec(style)?.[1] ?? '#333333';
    nodesOf(surface.mesh).forEach((node) => view.mark(node, 2, `fill="${colour}"`));
  } else if (surface instanceof RectangularSurface || surface instanceof KiteSurface) {
    for (const cell of cellsOf(surface.mesh)) view.polygon(cell, style);
  }
}

function cornersOf(surface: PlanarSurface): Place[] {
  return [0, 1, 3, 2].map((k) => surface.corner(k));
}

function nodesOf({ lon, lat, depth }: NodeMesh): Place[] {
  return Array.from(lon, (_, i) => [lon[i], lat[i], depth[i]]);
}

/** Cells whose four nodes are defined. */
function cellsOf(mesh: NodeMesh): Place[][] {
  const nodes = nodesOf(mesh);
  const cells: Place[][] = [];
  for (let r = 0; r + 1 < mesh.rows; r++) {
    for (let c = 0; c + 1 < mesh.columns; c++) {
      const i = r * mesh.columns + c;
      const cell = [nodes[i], nodes[i + 1], nodes[i + mesh.columns + 1], nodes[i + mesh.columns]];
      if (cell.every(([lon]) => !Number.isNaN(lon))) cells.push(cell);
    }
  }
  return cells;
}
