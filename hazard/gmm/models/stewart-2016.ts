import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigmaOfRupture } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'stewart-2016');

const TABLE = new CoefficientTable(tables.main);
const ID = 'StewartEtAl2016';
const PGA = parseImt('PGA');
const requires: Requirements = { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] };
const F3 = 0.1;
/** columns of the change of the anelastic attenuation */
const ANELASTIC: Readonly<Record<string, string>> = { CHN: 'Dc3CH', JPN: 'Dc3JP' };

/** ln of the motion on rock of 760 m/s, g or cm/s (the form of Boore et al., 2014). */
function lnRock(c: Coefficients, anelastic: number, style: boolean, batch: ContextBatch, out: Float64Array): void {
  const { start, mag, rake, rjb } = batch;
  const h2 = c.h * c.h;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = mag[r] - c.Mh;
    const absolute = Math.abs(rake[r]);
    let event = dm <= 0 ? dm * (c.e4 + dm * c.e5) : c.e6 * dm;
    if (!style) event += c.e0;
    else if (absolute <= 30 || 180 - absolute <= 30) event += c.e1;
    else event += rake[r] > 30 && rake[r] < 150 ? c.e3 : c.e2;
    const slope = c.c1 + c.c2 * (mag[r] - 4.5);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const d = Math.sqrt(rjb[i] * rjb[i] + h2);
      out[i] = event + slope * Math.log(d) + anelastic * (d - 1);
    }
  }
}

function modelOf(region: string, style: boolean): GroundMotionModel {
  const anelasticOf = (c: Coefficients): number => c.c3 + (region in ANELASTIC ? c[ANELASTIC[region]] : 0);
  return {
    id: ID,
    requires,
    prepare(imts, sites, capacity) {
      const { vs30 } = sites.numeric;
      const pga = TABLE.row(PGA, ID);
      const measures = imts.map((imt) => {
        const c = TABLE.row(imt, ID);
        return {
          c,
          linear: vs30.map((v) => c.c * Math.log(Math.min(v, c.Vc) / 760)),
          nonlinear: vs30.map((v) => c.f4 * (Math.exp(c.f5 * (Math.min(v, 760) - 360)) - Math.exp(c.f5 * 400))),
        };
      });
      const strength = new Float64Array(capacity);
      return (batch, out) => {
        const { site, mag, size } = batch;
        lnRock(pga, anelasticOf(pga), style, batch, strength);
        for (let i = 0; i < size; i++) strength[i] = Math.log(1 + Math.exp(strength[i]) / F3);
        for (let m = 0; m < measures.length; m++) {
          const { c, linear, nonlinear } = measures[m];
          const mean = out.mean[m];
          lnRock(c, anelasticOf(c), style, batch, mean);
          for (let i = 0; i < size; i++) mean[i] += linear[site[i]] + nonlinear[site[i]] * strength[i];
          for (let r = 0; r < batch.ruptures; r++) {
            const share = Math.min(Math.max(mag[r] - 4.5, 0), 1);
            const tau = c.tau1 + (c.tau2 - c.tau1) * share;
            const phi = c.phi1 + (c.phi2 - c.phi1) * share;
            fillSigmaOfRupture(out, m, batch, r, tau, phi);
          }
        }
      };
    },
  };
}

const StewartEtAl2016: ModelDeclaration = {
  id: ID,
  citation:
    'J. P. Stewart, D. M. Boore, E. Seyhan, G. M. Atkinson (2016), NGA-West2 equations for predicting vertical-component PGA, PGV, and 5%-damped PSA from shallow crustal earthquakes, Earthquake Spectra 32(2), 1005-1031, doi:10.1193/072114EQS116M',
  tectonicRegionType: 'Active Shallow Crust',
  imts: TABLE.imts,
  component: 'Vertical',
  standardDeviations: ['total', 'inter', 'intra'],
  requires,
  arguments: [
    {
      name: 'region',
      type: 'text',
      default: 'CAL',
      allowed: ['CAL', 'CHN', 'JPN'],
      meaning: 'region of the anelastic attenuation',
    },
    { name: 'sof', type: 'boolean', default: true, meaning: 'whether the style of faulting is used' },
  ],
  create: (args) => modelOf(String(args.region), args.sof === true),
};

export const models: ModelModule['models'] = [
  StewartEtAl2016,
  { id: 'StewartEtAl2016RegCHN', aliasOf: ID, arguments: { region: 'CHN' } },
  { id: 'StewartEtAl2016RegJPN', aliasOf: ID, arguments: { region: 'JPN' } },
  { id: 'StewartEtAl2016NoSOF', aliasOf: ID, arguments: { sof: false } },
  { id: 'StewartEtAl2016CHNNoSOF', aliasOf: ID, arguments: { region: 'CHN', sof: false } },
  { id: 'StewartEtAl2016JPNNoSOF', aliasOf: ID, arguments: { region: 'JPN', sof: false } },
];
