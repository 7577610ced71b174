import type {
  AreaSource,
  CharacteristicFaultSource,
  CollapsedPointSource,
  ComplexFaultSource,
  KiteFaultSource,
  MultiFaultSource,
  MultiPointSource,
  NonParametricSource,
  PointSource,
  SimpleFaultSource,
  Source,
} from '../../hazard/sources/source.js';

/** The sources whose contents pictures and tests look at, type by type. */
export type KnownSource =
  | AreaSource
  | CharacteristicFaultSource
  | CollapsedPointSource
  | ComplexFaultSource
  | KiteFaultSource
  | MultiFaultSource
  | MultiPointSource
  | NonParametricSource
  | PointSource
  | SimpleFaultSource;

/** A source as one of those. */
export function known(source: Source): KnownSource {
  return source as KnownSource;
}
