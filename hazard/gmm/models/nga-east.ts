import type { Requirements } from '../../contexts/context-batch.js';
import { GroundMotionTable, tableFromHdf5, type TableData } from '../ground-motion-table.js';
import { TableBundle } from '../table-bundle.js';
import {
  atMagnitude,
  PHI_MODELS,
  phiSiteToSite,
  phiSteps,
  TAU_MODELS,
  tauSteps,
  totalSigmaSteps,
  type MagnitudeSteps,
  quantileArgument,
  quantileOf,
} from '../terms/al-atik-2015.js';
import { parseImt, type Imt } from '../imt.js';
import type {
  ArgumentDeclaration,
  Arguments,
  Evaluator,
  GroundMotion,
  GroundMotionModel,
  ModelAlias,
  ModelDeclaration,
  ModelModule,
  ModelResources,
} from '../model.js';
import type { ContextBatch } from '../../contexts/context-batch.js';
import { siteAmplification } from '../terms/stewart-hashash-2020.js';
import { writeNoComponents } from '../sigma.js';

const BUNDLE = new TableBundle(import.meta.url, 'nga-east-tables');
const PGA = parseImt('PGA');
const SHORTEST = parseImt('SA(0.01)');

/** Standard deviations of one measure for a batch. */
export type SigmaWriter = (batch: ContextBatch, out: GroundMotion, m: number) => void;

const SHARED: readonly ArgumentDeclaration[] = [
  {
    name: 'gmpe_table',
    meaning: 'a table of the project (such as NGAEast_YENIER_ATKINSON.hdf5) or an HDF5 file',
    type: 'file',
  },
  { name: 'tau_model', meaning: 'between-event model', type: 'text', default: 'global', allowed: TAU_MODELS },
  { name: 'phi_model', meaning: 'single-station model', type: 'text', default: 'global', allowed: PHI_MODELS },
  {
    name: 'phi_s2ss_model',
    meaning: 'site-to-site model; none: single-station (non-ergodic)',
    type: 'text',
    default: null,
    allowed: [null, 'cena'],
  },
  quantileArgument('tau_quantile', 'the between-event standard deviation'),
  quantileArgument('phi_ss_quantile', 'the single-station standard deviation'),
  quantileArgument('phi_s2ss_quantile', 'the site-to-site standard deviation'),
  {
    name: 'site_epsilon',
    meaning: 'standard deviations added to the site amplification',
    type: 'number',
    default: null,
  },
];

const COMMON = {
  citation:
    'C. A. Goulet, Y. Bozorgnia, N. Kuehn, L. Al Atik, R. R. Youngs, R. W. Graves, G. M. Atkinson (2021), NGA-East ground-motion characterization model part I, Earthquake Spectra 37(1S), 1231-1282; site amplification: J. P. Stewart et al. (2020), Y. M. A. Hashash et al. (2020), Earthquake Spectra 36(1); standard deviations: L. Al Atik (2015), PEER Report 2015/07',
  tectonicRegionType: 'Active Shallow Crust',
  validity: {
    magnitude: [4, 8.2],
    distance: { kind: 'rrup', range: [0, 1500] },
    vs30: [200, 3000],
    source: 'PEER Report 2018/08: range of the tables; velocities: J. P. Stewart et al. (2020), site term',
  },
  imts: [{ kind: 'PGA' }, { kind: 'PGV' }, { kind: 'SA', minimum: 0.01, maximum: 10 }],
  component: 'Average Horizontal (RotD50)',
  requires: { rupture: ['mag'], distances: ['rrup'], site: ['vs30'] },
  notes:
    'A table of the published set is taken by its name wherever the path points. Medians beyond its last distance are 1e-20 g before amplification.',
} as const;

/** A table of the bundle, or else an HDF5 file of the user. */
export async function namedTable(bundle: TableBundle, path: string, resources: ModelResources): Promise<TableData> {
  return bundle.find(path) ?? tableFromHdf5(await resources.hdf5(path), path);
}

/** Hard-rock medians of a table with the site amplification of 2020; `sigma` writes the standard deviations. */
export function tableModel(
  id: string,
  table: GroundMotionTable,
  siteEpsilon: number,
  sigma: (imt: Imt) => SigmaWriter,
): GroundMotionModel {
  const requires: Requirements = { rupture: ['mag'], distances: [table.metric], site: ['vs30'] };
  return {
    id,
    requires,
    prepare(imts, sites, capacity): Evaluator {
      const { vs30 } = sites.numeric;
      const medians = imts.map((imt) => table.medians(imt, id));
      const amplifications = imts.map((imt) => siteAmplification(imt, id, vs30));
      const sigmas = imts.map(sigma);
      const rockPga = table.medians(table.has(PGA) ? PGA : SHORTEST, id);
      const pga = new Float64Array(capacity);
      const locator = table.locator(capacity);
      return (batch, out) => {
        locator.locate(batch, batch[table.metric]);
        locator.lnMedians(batch, rockPga, pga);
        for (let i = 0; i < batch.size; i++) pga[i] = Math.exp(pga[i]);
        for (let k = 0; k < medians.length; k++) {
          locator.lnMedians(batch, medians[k], out.mean[k]);
          amplifications[k].add(batch, pga, out.mean[k], siteEpsilon);
          sigmas[k](batch, out, k);
        }
      };
    },
  };
}

/** tau and phi by magnitude, with site-to-site variability added to phi. */
function componentSigma(tau: MagnitudeSteps, phi: MagnitudeSteps, siteToSite: number): SigmaWriter {
  return (batch, out, m) => {
    for (let r = 0; r < batch.ruptures; r++) {
      const inter = atMagnitude(tau, batch.mag[r]);
      const intra = Math.hypot(atMagnitude(phi, batch.mag[r]), siteToSite);
      const [from, to] = [batch.start[r], batch.start[r + 1]];
      out.inter[m].fill(inter, from, to);
      out.intra[m].fill(intra, from, to);
      out.total[m].fill(Math.sqrt(inter * inter + intra * intra), from, to);
    }
  };
}

function totalSigma(steps: MagnitudeSteps): SigmaWriter {
  return (batch, out, m) => {
    for (let r = 0; r < batch.ruptures; r++)
      out.total[m].fill(atMagnitude(steps, batch.mag[r]), batch.start[r], batch.start[r + 1]);
    writeNoComponents(out, m, batch.size);
  };
}

const componentsOf = (id: string, args: Arguments) => (imt: Imt) =>
  componentSigma(
    tauSteps(String(args.tau_model), imt, quantileOf(args.tau_quantile)),
    phiSteps(String(args.phi_model), imt, id, quantileOf(args.phi_ss_quantile)),
    args.phi_s2ss_model === null ? 0 : phiSiteToSite(imt, id, quantileOf(args.phi_s2ss_quantile)),
  );

const NGAEastGMPE: ModelDeclaration = {
  ...COMMON,
  id: 'NGAEastGMPE',
  standardDeviations: ['total', 'inter', 'intra'],
  arguments: SHARED,
  async create(args, resources) {
    const table = new GroundMotionTable(await namedTable(BUNDLE, String(args.gmpe_table), resources));
    return tableModel('NGAEastGMPE', table, Number(args.site_epsilon), componentsOf('NGAEastGMPE', args));
  },
};

const TOTAL_ID = 'NGAEastGMPETotalSigma';
const NGAEastGMPETotalSigma: ModelDeclaration = {
  ...COMMON,
  id: TOTAL_ID,
  standardDeviations: ['total'],
  arguments: [...SHARED, quantileArgument('sigma_quantile', 'the total standard deviation')],
  async create(args, resources) {
    const table = new GroundMotionTable(await namedTable(BUNDLE, String(args.gmpe_table), resources));
    const options = {
      tauModel: String(args.tau_model),
      phiModel: String(args.phi_model),
      siteToSite: args.phi_s2ss_model !== null,
      tauQuantile: quantileOf(args.tau_quantile),
      phiQuantile: quantileOf(args.phi_ss_quantile),
      siteQuantile: quantileOf(args.phi_s2ss_quantile),
      quantile: quantileOf(args.sigma_quantile),
    };
    return tableModel(TOTAL_ID, table, Number(args.site_epsilon), (imt) =>
      totalSigma(totalSigmaSteps(imt, TOTAL_ID, options)),
    );
  },
};

/** Models of the project and their tables, each with and without the suffix TotalSigma. */
const NAMES = {
  AlNomanCramer2015NGAEast: 'NGAEast_ALNOMAN_CRAMER.hdf5',
  Boore2015NGAEastA04: 'NGAEast_BOORE_A04_J15.hdf5',
  Boore2015NGAEastAB14: 'NGAEast_BOORE_AB14_J15.hdf5',
  Boore2015NGAEastAB95: 'NGAEast_BOORE_AB95_J15.hdf5',
  Boore2015NGAEastBCA10D: 'NGAEast_BOORE_BCA10D_J15.hdf5',
  Boore2015NGAEastBS11: 'NGAEast_BOORE_BS11_J15.hdf5',
  Boore2015NGAEastSGD02: 'NGAEast_BOORE_SGD02_J15.hdf5',
  DarraghEtAl2015NGAEast1CCSP: 'NGAEast_DARRAGH_1CCSP.hdf5',
  DarraghEtAl2015NGAEast1CVSP: 'NGAEast_DARRAGH_1CVSP.hdf5',
  DarraghEtAl2015NGAEast2CCSP: 'NGAEast_DARRAGH_2CCSP.hdf5',
  DarraghEtAl2015NGAEast2CVSP: 'NGAEast_DARRAGH_2CVSP.hdf5',
  Frankel2015NGAEast: 'NGAEast_FRANKEL_J15.hdf5',
  Graizer2015NGAEast: 'NGAEast_GRAIZER.hdf5',
  HassaniAtkinson2015NGAEast: 'NGAEast_HASSANI_ATKINSON.hdf5',
  HollenbackEtAl2015NGAEastEX: 'NGAEast_PEER_EX.hdf5',
  HollenbackEtAl2015NGAEastGP: 'NGAEast_PEER_GP.hdf5',
  PezeschkEtAl2015NGAEastM1SS: 'NGAEast_PEZESCHK_M1SS.hdf5',
  PezeschkEtAl2015NGAEastM2ES: 'NGAEast_PEZESCHK_M2ES.hdf5',
  ShahjoueiPezeschk2015NGAEast: 'NGAEast_SHAHJOUEI_PEZESCHK.hdf5',
  YenierAtkinson2015NGAEast: 'NGAEast_YENIER_ATKINSON.hdf5',
} as const;

const aliases: ModelAlias[] = Object.entries(NAMES).flatMap(([id, file]) => [
  { id, aliasOf: 'NGAEastGMPE', arguments: { gmpe_table: file } },
  { id: `${id}TotalSigma`, aliasOf: TOTAL_ID, arguments: { gmpe_table: file } },
]);

export const models: ModelModule['models'] = [NGAEastGMPE, NGAEastGMPETotalSigma, ...aliases];
