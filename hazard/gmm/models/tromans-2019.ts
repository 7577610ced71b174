import { valueByMeasure } from '../value-by-measure.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type { Arguments, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { unsupportedMeasure, refusedArgument } from '../refusals.js';
import { SIGMA_MU_EPSILON } from '../shared-arguments.js';
import { modifiedModel, type Modification } from '../wrappers/wrapped-model.js';

const { tables } = readTables(import.meta.url, 'tromans-2019');

const TAU = new CoefficientTable(tables.tau);
const PHI = new CoefficientTable(tables.phi);
const SITE_TO_SITE = new CoefficientTable(tables.siteToSite);

/** Of tau and of phi, by the branch. */
const BRANCHES: Readonly<Record<string, { readonly tau: number; readonly phi: number }>> = {
  upper: { tau: 0.075, phi: 1.16 },
  central: { tau: 0, phi: 1 },
  lower: { tau: -0.075, phi: 0.84 },
};

interface Options {
  readonly branch: string;
  readonly homoskedastic: boolean;
  readonly siteToSite: boolean;
  readonly epsilon: number;
  readonly scaling: number | null;
  readonly vskappa: Arguments | null;
}

const ramp = (low: number, high: number, mag: number) => low + (high - low) * Math.min(Math.max((mag - 5) / 2, 0), 1);

/** Al Atik & Youngs (2014), equations 9 to 11: the standard deviation of the median. */
function medianSigma(imt: Imt, id: string): (mag: number, rake: number) => number {
  if (imt.kind !== 'PGA' && imt.kind !== 'SA') throw unsupportedMeasure(id, imt, 'PGA, SA with sigma_mu_epsilon');
  const period = imt.kind === 'PGA' ? 0.01 : imt.period;
  const long = period >= 1 ? 0.0171 * Math.log(period) : 0;
  return (mag, rake) => 0.083 + 0.056 * Math.max(mag - 7, 0) + long + (rake >= -135 && rake <= -45 ? 0.038 : 0);
}

/** Logarithms of factors by measure, so that these are interpolated; what is no number stays for the refusal. */
const logarithms = (factors: Arguments): Arguments =>
  Object.fromEntries(
    Object.entries(factors).map(([imt, factor]) => [imt, typeof factor === 'number' ? Math.log(factor) : factor]),
  );

function adjusted(id: string, options: Options): Modification {
  const { branch, homoskedastic, siteToSite, epsilon, scaling, vskappa } = options;
  const side = BRANCHES[branch];
  const lnFactor = vskappa && valueByMeasure(id, 'vskappa', logarithms(vskappa));
  return {
    requires: { rupture: epsilon === 0 ? ['mag'] : ['mag', 'rake'], distances: [], site: [] },
    prepare(imts) {
      const measures = imts.map((imt) => {
        const { s3, s4 } = TAU.row(imt, id);
        const { const_phiss: floor, phi1m, phi2m } = PHI.row(imt, id);
        return {
          shift: (scaling === null ? 0 : Math.log(scaling)) + (lnFactor ? lnFactor(imt) : 0),
          sigmaMu: epsilon === 0 ? undefined : medianSigma(imt, id),
          tau: (mag: number) => ramp(s3, s4, homoskedastic ? 6 : mag) + side.tau,
          phi: (mag: number) => side.phi * (homoskedastic ? floor : Math.max(ramp(phi1m, phi2m, mag), floor)),
          added: siteToSite ? SITE_TO_SITE.row(imt, id).dfs2s : 0,
        };
      });
      return (batch, { mean, total, inter, intra }) => {
        measures.forEach(({ shift, sigmaMu, tau, phi, added }, m) => {
          for (let r = 0; r < batch.ruptures; r++) {
            const [from, to] = [batch.start[r], batch.start[r + 1]];
            const mag = batch.mag[r];
            const change = shift + (sigmaMu ? epsilon * sigmaMu(mag, batch.rake[r]) : 0);
            for (let i = from; i < to; i++) mean[m][i] += change;
            const between = tau(mag);
            const within = Math.hypot(phi(mag), added);
            inter[m].fill(between, from, to);
            intra[m].fill(within, from, to);
            total[m].fill(Math.hypot(between, within), from, to);
          }
        });
      };
    },
  };
}

const declaration = (id: string): ModelDeclaration => ({
  id,
  citation:
    'I. J. Tromans, G. Aldama-Bustos, J. Douglas, A. Lessi-Cheimariou, S. Hunt, M. Daví, R. M. W. Musson, G. Garrard, F. O. Strasser, C. Robertson (2019), Probabilistic seismic hazard assessment for a new-build nuclear power plant site in the UK, Bulletin of Earthquake Engineering 17, 1-36; sigma_mu: L. Al Atik, R. R. Youngs (2014), Earthquake Spectra 30(3), 1301-1318',
  tectonicRegionType: '',
  imts: [{ kind: 'PGA' }, { kind: 'SA', minimum: 0.01, maximum: 3 }],
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: { rupture: id === 'TromansEtAl2019' ? ['mag'] : ['mag', 'rake'], distances: [], site: [] },
  arguments: [
    { name: 'gmpe_name', meaning: 'name of the model that gives the median', type: 'text' },
    {
      name: 'branch',
      meaning: 'of the standard deviations',
      type: 'text',
      default: 'central',
      allowed: Object.keys(BRANCHES),
    },
    SIGMA_MU_EPSILON,
    {
      name: 'homoskedastic_sigma',
      meaning: 'standard deviations do not depend on magnitude',
      type: 'boolean',
      default: false,
    },
    { name: 'scaling_factor', meaning: 'factor of the median; none: 1', type: 'number', default: null },
    {
      name: 'vskappa',
      meaning: 'factors of the median by measure for the velocity and kappa of the site, interpolated between periods',
      type: 'table',
      default: null,
    },
    { name: 'phi_ds2s', meaning: 'add what the site-to-site term has above 1 s', type: 'boolean', default: true },
  ],
  notes:
    'The median of the model named, with standard deviations of a single station. PGV only with phi_ds2s = false and sigma_mu_epsilon = 0. Factors are applied to each measure once.',
  async create(args, resources): Promise<GroundMotionModel> {
    const scaling = Number(args.scaling_factor ?? 1);
    if (!(scaling >= 0)) throw refusedArgument(id, 'scaling_factor', ': scaling_factor must be positive', scaling);
    const wrapped = await resources.model({ name: String(args.gmpe_name), arguments: {} });
    return modifiedModel(id, wrapped, [
      adjusted(id, {
        branch: String(args.branch),
        homoskedastic: args.homoskedastic_sigma === true,
        siteToSite: args.phi_ds2s === true,
        epsilon: Number(args.sigma_mu_epsilon),
        scaling: scaling === 0 ? null : scaling,
        vskappa: args.vskappa as Arguments | null,
      }),
    ]);
  },
});

export const models: ModelModule['models'] = [declaration('TromansEtAl2019'), declaration('TromansEtAl2019SigmaMu')];
