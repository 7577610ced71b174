import { allenHayes2017InterfaceBilinear } from './relations/allen-hayes-2017-interface-bilinear.js';
import { allenHayes2017InterfaceLinear } from './relations/allen-hayes-2017-interface-linear.js';
import { allenHayes2017Intraslab } from './relations/allen-hayes-2017-intraslab.js';
import { bcHydroNva } from './relations/bc-hydro-nva.js';
import { ceus2011 } from './relations/ceus-2011.js';
import { constantScaling } from './relations/constant-stress-drop.js';
import { germany } from './relations/germany.js';
import { gscCascadia } from './relations/gsc-cascadia.js';
import { gscEisb } from './relations/gsc-eisb.js';
import { gscEisi } from './relations/gsc-eisi.js';
import { gscEiso } from './relations/gsc-eiso.js';
import { gscOffshoreThrustsHgt } from './relations/gsc-offshore-thrusts-hgt.js';
import { gscOffshoreThrustsWin } from './relations/gsc-offshore-thrusts-win.js';
import { leonard2010ScrM0 } from './relations/leonard-2010-scr-m0.js';
import { leonard2010ScrMx } from './relations/leonard-2010-scr-mx.js';
import { leonard2010Scr } from './relations/leonard-2010-scr.js';
import { leonard2014Interplate } from './relations/leonard-2014-interplate.js';
import { leonard2014Scr } from './relations/leonard-2014-scr.js';
import { peer } from './relations/peer.js';
import { pointRelation } from './point.js';
import type { ScalingRelation } from './scaling-relation.js';
import { strasser2010Interface } from './relations/strasser-2010-interface.js';
import { strasser2010Intraslab } from './relations/strasser-2010-intraslab.js';
import { thingbaijam2017Interface } from './relations/thingbaijam-2017-interface.js';
import { thingbaijam2017NormalFault } from './relations/thingbaijam-2017-normal-fault.js';
import { thingbaijam2017ReverseFault } from './relations/thingbaijam-2017-reverse-fault.js';
import { thingbaijam2017StrikeSlip } from './relations/thingbaijam-2017-strike-slip.js';
import { wellsCoppersmith1994Qcss } from './relations/wells-coppersmith-1994-qcss.js';
import { wellsCoppersmith1994 } from './relations/wells-coppersmith-1994.js';
import { refusal } from '../refusal.js';

/** Every scaling relation: one file and one line here. */
const RELATIONS: readonly ScalingRelation[] = [
  allenHayes2017InterfaceBilinear,
  allenHayes2017InterfaceLinear,
  allenHayes2017Intraslab,
  bcHydroNva,
  ceus2011,
  germany,
  gscCascadia,
  gscEisb,
  gscEisi,
  gscEiso,
  gscOffshoreThrustsHgt,
  gscOffshoreThrustsWin,
  leonard2010ScrM0,
  leonard2010ScrMx,
  leonard2010Scr,
  leonard2014Interplate,
  leonard2014Scr,
  peer,
  pointRelation,
  strasser2010Interface,
  strasser2010Intraslab,
  thingbaijam2017Interface,
  thingbaijam2017NormalFault,
  thingbaijam2017ReverseFault,
  thingbaijam2017StrikeSlip,
  wellsCoppersmith1994Qcss,
  wellsCoppersmith1994,
];

const BY_NAME = new Map(RELATIONS.map((relation) => [relation.name, relation]));
/** A relation with its constant in TOML: a dotted key, or a table. */
const PARAMETRIC = /^(?:CScalingMSR\s*\.|\[CScalingMSR\])\s*C\s*=\s*([0-9.eE+-]+)$/;

/** Names of the relations without parameters. */
export const SCALING_RELATION_NAMES: readonly string[] = RELATIONS.map((relation) => relation.name);

/** The relation with a name as inputs write it. Errors: Refusal for an unknown name. */
export function scalingRelation(name: string): ScalingRelation {
  const known = BY_NAME.get(name);
  if (known) return known;
  const constant = Number(PARAMETRIC.exec(name.trim())?.[1]);
  if (Number.isFinite(constant)) return constantScaling(constant);
  throw refusal('UNKNOWN_SCALING_RELATION', `unknown magnitude scaling relation '${name}'`);
}
