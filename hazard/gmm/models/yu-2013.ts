import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { fillSigma, GRAVITY, perMeasureModel } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'yu-2013');
const requires = { rupture: ['mag'], distances: ['repi', 'azimuth'], site: [] } as const;
const LN_100G = Math.log(100 * GRAVITY);
/** km, squared: depth of the focus */
const DEPTH2 = 15 * 15;
/** km: excess and step at which the search ends */
const TOLERANCE = 0.001;
/** km */
const FIRST_STEP = 100;
/** of the first step, until it is below the tolerance */
const HALVINGS = 17;

/** Attenuation along one axis of the ellipse: ln y = a + b M + c ln(R + d exp(e M)). */
interface Attenuation {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
}

/** Columns of the long and the short axis, to magnitude 6.5 and above: the letters follow a prefix. */
function attenuation(row: Coefficients, prefix: '' | 'u' | 'm' | 'i'): Attenuation {
  const column = (letter: string): number => row[prefix + letter];
  return { a: column('a'), b: column('b'), c: column('c'), d: column('d'), e: column('e') };
}

/** Surface-wave magnitude of a moment magnitude (Cheng et al., 2017). */
function surfaceWaveMagnitude(mag: number): number {
  return mag < 6.58 ? (mag - 0.59) / 0.86 : (mag + 2.42) / 1.28;
}

/**
 * Half axes of the ellipse of equal motion through a site: the search for the long one follows the reference engine step by
 * step, because the result depends on where it stops.
 */
class EllipseSearch {
  /** ln of the motion shared by both relations is (level difference + c ln(r + saturation)) / c' */
  private constant = 0;
  private longLevel = 0;
  private shortLevel = 0;
  private longSlope = 0;
  private shortSlope = 0;
  private power = 0;
  private saturation = 0;
  private shortSaturation = 0;
  ra = 0;
  rb = 0;
  /** d rb / d ra */
  private shortGrowth = 0;
  /** of the excess at its root */
  private slope = 0;
  private sin2 = 0;
  private cos2 = 0;
  private repi = 0;

  /** Writes both relations for one magnitude. */
  setMagnitude(long: Attenuation, short: Attenuation, mag: number): void {
    this.longLevel = long.a + long.b * mag;
    this.shortLevel = short.a + short.b * mag;
    this.longSlope = long.c;
    this.shortSlope = short.c;
    this.constant = (this.longLevel - this.shortLevel) / short.c;
    this.power = long.c / short.c;
    this.saturation = long.d * Math.exp(long.e * mag);
    this.shortSaturation = short.d * Math.exp(short.e * mag);
  }

  /** ln of the motion along the long axis at a distance in km from the focus. */
  longMotion(distance: number): number {
    return this.longLevel + this.longSlope * Math.log(distance + this.saturation);
  }

  /** ln of the motion along the short axis at a distance in km from the focus. */
  shortMotion(distance: number): number {
    return this.shortLevel + this.shortSlope * Math.log(distance + this.shortSaturation);
  }

  /** Short half axis (km) for a long one. */
  shortAxis(r: number): number {
    return Math.exp(this.constant + this.power * Math.log(r + this.saturation)) - this.shortSaturation;
  }

  /** Distance of the ellipse in the direction of the site, less that of the site, km. */
  private excess(r: number, short: number): number {
    return (r * short) / Math.sqrt(r * r * this.sin2 + short * short * this.cos2) - this.repi;
  }

  /**
   * Finds long and short half axis, `ra` and `rb` (km). repi km; sin2, cos2: squares of sine and cosine of the angle between
   * the long axis and the site.
   */
  solve(repi: number, sin2: number, cos2: number): void {
    this.sin2 = sin2;
    this.cos2 = cos2;
    this.repi = repi;
    const root = this.root();
    const end = root > 0 && root < 4 * FIRST_STEP ? this.endOfSearch(root) : NaN;
    if (Number.isNaN(end)) {
      this.ra = this.search();
      this.rb = this.shortAxis(this.ra);
    } else {
      // the root is some metres away at most: the tangent gives the short axis to 1e-9
      this.rb += this.shortGrowth * (end - this.ra);
      this.ra = end;
    }
  }

  /** The search itself: from 200 km in steps that are halved each time. */
  private search(): number {
    let r = 2 * FIRST_STEP;
    let step = FIRST_STEP;
    let excess = this.excess(r, this.shortAxis(r));
    while (Math.abs(excess) > TOLERANCE) {
      r = excess > 0 ? r - step : r + step;
      excess = this.excess(r, this.shortAxis(r));
      step /= 2;
      if (step < TOLERANCE) break;
    }
    return r;
  }

  /**
   * Where the search ends, from the root of the excess: the excess grows with r, so each halving ends in the middle of the
   * interval that holds the root. Near the root the tangent stands for the excess; NaN where that leaves a doubt.
   */
  private endOfSearch(root: number): number {
    let width = 4 * FIRST_STEP;
    let middle = 2 * FIRST_STEP;
    for (let k = 0; k <= HALVINGS; k++) {
      middle = (Math.floor(root / width) + 0.5) * width;
      const excess = Math.abs(this.slope * (middle - root));
      if (Math.abs(excess - TOLERANCE) < 1e-6) return NaN;
      if (excess < TOLERANCE) return middle;
      width /= 2;
    }
    return middle;
  }

  /** Where the excess vanishes, by Newton's method; NaN where it does not settle. */
  private root(): number {
    let r = this.repi;
    for (let k = 0; k < 8; k++) {
      const grown = this.shortAxis(r);
      if (!(grown > 0 && r > 0)) return NaN;
      const q = this.excess(r, grown) + this.repi;
      const growth = ((grown + this.shortSaturation) * this.power) / (r + this.saturation);
      this.slope = q * q * q * ((this.sin2 * growth) / (grown * grown * grown) + this.cos2 / (r * r * r));
      const change = (q - this.repi) / this.slope;
      this.ra = r;
      this.rb = grown;
      this.shortGrowth = growth;
      r -= change;
      // Newton's method squares the error: what is left is below 1e-8 km
      if (Math.abs(change) < 2e-3) return r;
    }
    return NaN;
  }
}

function yu(id: string, table: CoefficientTable, convert: (mag: number) => number): GroundMotionModel {
  return perMeasureModel(id, requires, (imt) => {
    const c = table.row(imt, id);
    const unit = imt.kind === 'PGV' ? 0 : -LN_100G;
    const small = { long: attenuation(c, ''), short: attenuation(c, 'm') };
    const large = { long: attenuation(c, 'u'), short: attenuation(c, 'i') };
    const search = new EllipseSearch();
    return (batch, out, m) => {
      const { start, mag, repi, azimuth } = batch;
      for (let r = 0; r < batch.ruptures; r++) {
        const magnitude = convert(mag[r]);
        const { long, short } = magnitude > 6.5 ? large : small;
        search.setMagnitude(long, short, magnitude);
        for (let i = start[r]; i < start[r + 1]; i++) {
          const angle = (azimuth[i] * Math.PI) / 180;
          const sine = Math.sin(angle);
          const sin2 = sine * sine;
          const cos2 = 1 - sin2;
          search.solve(repi[i], sin2, cos2);
          const { ra, rb } = search;
          const l1 = search.longMotion(Math.sqrt(ra * ra + DEPTH2));
          const l2 = search.shortMotion(Math.sqrt(rb * rb + DEPTH2));
          // the ellipse is formed with the logarithms of the two motions
          out.mean[m][i] = (l1 * l2) / Math.sqrt(l1 * l1 * sin2 + l2 * l2 * cos2) + unit;
        }
      }
      fillSigma(out, m, batch.size, c.sigma);
    };
  });
}

function declare(
  id: string,
  tectonicRegionType: string,
  table: CoefficientTable,
  convert: (mag: number) => number,
): ModelDeclaration {
  const model = yu(id, table, convert);
  return {
    id,
    citation:
      'Y.-X. Yu, S.-Y. Li, L. Xiao (2013), Technology for Earthquake Disaster Prevention 8(1), 24-33 (China); conversion of moment magnitudes: Cheng et al. (2017)',
    tectonicRegionType,
    imts: table.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total'],
    requires,
    arguments: [],
    notes:
      'The search for the ellipse of equal motion stops where that of the reference engine does, which does not reach epicentral distances beyond about 400 km; the ellipse is formed with the logarithms of the two motions.',
    create: () => model,
  };
}

/** Regions of China with a table of their own; the first is active China. */
const REGIONS = [
  ['', 'Active Shallow Crust', 'active'],
  ['Eastern', 'Active Shallow Crust', 'eastern'],
  ['Stable', 'Stable Shallow Crust', 'stable'],
  ['Tibet', 'Active Shallow Crust', 'tibet'],
] as const;

export const models: ModelModule['models'] = [
  ...REGIONS.flatMap(([name, region, tableName]) => {
    const table = new CoefficientTable(tables[tableName]);
    return [
      declare(`YuEtAl2013Ms${name}`, region, table, (mag) => mag),
      declare(`YuEtAl2013Mw${name}`, region, table, surfaceWaveMagnitude),
    ];
  }),
];
