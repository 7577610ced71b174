/** The mesh of a source model is that of the job. */
const SPACING = 'the mesh spacing of the job counts';
const GIVEN_SURFACE = 'the surface of the rupture is given';

/** Kinds of ruptures of non-parametric and multi-fault sources. */
const RUPTURES = [
  'singlePlaneRupture',
  'multiPlanesRupture',
  'simpleFaultRupture',
  'complexFaultRupture',
  'griddedRupture',
];

/**
 * Content that published models carry and that changes no number: told as a warning, not refused. `tag @attribute` or
 * `tag child` -> why it does not count. docs/unknown-content.md lists it for users.
 */
export const HARMLESS: ReadonlyMap<string, string> = new Map<string, string>([
  ...['simpleFaultGeometry', 'complexFaultGeometry', 'kiteSurface', 'planarSurface', 'griddedSurface'].map(
    (tag): [string, string] => [`${tag} @spacing`, SPACING],
  ),
  ...RUPTURES.flatMap((tag): [string, string][] => [
    [`${tag} magScaleRel`, GIVEN_SURFACE],
    [`${tag} ruptAspectRatio`, GIVEN_SURFACE],
  ]),
  ['faultActivityData @recompute_mmax', 'largest magnitudes are not computed again, as in the OpenQuake engine'],
]);

/** Why a text between elements, or beside attributes, does not count. */
export const STRAY_TEXT = 'a text between elements means nothing';
