import type { ContextBatch, DistanceKind } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, LN_CMS2_TO_G, perMeasureModel } from '../per-measure.js';
import { styleOfFaulting } from '../terms/style-of-faulting.js';

const { tables } = readTables(import.meta.url, 'lanzano-2016');
const LN10 = Math.LN10;

function declaration(id: string, distance: DistanceKind): ModelDeclaration {
  const table = new CoefficientTable(tables[distance]);
  const requires = { rupture: ['mag', 'rake'], distances: [distance], site: ['vs30', 'lon', 'lat', 'bas'] } as const;
  return {
    id,
    citation:
      'G. Lanzano, M. D’Amico, C. Felicetta, R. Puglia, L. Luzi, F. Pacor, D. Bindi (2016), Ground-motion prediction equations for region-specific probabilistic seismic-hazard analysis, Bulletin of the Seismological Society of America 106(1), doi:10.1785/0120150096',
    tectonicRegionType: 'Active Shallow Crust',
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [],
    notes: 'Northern Italy; the site parameter bas is 1 in the Po plain.',
    create: () =>
      perMeasureModel(id, requires, (imt, sites) => {
        const c = table.row(imt, id);
        const constant = siteTerms(c, sites, imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G);
        const north = Uint8Array.from(sites.numeric.lon, (lon, s) =>
          sites.numeric.lat[s] >= 48.3 - 0.33 * lon ? 1 : 0,
        );
        return (batch, out, m) => {
          meanOf(c, { constant, north }, batch, batch[distance], distance === 'rjb' ? c.h * c.h : 0, out.mean[m]);
          fillSigma(out, m, batch.size, LN10 * c.SigmaTot, LN10 * c.tau, LN10 * c.phi);
        };
      }),
  };
}

function siteTerms(c: Coefficients, sites: SiteParameters, unit: number): Float64Array {
  const { vs30, bas } = sites.numeric;
  return vs30.map((v, s) => {
    const site = v >= 800 ? c.sA : v >= 360 ? c.sB : c.sC;
    return LN10 * (site + (bas[s] === 1 ? c.dbas : 0)) + unit;
  });
}

/** A rake that is not a number stands for an unknown style, which has no term. */
function styleTerm(c: Coefficients, rake: number): number {
  if (Number.isNaN(rake)) return 0;
  const style = styleOfFaulting(rake);
  if (style === 'strike-slip') return c.fUN;
  return style === 'normal' ? c.fNF : c.fTF;
}

const LN_70 = Math.log(70);

/** Equation 1; other attenuation beyond 70 km and north of a line through the plain. */
function meanOf(
  c: Coefficients,
  { constant, north }: { readonly constant: Float64Array; readonly north: Uint8Array },
  batch: ContextBatch,
  distance: Float64Array,
  h2: number,
  mean: Float64Array,
): void {
  const { start, site, mag, rake } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = mag[r] - 5;
    const event = LN10 * (c.a + c.b1 * dm + c.b2 * dm * dm + styleTerm(c, rake[r]));
    const nearNorth = c.c11 + c.c21 * dm;
    const farNorth = c.c12 + c.c22 * dm;
    const nearSouth = c.c13 + c.c23 * dm;
    const farSouth = c.c14 + c.c24 * dm;
    for (let i = start[r]; i < start[r + 1]; i++) {
      const s = site[i];
      const ln = 0.5 * Math.log(distance[i] * distance[i] + h2) - LN_70;
      const slope = north[s] ? (ln <= 0 ? nearNorth : farNorth) : ln <= 0 ? nearSouth : farSouth;
      mean[i] = event + slope * ln + constant[s];
    }
  }
}

export const models: ModelModule['models'] = [
  declaration('LanzanoEtAl2016_RJB', 'rjb'),
  declaration('LanzanoEtAl2016_Rhypo', 'rhypo'),
];
