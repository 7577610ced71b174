import type { Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { Arguments, GroundMotionModel, ModelDeclaration, ModelModule, ModelSpecification } from '../model.js';
import { groundMotionBuffers, unionOfRequirements } from '../wrappers/wrapped-model.js';

const { tables } = readTables(import.meta.url, 'vertical-to-horizontal');

const CORRELATION = new CoefficientTable(tables.main);

const BOZORGNIA_CAMPBELL =
  'Y. Bozorgnia, K. W. Campbell (2016), Ground motion model for the vertical-to-horizontal (V/H) ratios of PGA, PGV, and response spectra, Earthquake Spectra 32(2), 951-978, doi:10.1193/100614EQS151M';
const STEWART = `J. P. Stewart, D. M. Boore, E. Seyhan, G. M. Atkinson (2016), doi:10.1193/072114EQS116M, over D. M. Boore et al. (2014), doi:10.1193/070113EQS184M; correlations: ${BOZORGNIA_CAMPBELL}`;

/** Deviation of the ratio from those of both components and their correlation at a magnitude (equations 11 and 12). */
function ofRatio(vertical: number, horizontal: number, low: number, high: number, mag: number): number {
  const rho = high + (low - high) * Math.min(Math.max(5.5 - mag, 0), 1);
  return Math.sqrt(vertical * vertical + horizontal * horizontal - 2 * rho * vertical * horizontal);
}

/** Median of the vertical over that of the horizontal model, with the deviation of the ratio. */
function ratioModel(id: string, vertical: GroundMotionModel, horizontal: GroundMotionModel): GroundMotionModel {
  return {
    id,
    requires: unionOfRequirements(vertical.requires, horizontal.requires),
    prepare(imts, sites, capacity) {
      const rows = imts.map((imt) => CORRELATION.row(imt, id));
      const evaluate = vertical.prepare(imts, sites, capacity);
      const evaluateOther = horizontal.prepare(imts, sites, capacity);
      const other = groundMotionBuffers(imts.length, capacity);
      return (batch, out) => {
        evaluate(batch, out);
        evaluateOther(batch, other);
        for (let m = 0; m < rows.length; m++) {
          const { rhob1, rhob2, rhow1, rhow2 } = rows[m];
          const { mean, inter, intra, total } = out;
          for (let r = 0; r < batch.ruptures; r++) {
            const magnitude = batch.mag[r];
            for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
              mean[m][i] -= other.mean[m][i];
              const tau = ofRatio(inter[m][i], other.inter[m][i], rhob1, rhob2, magnitude);
              const phi = ofRatio(intra[m][i], other.intra[m][i], rhow1, rhow2, magnitude);
              inter[m][i] = tau;
              intra[m][i] = phi;
              total[m][i] = Math.hypot(tau, phi);
            }
          }
        }
      };
    },
  };
}

function declaration(
  id: string,
  citation: string,
  requires: Requirements,
  vertical: ModelSpecification,
  horizontal: ModelSpecification,
): ModelDeclaration {
  return {
    id,
    citation,
    tectonicRegionType: 'Active Shallow Crust',
    imts: CORRELATION.imts,
    component: 'Vertical-to-Horizontal Ratio',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [],
    async create(_args, resources) {
      return ratioModel(id, await resources.model(vertical), await resources.model(horizontal));
    },
  };
}

/** Both components of Bozorgnia & Campbell with the same site and quality. */
function bozorgniaCampbell(suffix: string, site: string, vertical: Arguments): ModelDeclaration {
  return declaration(
    `BozorgniaCampbell2016${suffix}VH`,
    BOZORGNIA_CAMPBELL,
    {
      rupture: ['mag', 'rake', 'dip', 'ztor', 'width', 'hypoDepth'],
      distances: ['rrup', 'rjb', 'rx'],
      site: ['vs30', 'z2pt5'],
    },
    { name: 'BozorgniaCampbell2016', arguments: vertical },
    { name: `CampbellBozorgnia2014${site}`, arguments: {} },
  );
}

/** Vertical Stewart et al. over horizontal Boore et al., by region. */
function stewart(suffix: string, region: string, quality: string): ModelDeclaration[] {
  return [true, false].map((sof) =>
    declaration(
      `StewartEtAl2016${suffix}${sof ? '' : 'NoSOF'}VH`,
      STEWART,
      { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] },
      { name: 'StewartEtAl2016', arguments: { region, sof } },
      { name: `BooreEtAl2014${quality}`, arguments: { sof } },
    ),
  );
}

export const models: ModelModule['models'] = [
  bozorgniaCampbell('', '', {}),
  bozorgniaCampbell('AveQJapanSite', 'JapanSite', { SJ: 1 }),
  bozorgniaCampbell('HighQ', 'HighQ', { sgn: 1 }),
  bozorgniaCampbell('HighQJapanSite', 'HighQJapanSite', { SJ: 1, sgn: 1 }),
  bozorgniaCampbell('LowQ', 'LowQ', { sgn: -1 }),
  bozorgniaCampbell('LowQJapanSite', 'LowQJapanSite', { SJ: 1, sgn: -1 }),
  ...stewart('', 'CAL', ''),
  ...stewart('RegCHN', 'CHN', 'HighQ'),
  ...stewart('RegJPN', 'JPN', 'LowQ'),
];
