import { insideRing } from '../../geo/planar-polygon.js';
import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { Imt } from '../imt.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { GRAVITY } from '../per-measure.js';
import { unsupportedMeasure, refusedArgument } from '../refusals.js';

const { tables, constants } = readTables(import.meta.url, 'sgobba-2020');

const TABLE = new CoefficientTable(tables.main);
const ID = 'SgobbaEtAl2020';

/** Measures of the between-event residuals and those of the earthquakes of 2009 to 2018, log10 units. */
const EVENT_PERIODS = constants?.eventPeriods as readonly number[];
const EVENTS = constants?.events as Readonly<Record<string, readonly (number | null)[]>>;

/** Corners (degrees) of the clusters of earthquakes that have terms of their own. */
const CLUSTERS: Readonly<Record<string, Float64Array>> = {
  1: Float64Array.of(13.37, 42.13, 13.6, 42.24, 13.48, 42.51, 13.19, 42.36),
  4: Float64Array.of(13.26, 42.41, 13.43, 42.49, 13.27, 43.02, 12.96, 42.86),
  5: Float64Array.of(13.03, 42.9, 13.21, 42.99, 13.1, 43.13, 12.9, 43.06),
};
const HINGE_MAGNITUDE = 5;
/** km */
const PSEUDO_DEPTH = 6;

/** Errors: Refusal for a hypocentre in a cluster, whose terms the project does not have. */
function refuseClusters({ ruptures, hypoLon, hypoLat }: ContextBatch): void {
  for (let r = 0; r < ruptures; r++)
    for (const [cluster, ring] of Object.entries(CLUSTERS))
      if (insideRing(ring, hypoLon[r], hypoLat[r]))
        throw refusedArgument(
          ID,
          'cluster',
          `: the hypocentre ${hypoLon[r]} ${hypoLat[r]} lies in cluster ${cluster}, whose path terms are not public: cluster = 0 leaves them out`,
          null,
          '0',
        );
}

/** The between-event residual of an earthquake. Errors: Refusal for a measure without one. */
function eventTerm(event: string, imt: Imt): number {
  const k = imt.kind === 'PGA' || imt.kind === 'SA' ? EVENT_PERIODS.indexOf(imt.period) : -1;
  const residual = EVENTS[event][k] ?? undefined;
  if (residual === undefined)
    throw unsupportedMeasure(
      ID,
      imt,
      EVENT_PERIODS.map((t) => (t === 0 ? 'PGA' : `SA(${t})`)).join(', '),
      ' with event_id',
    );
  return residual;
}

/** log10 of the median (cm/s2): Sgobba et al. (2020), equations 1 to 4, without the terms of sites and of the paths from clusters. */
const SgobbaEtAl2020: ModelDeclaration = formDeclaration(
  {
    id: ID,
    citation:
      'S. Sgobba, G. Lanzano, F. Pacor (2020), Empirical nonergodic shaking scenarios based on spatial correlation models: an application to central Italy, Earthquake Engineering and Structural Dynamics',
    tectonicRegionType: 'Active Shallow Crust',
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag', 'hypoLon', 'hypoLat'], distances: ['rjb'], site: [] },
    referenceVelocity: 800,
    arguments: [
      {
        name: 'event_id',
        meaning:
          'an earthquake of central Italy, 2009 to 2018 (such as 160824013632), whose between-event residual is added',
        type: 'text',
        default: null,
      },
      { name: 'directionality', meaning: 'has no effect', type: 'boolean', default: false },
      {
        name: 'cluster',
        meaning: '0: no path terms; none: those of the cluster of the hypocentre, which are refused',
        type: 'number',
        default: null,
        allowed: [null, 0],
      },
      {
        name: 'site',
        meaning: 'terms of sites: only with bedrock = true, which leaves them out',
        type: 'boolean',
        default: false,
      },
      { name: 'bedrock', meaning: 'sites are of reference rock', type: 'boolean', default: false },
    ],
    notes:
      'On reference rock. The terms of sites and of the paths from three clusters of earthquakes are not public in full: what asks for them is refused.',
  },
  (imt, _sites, args) => {
    if (args.site === true && args.bedrock !== true)
      throw refusedArgument(
        ID,
        'site',
        ': site = true needs bedrock = true: the terms of sites are not public in full',
        true,
        'false',
      );
    const event = args.event_id === null ? undefined : String(args.event_id);
    if (event !== undefined && !(event in EVENTS))
      throw refusedArgument(
        ID,
        'event_id',
        `: event_id ${event} is not one of the ${Object.keys(EVENTS).length} earthquakes of the model`,
        event,
      );
    const c = TABLE.row(imt, ID);
    const residual = event === undefined ? 0 : eventTerm(event, imt);
    const tau = event === undefined ? c.tau_ev : 0;
    const phi = Math.hypot(c.sigma_0, c.tau_L2L, c.phi_S2S_ref, c.phi_P2P);
    let level = 0;
    let slope = 0;
    return {
      rupture(batch, r) {
        if (r === 0 && args.cluster === null) refuseClusters(batch);
        const dm = batch.mag[r] - HINGE_MAGNITUDE;
        level = c.a + residual + (dm <= 0 ? c.b1 : c.b2) * dm;
        slope = c.c1 * (batch.mag[r] - c.mref) + c.c2;
      },
      mean({ rjb }, i) {
        const distance = Math.hypot(rjb[i], PSEUDO_DEPTH);
        const log10 = level + slope * Math.log10(distance) + c.c3 * (distance - 1);
        return log10 * Math.LN10 - Math.log(100 * GRAVITY);
      },
      deviations: log10Deviations(tau, phi),
    };
  },
);

export const models: ModelModule['models'] = [SgobbaEtAl2020];
