import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, perMeasureModel } from '../per-measure.js';
import { styleOfFaulting } from '../terms/style-of-faulting.js';

const { tables } = readTables(import.meta.url, 'boore-1997');
const MAIN = new CoefficientTable(tables.main);

/** `style`: with the style of faulting; `arbitrary`: standard deviation of an arbitrary horizontal component. */
function declaration(id: string, style: boolean, arbitrary: boolean): ModelDeclaration {
  const requires = {
    rupture: style ? (['mag', 'rake'] as const) : (['mag'] as const),
    distances: ['rjb'],
    site: ['vs30'],
  } as const;
  return {
    id,
    citation:
      'D. M. Boore, W. B. Joyner, T. E. Fumal (1997), Equations for estimating horizontal response spectra and peak acceleration from western North American earthquakes: a summary of recent work, Seismological Research Letters 68(1), 128-153; erratum (2005), 76(3), 368-369',
    tectonicRegionType: 'Active Shallow Crust',
    validity: {
      magnitude: [5.5, 7.5],
      distance: { kind: 'rjb', range: [0, 80] },
      source: 'what its authors mean it for, summary of the paper',
    },
    imts: MAIN.imts,
    component: arbitrary ? 'Horizontal' : 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    arguments: [],
    create: () =>
      perMeasureModel(id, requires, (imt, sites) => {
        const c = MAIN.row(imt, id);
        const site = sites.numeric.vs30.map((v) => c.Bv * Math.log(v / c.Va));
        const phi = arbitrary ? c.sigma_r : c.sigma1;
        const total = arbitrary ? c.sigma_tot : Math.hypot(c.sigma1, c.sigma_e);
        return (batch, out, m) => {
          meanOf(c, style, site, batch, out.mean[m]);
          fillSigma(out, m, batch.size, total, c.sigma_e, phi);
        };
      }),
  };
}

/** Equation 1; `siteTerm` [sites]. */
function meanOf(
  c: Coefficients,
  style: boolean,
  siteTerm: Float64Array,
  batch: ContextBatch,
  mean: Float64Array,
): void {
  const { start, site, mag, rake, rjb } = batch;
  const h2 = c.h * c.h;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = mag[r] - 6;
    const event = (style ? styleTerm(c, rake[r]) : c.B1all) + c.B2 * dm + c.B3 * dm * dm;
    for (let i = start[r]; i < start[r + 1]; i++)
      mean[i] = event + 0.5 * c.B5 * Math.log(rjb[i] * rjb[i] + h2) + siteTerm[site[i]];
  }
}

function styleTerm(c: Coefficients, rake: number): number {
  const style = styleOfFaulting(rake);
  if (style === 'strike-slip') return c.B1ss;
  return style === 'reverse' ? c.B1rv : c.B1all;
}

export const models: ModelModule['models'] = [
  declaration('BooreEtAl1997GeometricMean', true, false),
  declaration('BooreEtAl1997GeometricMeanUnspecified', false, false),
  declaration('BooreEtAl1997ArbitraryHorizontal', true, true),
  declaration('BooreEtAl1997ArbitraryHorizontalUnspecified', false, true),
];
