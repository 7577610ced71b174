import { atMagnitude, panelSiteToSite, panelSteps, type MagnitudeSteps } from '../terms/al-atik-2015.js';
import { lnSpectralRatio, sedimentShare } from './chapman-guo-2021.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { GroundMotionTable } from '../ground-motion-table.js';
import { TableBundle } from '../table-bundle.js';
import { parseImt, type Imt } from '../imt.js';
import type {
  Evaluator,
  GroundMotion,
  GroundMotionModel,
  ModelAlias,
  ModelDeclaration,
  ModelModule,
} from '../model.js';
import { namedTable } from './nga-east.js';
import { siteAmplification } from '../terms/stewart-hashash-2020.js';

const { tables } = readTables(import.meta.url, 'usgs-ceus-2019');
const EPRI = new CoefficientTable(tables.epri);
const BIAS = new CoefficientTable(tables.bias);
const BUNDLE = new TableBundle(import.meta.url, 'usgs-ceus-2019-tables');
const ID = 'NGAEastUSGSGMPE';
const PGA = parseImt('PGA');
const SHORTEST = parseImt('SA(0.01)');
/** km: distances are interpolated by their logarithm */
const SHORTEST_DISTANCE = 1e-5;
const EPRI_WEIGHT = 0.8;
/** weights of the site amplification at -1, 0 and +1 standard deviations */
const [W_LOW, W_MIDDLE, W_HIGH] = [0.185, 0.63, 0.185];

type SigmaModel = 'EPRI' | 'PANEL' | 'COLLAPSED';

const NGAEastUSGSGMPE: ModelDeclaration = {
  id: ID,
  citation:
    'A. M. Shumway, M. D. Petersen, P. M. Powers, S. Rezaeian, K. S. Rukstales, B. S. Clayton (2021), The 2018 update of the US National Seismic Hazard Model: Additional period and site class data, Earthquake Spectra 37(2), 1145-1161, doi:10.1177/8755293020970979; medians: C. A. Goulet et al. (2018), PEER Report 2018/08',
  tectonicRegionType: 'Active Shallow Crust',
  validity: {
    magnitude: [4, 8.2],
    distance: { kind: 'rrup', range: [0, 1500] },
    vs30: [200, 3000],
    source: 'PEER Report 2018/08: range of the tables; velocities: J. P. Stewart et al. (2020), site term',
  },
  imts: [{ kind: 'PGA' }, { kind: 'PGV' }, { kind: 'SA', minimum: 0.01, maximum: 10 }],
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] },
  arguments: [
    {
      name: 'gmpe_table',
      meaning: 'a table of the model (such as nga_east_usgs_1.hdf5) or an HDF5 file',
      type: 'file',
    },
    {
      name: 'sigma_model',
      meaning: 'standard deviations: EPRI, PANEL, or COLLAPSED: 0.8 of the first and 0.2 of the second, total only',
      type: 'text',
      default: 'COLLAPSED',
      allowed: ['EPRI', 'PANEL', 'COLLAPSED'],
    },
    {
      name: 'epistemic_site',
      meaning: 'whether the median is the average over the uncertainty of the site amplification',
      type: 'boolean',
      default: true,
    },
    {
      name: 'usgs_2023_bias_adj',
      meaning: 'adjustment of the median by period and velocity of the 2023 model, where sediments are thin',
      type: 'boolean',
      default: false,
    },
    {
      name: 'coastal_plains_site_amp',
      meaning: 'amplification of Chapman & Guo (2021) on thick sediments; needs z_sed_scaling to have an effect',
      type: 'boolean',
      default: false,
    },
    {
      name: 'z_sed_scaling',
      meaning: 'whether the two adjustments above depend on the depth of the sediments (site parameter z_sed, km)',
      type: 'boolean',
      default: false,
    },
  ],
  notes:
    'The adjustments of 2023 come with nonlinear coefficients of their own, as the reference engine has them. A table of the published set is taken by its name wherever the path points.',
  async create(args, resources): Promise<GroundMotionModel> {
    const data = await namedTable(BUNDLE, String(args.gmpe_table), resources);
    const table = new GroundMotionTable(data, SHORTEST_DISTANCE);
    const on = (name: string) => args[name] === true || args[name] === 1;
    return usgsModel(table, args.sigma_model as SigmaModel, {
      epistemicSite: on('epistemic_site'),
      bias: on('usgs_2023_bias_adj'),
      coastalPlain: on('coastal_plains_site_amp'),
      sediments: on('z_sed_scaling'),
    });
  },
};

interface Options {
  readonly epistemicSite: boolean;
  readonly bias: boolean;
  readonly coastalPlain: boolean;
  readonly sediments: boolean;
}

function usgsModel(table: GroundMotionTable, sigmaModel: SigmaModel, options: Options): GroundMotionModel {
  const requires: Requirements = {
    rupture: ['mag'],
    distances: options.coastalPlain ? [...new Set([table.metric, 'rrup' as const])] : [table.metric],
    site: options.sediments ? ['vs30', 'z_sed'] : ['vs30'],
  };
  return {
    id: ID,
    requires,
    prepare(imts, sites, capacity): Evaluator {
      const { vs30 } = sites.numeric;
      const version = options.bias || options.coastalPlain ? 2023 : 2020;
      const medians = imts.map((imt) => table.medians(imt, ID));
      const amplifications = imts.map((imt) => siteAmplification(imt, ID, vs30, version));
      const bias = options.bias ? imts.map((imt) => biasOf(imt, sites, options.sediments)) : undefined;
      const adjust = options.coastalPlain && options.sediments ? coastalPlain(imts, sites, capacity) : undefined;
      const sigmas = imts.map((imt) => sigmaTerms(imt, vs30));
      const rockPga = table.medians(table.has(PGA) ? PGA : SHORTEST, ID);
      const lnPga = new Float64Array(capacity);
      const pga = new Float64Array(capacity);
      const deviation = new Float64Array(capacity);
      const locator = table.locator(capacity);
      return (batch, out) => {
        locator.locate(batch, batch[table.metric]);
        locator.lnMedians(batch, rockPga, lnPga);
        for (let i = 0; i < batch.size; i++) pga[i] = Math.exp(lnPga[i]);
        for (let k = 0; k < medians.length; k++) {
          const mean = out.mean[k];
          locator.lnMedians(batch, medians[k], mean);
          if (bias) addBias(bias[k], batch, lnPga, mean, pga);
          if (options.epistemicSite) {
            amplifications[k].addWithDeviation(batch, pga, mean, deviation);
            averageOverDeviation(batch.size, deviation, mean);
          } else amplifications[k].add(batch, pga, mean, 0);
          adjust?.(batch, k, pga, mean);
          writeSigma(sigmaModel, sigmas[k], batch, out, k);
        }
      };
    },
  };
}

/** m/s: rock of the coastal-plain ratios */
const COASTAL_REFERENCE = 1000;

/** Amplification of the coastal plain: the spectral ratio less z times that of its reference; z: share by the depth of the sediments. */
function coastalPlain(imts: readonly Imt[], sites: SiteParameters, capacity: number) {
  const { z_sed } = sites.numeric;
  const share = z_sed.map(sedimentShare);
  const reference = new Float64Array(sites.size).fill(COASTAL_REFERENCE);
  const terms = imts.map((imt) => ({
    lnRatio: lnSpectralRatio(imt, z_sed, ID),
    rock: siteAmplification(imt, ID, reference, 2023),
  }));
  const ratio = new Float64Array(capacity);
  const rock = new Float64Array(capacity);
  return (batch: ContextBatch, k: number, pga: Float64Array, mean: Float64Array): void => {
    const { size, site } = batch;
    terms[k].lnRatio(batch, ratio);
    rock.fill(0, 0, size);
    terms[k].rock.add(batch, pga, rock, 0);
    for (let i = 0; i < size; i++) {
      const z = share[site[i]];
      if (z > 0) mean[i] += ratio[i] - z * rock[i];
    }
  };
}

/** Adjustment of Ramos-Sepulveda et al. (2023), ln, [sites]: less of it, the thicker the sediments where these are given. */
function biasOf(imt: Imt, { numeric, size }: SiteParameters, sediments: boolean): Float64Array {
  const { nga_adj, vs30_b } = BIAS.row(imt, ID);
  const bias = new Float64Array(size);
  for (let s = 0; s < size; s++) {
    const v = numeric.vs30[s];
    const whole = v > 1000 ? nga_adj + vs30_b * Math.log(Math.min(v, 2000) / 1000) : nga_adj;
    bias[s] = sediments ? (1 - sedimentShare(numeric.z_sed[s])) * whole : whole;
  }
  return bias;
}

/** Adds the adjustment to the motion on hard rock: to the measure, and to PGA (g), which drives the nonlinear response. */
function addBias(
  bias: Float64Array,
  { size, site }: ContextBatch,
  lnPga: Float64Array,
  mean: Float64Array,
  pga: Float64Array,
): void {
  for (let i = 0; i < size; i++) {
    const term = bias[site[i]];
    mean[i] += term;
    pga[i] = Math.exp(lnPga[i] + term);
  }
}

/** The median averaged over the uncertainty of the site amplification. */
function averageOverDeviation(size: number, deviation: Float64Array, mean: Float64Array): void {
  for (let i = 0; i < size; i++) {
    const e = Math.exp(deviation[i]);
    mean[i] += Math.log(W_LOW / e + W_MIDDLE + W_HIGH * e);
  }
}

function writeSigma(
  model: SigmaModel,
  { epri, panel, siteToSite }: ReturnType<typeof sigmaTerms>,
  batch: ContextBatch,
  { total, inter, intra }: GroundMotion,
  k: number,
): void {
  for (let r = 0; r < batch.ruptures; r++) {
    const m = batch.mag[r];
    const [from, to] = [batch.start[r], batch.start[r + 1]];
    const epriTau = atMagnitude(epri.tau, m);
    const epriPhi = atMagnitude(epri.phi, m);
    const epriTotal = Math.sqrt(epriTau * epriTau + epriPhi * epriPhi);
    if (model === 'EPRI') {
      total[k].fill(epriTotal, from, to);
      inter[k].fill(epriTau, from, to);
      intra[k].fill(epriPhi, from, to);
      continue;
    }
    const tau = atMagnitude(panel.tau, m);
    const single = atMagnitude(panel.phi, m);
    inter[k].fill(model === 'PANEL' ? tau : 0, from, to);
    for (let i = from; i < to; i++) {
      const s = siteToSite[batch.site[i]];
      const within = single * single + s * s;
      const panelTotal = Math.sqrt(tau * tau + within);
      total[k][i] = model === 'PANEL' ? panelTotal : EPRI_WEIGHT * epriTotal + (1 - EPRI_WEIGHT) * panelTotal;
      intra[k][i] = model === 'PANEL' ? Math.sqrt(within) : 0;
    }
  }
}

function sigmaTerms(imt: Imt, vs30: Float64Array) {
  const c = EPRI.row(imt, ID);
  const magnitudes = [5, 6, 7];
  const epri: { tau: MagnitudeSteps; phi: MagnitudeSteps } = {
    tau: { magnitudes, values: [c.tau_M5, c.tau_M6, c.tau_M7] },
    phi: { magnitudes, values: [c.phi_M5, c.phi_M6, c.phi_M7] },
  };
  return { epri, panel: panelSteps(imt, ID), siteToSite: panelSiteToSite(imt, ID, vs30) };
}

/** Names of the seed models and of the 17 models of the NGA-East project -> table. */
const SEEDS =
  '1CCSP 1CVSP 2CCSP 2CVSP B_a04 B_ab14 B_ab95 B_bca10d B_bs11 B_sgd02 Frankel Graizer Graizer16 Graizer17 HA15 PEER_EX PEER_GP PZCT15_M1SS PZCT15_M2ES SP15 YA15';
const aliases: ModelAlias[] = [
  ...SEEDS.split(' ').map((name) => ({ id: `NGAEastUSGSSeed${name}`, table: `nga_east_${name}` })),
  ...Array.from({ length: 17 }, (_, k) => ({ id: `NGAEastUSGSSammons${k + 1}`, table: `nga_east_usgs_${k + 1}` })),
].map(({ id, table }) => ({ id, aliasOf: ID, arguments: { gmpe_table: `${table}.hdf5` } }));

export const models: ModelModule['models'] = [NGAEastUSGSGMPE, ...aliases];
