import assert from 'node:assert/strict';
import { ContextBatch, DISTANCE_KINDS } from '../../../hazard/contexts/context-batch.js';
import { RUPTURE_PARAMETERS } from '../../../hazard/contexts/rupture-parameters.js';
import type { SiteParameters } from '../../../hazard/site/site-parameters.js';
import { parseImt, type Imt } from '../../../hazard/gmm/imt.js';
import type { GroundMotion, GroundMotionModel, ImtRange, ModelDeclaration } from '../../../hazard/gmm/model.js';
import { createModel, findModel, modelNames } from '../../../hazard/gmm/registry.js';
import { NO_FILES } from './no-files.js';
import { Refusal } from '../../../hazard/refusal.js';
import { isClose } from '../../tolerance.js';

const SITES = 5;
const RUPTURES = 7;
const SIZE = SITES * RUPTURES;

const column = (...values: number[]) => Float64Array.from({ length: SITES }, (_, s) => values[s % values.length]);
const words = (...values: string[]) => Array.from({ length: SITES }, (_, s) => values[s % values.length]);

const sites: SiteParameters = {
  size: SITES,
  numeric: {
    vs30: column(180, 320, 560, 800, 1500),
    vs30measured: column(0, 1),
    z1pt0: column(600, 350, 150, 40, 5),
    z2pt5: column(4, 2, 1.2, 0.7, 0.3),
    backarc: column(0, 1),
    xvf: column(-60, 20, 80),
    lon: column(172.63, 172.5, 173),
    lat: column(-43.53, -43.3),
    slope: column(0.01, 0.1),
    region: column(0, 1, 2, 3, 4),
    h800: column(3, 20, 60, 150),
    kappa0: column(0.01, 0.03),
    THV: column(0.1, 0.3, 0.6, 1.2),
    PHV: column(3, 4, 1.5),
    z1pt4: column(300, 50, 900),
    D50_15: column(0.3, 1.2),
    F_15: column(10, 30),
    T_15: column(2, 8),
    freeface_ratio: column(5, 15),
    f0: column(0.3, 2),
    bas: column(0, 1),
    soiltype: column(1, 2, 3),
    amplfactor: column(0.1),
    ch_ampl03: column(0.1),
    ch_ampl06: column(0.1),
    ch_phis2s03: column(0.2),
    ch_phis2s06: column(0.2),
    ch_phiss03: column(0.3),
    ch_phiss06: column(0.3),
  },
  text: {
    siteclass: words('A', 'B', 'C', 'D'),
    geology: words('HOLOCENE', 'CRETACEOUS', 'UNKNOWN'),
    ec8: words('A', 'B', 'C', 'D', 'E'),
    ec8_p18: words('A', 'B1', 'C2', 'D', 'E'),
    ampcode: words('A'),
    soiltype: words('1', '2', '3'),
  },
};

/** Models that are for certain velocities only get these. */
function sitesOf(id: string): SiteParameters {
  if (id.startsWith('SiMidorikawa1999')) return withVelocities(400, 600, 800);
  return id.startsWith('TusaLanger2016') ? withVelocities(150, 500, 900) : sites;
}
const withVelocities = (...values: number[]): SiteParameters => ({
  ...sites,
  numeric: { ...sites.numeric, vs30: column(...values) },
});
const ROCK = withVelocities(800);

/** Ruptures of several styles, each seen from every site. */
function contexts(): ContextBatch {
  const batch = new ContextBatch(SIZE + 3, new Set(RUPTURE_PARAMETERS), new Set(DISTANCE_KINDS));
  for (let r = 0; r < RUPTURES; r++) {
    batch.mag[r] = [5, 5.5, 5.5, 6.3, 7, 7.3, 6.3][r];
    batch.rake[r] = [0, 90, -90, 45, 180, 90, -60][r];
    batch.dip[r] = [90, 45, 60, 30, 90, 20, 50][r];
    batch.strike[r] = 30;
    batch.ztor[r] = [8, 5, 3, 1, 0, 12, 40][r];
    batch.width[r] = 6 + 3 * r;
    batch.hypoDepth[r] = batch.ztor[r] + 4;
    batch.hypoLon[r] = 172.6;
    batch.hypoLat[r] = -43.5;
    batch.zbot[r] = 25;
    batch.inCshm[r] = r % 2;
    for (let s = 0; s < SITES; s++) {
      const i = batch.size + s;
      const distance = [0.5, 8, 35, 90, 260][(r + s) % SITES];
      batch.site[i] = s;
      batch.rjb[i] = distance;
      batch.rrup[i] = Math.hypot(distance, batch.ztor[r]);
      batch.rx[i] = s % 2 ? distance : -0.6 * distance;
      batch.ry0[i] = 0.3 * distance;
      batch.rhypo[i] = Math.hypot(distance + 2, batch.hypoDepth[r]);
      batch.repi[i] = distance + 2;
      batch.rvolc[i] = 0.2 * distance;
      batch.azimuth[i] = 40 * s;
      batch.azimuthcp[i] = 40 * s;
      batch.clon[i] = 172.6;
      batch.clat[i] = -43.5;
      batch.rcdpp[i] = 0.5 - s;
    }
    batch.commitRupture(SITES);
  }
  return batch;
}

/** The batch of context i alone. */
function alone(all: ContextBatch, i: number): ContextBatch {
  const batch = new ContextBatch(1, new Set(RUPTURE_PARAMETERS), new Set(DISTANCE_KINDS));
  const rupture = all.start.findIndex((start, r) => start <= i && i < all.start[r + 1]);
  for (const name of RUPTURE_PARAMETERS) batch[name][0] = all[name][rupture];
  for (const name of DISTANCE_KINDS) batch[name][0] = all[name][i];
  batch.site[0] = all.site[i];
  batch.commitRupture(1);
  return batch;
}

function emptyMotion(measures: number, size: number): GroundMotion {
  const rows = () => Array.from({ length: measures }, () => new Float64Array(size).fill(NaN));
  return { mean: rows(), total: rows(), inter: rows(), intra: rows() };
}

const PERIODIC = new Set(['SA', 'AvgSA']);

/** A measure of a declared kind, at a period of its range; undefined for kinds with another argument. */
function measureOf({ kind, minimum, maximum }: ImtRange, at: 'minimum' | 'maximum' | 'inside'): Imt | undefined {
  const low = minimum ?? 0.1;
  const high = maximum ?? 1;
  if (PERIODIC.has(kind) && (kind === 'SA' || minimum !== undefined))
    return parseImt(`${kind}(${at === 'minimum' ? low : at === 'maximum' ? high : low <= 1 && high >= 1 ? 1 : low})`);
  return minimum === undefined && kind !== 'EAS' && kind !== 'FAS' ? parseImt(kind) : undefined;
}

const KINDS = ['mean', 'total', 'inter', 'intra'] as const;

async function declarationsThatStandAlone(): Promise<[ModelDeclaration, GroundMotionModel][]> {
  const models: [ModelDeclaration, GroundMotionModel][] = [];
  for (const name of modelNames()) {
    const declaration = await findModel(name);
    if (!declaration || 'aliasOf' in declaration) continue;
    if (declaration.arguments.some(({ default: value, name: argument }) => value === undefined && argument !== '*'))
      continue;
    if (declaration.arguments.some(({ name: argument }) => argument === '*')) continue;
    models.push([declaration, await createModel({ name, arguments: {} }, NO_FILES)]);
  }
  return models;
}

describe('every ground-motion model', () => {
  const batch = contexts();
  let models: [ModelDeclaration, GroundMotionModel][];
  before(async () => (models = await declarationsThatStandAlone()));

  it('gives finite figures and the same ones whether contexts come together or alone', () => {
    assert.ok(models.length > 150);
    const faults: string[] = [];
    for (const [declaration, model] of models) {
      const imts = declaration.imts.flatMap((range) => measureOf(range, 'inside') ?? []);
      const out = emptyMotion(imts.length, SIZE + 3);
      model.prepare(imts, sitesOf(model.id), SIZE + 3)(batch, out);
      const single = emptyMotion(imts.length, 1);
      const evaluateAlone = model.prepare(imts, sitesOf(model.id), 1);
      for (let i = 0; i < SIZE; i += 3) {
        evaluateAlone(alone(batch, i), single);
        for (const kind of KINDS)
          imts.forEach((imt, m) => {
            const value = out[kind][m][i];
            if (!isClose(value, single[kind][m][0], { rtol: 1e-12, atol: 1e-12 }))
              faults.push(`${model.id} ${imt.name} ${kind} of context ${i}: ${value}, ${single[kind][m][0]}`);
          });
      }
    }
    assert.deepEqual(faults, []);
  });

  it('leaves what lies beyond the batch as it was', () => {
    for (const [declaration, model] of models) {
      const imts = declaration.imts.flatMap((range) => measureOf(range, 'inside') ?? []);
      const out = emptyMotion(imts.length, SIZE + 3);
      model.prepare(imts, sitesOf(model.id), SIZE + 3)(batch, out);
      for (const kind of KINDS)
        for (const row of out[kind]) assert.ok(row.subarray(SIZE).every(Number.isNaN), `${model.id} ${kind}`);
    }
  });

  it('has a between- and a within-event standard deviation exactly where it declares them', () => {
    const faults: string[] = [];
    for (const [declaration, model] of models) {
      const imts = declaration.imts.slice(0, 1).flatMap((range) => measureOf(range, 'inside') ?? []);
      const out = emptyMotion(imts.length, SIZE + 3);
      model.prepare(imts, sitesOf(model.id), SIZE + 3)(batch, out);
      for (const kind of ['inter', 'intra'] as const)
        for (const row of out[kind]) {
          const present = row.subarray(0, SIZE).some((value) => value !== 0);
          if (present !== declaration.standardDeviations.includes(kind)) faults.push(`${model.id} ${kind}: ${present}`);
        }
    }
    assert.deepEqual(faults, []);
  });

  it('takes the ends of its range of periods, and names itself and the measure beyond them', () => {
    const faults: string[] = [];
    const attempt = (model: GroundMotionModel, imt: Imt): unknown => {
      try {
        model.prepare([imt], ROCK, 1);
        return undefined;
      } catch (error) {
        return error;
      }
    };
    for (const [declaration, model] of models)
      for (const range of declaration.imts) {
        for (const end of ['minimum', 'maximum'] as const) {
          const imt = measureOf(range, end);
          const error = imt && attempt(model, imt);
          if (error) faults.push(`${model.id} ${imt.name}: ${String(error)}`);
        }
        if (range.kind !== 'SA' || range.maximum === undefined) continue;
        const beyond = parseImt(`SA(${range.maximum * 1.5})`);
        const error = attempt(model, beyond);
        const clear =
          error instanceof Refusal && error.message.includes(beyond.name) && error.message.includes(model.id);
        if (!clear) faults.push(`${model.id} ${beyond.name}: ${String(error)}`);
      }
    assert.deepEqual(faults, []);
  });
});
