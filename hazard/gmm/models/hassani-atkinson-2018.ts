import { kappaTerm, magnitudeTerm, pseudoDepth, spreadingTerm, stressTerm } from '../terms/hassani-atkinson-terms.js';
import { refusal } from '../../refusal.js';
import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma } from '../per-measure.js';
import { boore2014Site, strengthOf } from '../terms/boore-2014-site.js';

const { tables } = readTables(import.meta.url, 'hassani-atkinson-2018');

const TABLE = new CoefficientTable(tables.main);
const ID = 'HassaniAtkinson2018';
const PGA = parseImt('PGA');
const requires: Requirements = { rupture: ['mag', 'hypoDepth'], distances: ['rrup'], site: ['vs30'] };
/** km */
const TRANSITION = 50;

/** What the arguments say. */
interface Source {
  /** bar */
  readonly stress: number;
  /** s */
  readonly kappa: number;
  /** anelastic attenuation by measure, log10 units for each km */
  readonly attenuation?: CoefficientTable;
}

/** Table of a measure and gamma in each line. Errors: Refusal naming file and line. */
function readAttenuation(text: string, file: string): CoefficientTable {
  const rows: (string | number)[][] = [];
  text.split(/\r?\n/).forEach((line, k) => {
    const [imt, gamma] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (k === 0 || imt === '') return;
    if (gamma === undefined || !Number.isFinite(Number(gamma)))
      throw refusal('MODEL_FILE', `${ID}: ${file}, line ${k + 1}: a measure and the number gamma are needed`, {
        key: 'gamma_fle',
        value: file,
      });
    const period = Number(imt);
    rows.push([Number.isFinite(period) ? `SA(${period})` : imt.toUpperCase(), Number(gamma)]);
  });
  return new CoefficientTable({ columns: ['imt', 'gamma'], rows });
}

/** log10 of the motion on rock, cm/s2 or cm/s. */
function log10Rock(
  c: Coefficients,
  { stress, kappa }: Source,
  gamma: number,
  batch: ContextBatch,
  out: Float64Array,
): void {
  const { start, mag, rrup } = batch;
  const lnStress = Math.log10(stress);
  const lnKappa = Math.log10(kappa);
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const depth = pseudoDepth(m);
    const event = magnitudeTerm(c, m) + stressTerm(c, m, lnStress) + kappaTerm(c, m, lnStress, lnKappa);
    for (let i = start[r]; i < start[r + 1]; i++)
      out[i] = event + spreadingTerm(c, m, rrup[i], depth, TRANSITION) + gamma * rrup[i];
  }
}

function modelOf(source: Source): GroundMotionModel {
  const gammaOf = (imt: Imt): number => source.attenuation?.row(imt, ID).gamma ?? 0;
  return {
    id: ID,
    requires,
    prepare(imts, sites, capacity) {
      const { vs30 } = sites.numeric;
      const pga = TABLE.row(PGA, ID);
      const measures = imts.map((imt) => {
        const response = boore2014Site(imt, ID);
        return {
          c: TABLE.row(imt, ID),
          gamma: gammaOf(imt),
          linear: vs30.map((v) => response.linear(v)),
          slope: vs30.map((v) => response.slope(v)),
          unit: imt.kind === 'PGV' ? 0 : -Math.log(980.665),
        };
      });
      const strength = new Float64Array(capacity);
      return (batch, out) => {
        const { site, size } = batch;
        log10Rock(pga, source, gammaOf(PGA), batch, strength);
        for (let i = 0; i < size; i++) strength[i] = strengthOf(Math.exp(strength[i]));
        for (let m = 0; m < measures.length; m++) {
          const { c, gamma, linear, slope, unit } = measures[m];
          const mean = out.mean[m];
          log10Rock(c, source, gamma, batch, mean);
          for (let i = 0; i < size; i++) {
            const s = site[i];
            mean[i] = Math.LN10 * (mean[i] + linear[s] + slope[s] * strength[i]) + unit;
          }
          fillSigma(out, m, size, 0);
        }
      };
    },
  };
}

const HassaniAtkinson2018: ModelDeclaration = {
  id: ID,
  citation:
    'B. Hassani, G. M. Atkinson (2018), Adjustable generic ground-motion prediction equation based on equivalent point-source simulations: accounting for kappa effects, Bulletin of the Seismological Society of America 108(2), 913-928; site response: E. Seyhan, J. P. Stewart (2014), Earthquake Spectra 30(3), 1241-1256',
  tectonicRegionType: 'Active Shallow Crust',
  imts: TABLE.imts,
  component: 'Average Horizontal',
  standardDeviations: ['total'],
  requires,
  arguments: [
    { name: 'd_sigma', type: 'number', range: [1e-3, 1e6], meaning: 'stress parameter, bar' },
    { name: 'kappa0', type: 'number', range: [1e-6, 1], meaning: 'high-frequency attenuation of the sites, s' },
    {
      name: 'gamma_fle',
      type: 'file',
      default: null,
      meaning: 'text table IMT gamma of the anelastic attenuation, log10 units for each km',
    },
  ],
  notes:
    'Without standard deviations: they are 0. The site response, in natural units, is added to a log10 value and its rock PGA is the exponential of one, as in the reference engine: it counts 2.3 times on soft and stiff sites alike.',
  async create(args, resources) {
    const file = args.gamma_fle === null ? undefined : String(args.gamma_fle);
    return modelOf({
      stress: Number(args.d_sigma),
      kappa: Number(args.kappa0),
      ...(file !== undefined && { attenuation: readAttenuation(await resources.text(file), file) }),
    });
  },
};

export const models: ModelModule['models'] = [HassaniAtkinson2018];
