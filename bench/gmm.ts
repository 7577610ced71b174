import { ContextBatch, DISTANCE_KINDS } from '../hazard/contexts/context-batch.js';
import { RUPTURE_PARAMETERS } from '../hazard/contexts/rupture-parameters.js';
import type { SiteParameters } from '../hazard/site/site-parameters.js';
import { parseImt } from '../hazard/gmm/imt.js';
import type { GroundMotion } from '../hazard/gmm/model.js';
import { createModel } from '../hazard/gmm/registry.js';
import { modelResources } from '../inputs/logictree/model-resources.js';
import { Refusal } from '../hazard/refusal.js';

/** The models that public hazard models and test suites name most often. */
const MOST_USED = [
  'BooreAtkinson2008',
  'ChiouYoungs2008',
  'AkkarBommer2010',
  'SadighEtAl1997',
  'ChiouYoungs2014',
  'AbrahamsonEtAl2014',
  'ZhaoEtAl2006SInter',
  'ZhaoEtAl2006SSlab',
  'AkkarEtAlRjb2014',
  'AbrahamsonEtAl2015SSlab',
  'AbrahamsonEtAl2015SInter',
  'BooreEtAl2014',
  'AtkinsonBoore2003SInter',
  'AtkinsonBoore2003SSlab',
  'AtkinsonBoore2006Modified2011',
  'CauzziEtAl2014',
  'CampbellBozorgnia2014',
  'ToroEtAl2002',
  'CampbellBozorgnia2008',
  'YoungsEtAl1997SSlab',
];

const IMTS = [
  'PGA',
  'SA(0.1)',
  'SA(0.2)',
  'SA(0.3)',
  'SA(0.5)',
  'SA(0.75)',
  'SA(1.0)',
  'SA(1.5)',
  'SA(2.0)',
  'SA(3.0)',
].map(parseImt);
const RUPTURES = 100;
const SITES = 40;
const REPEATS = 25;
const SAMPLES = 9;

/** Small generator of uniform numbers in [0, 1): mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function randomSites(random: () => number): SiteParameters {
  const column = (value: () => number) => Float64Array.from({ length: SITES }, value);
  const numeric = {
    vs30: column(() => 180 + 900 * random()),
    vs30measured: column(() => (random() < 0.5 ? 1 : 0)),
    z1pt0: column(() => 800 * random()),
    z2pt5: column(() => 6 * random()),
    region: column(() => Math.floor(6 * random())),
    backarc: column(() => 0),
    lon: column(() => 10 * random()),
    lat: column(() => 10 * random()),
  };
  return { size: SITES, numeric, text: {} };
}

function randomBatch(random: () => number): ContextBatch {
  const size = RUPTURES * SITES;
  const batch = new ContextBatch(size, new Set(RUPTURE_PARAMETERS), new Set(DISTANCE_KINDS));
  for (let r = 0; r < RUPTURES; r++) {
    batch.mag[r] = 5 + 0.1 * Math.floor(30 * random());
    batch.rake[r] = [0, 90, -90][Math.floor(3 * random())];
    batch.dip[r] = [45, 60, 90][Math.floor(3 * random())];
    batch.ztor[r] = 8 * random();
    batch.width[r] = 5 + 15 * random();
    batch.hypoDepth[r] = batch.ztor[r] + 0.5 * batch.width[r];
    for (let s = 0; s < SITES; s++) {
      const i = batch.size + s;
      const distance = 200 * random();
      batch.site[i] = s;
      batch.rjb[i] = distance;
      batch.rrup[i] = Math.hypot(distance, batch.ztor[r]);
      batch.rx[i] = distance * (2 * random() - 1);
      batch.ry0[i] = distance * random();
      batch.rhypo[i] = Math.hypot(distance, batch.hypoDepth[r]);
      batch.repi[i] = distance;
    }
    batch.commitRupture(SITES);
  }
  return batch;
}

/** ns of CPU per context and measure, the median of the samples. */
async function measure(name: string, batch: ContextBatch, sites: SiteParameters): Promise<number> {
  const model = await createModel({ name, arguments: {} }, modelResources([]));
  const supported = IMTS.filter((imt) => {
    try {
      model.prepare([imt], sites, 1);
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  });
  const rows = () => supported.map(() => new Float64Array(batch.size));
  const out: GroundMotion = { mean: rows(), total: rows(), inter: rows(), intra: rows() };
  const evaluate = model.prepare(supported, sites, batch.size);
  const samples: number[] = [];
  for (let sample = -2; sample < SAMPLES; sample++) {
    const start = process.cpuUsage().user;
    for (let k = 0; k < REPEATS; k++) evaluate(batch, out);
    const elapsed = (1000 * (process.cpuUsage().user - start)) / (REPEATS * batch.size * supported.length);
    if (sample >= 0) samples.push(elapsed);
  }
  return samples.sort((a, b) => a - b)[SAMPLES >> 1];
}

/** Prints ns per context and intensity measure type; names on the command line replace the list of models. */
export async function run(args: readonly string[]): Promise<void> {
  const random = generator(42);
  const sites = randomSites(random);
  const batch = randomBatch(random);
  const names = args.length ? args : MOST_USED;
  console.log(`ns of CPU per context and measure: ${RUPTURES} ruptures x ${SITES} sites x ${IMTS.length} measures`);
  const figures: number[] = [];
  for (const name of names) {
    const figure = await measure(name, batch, sites);
    figures.push(figure);
    console.log(`${name.padEnd(34)} ${figure.toFixed(1).padStart(7)}`);
  }
  figures.sort((a, b) => a - b);
  console.log(`median ${figures[figures.length >> 1].toFixed(1)}, largest ${figures[figures.length - 1].toFixed(1)}`);
}
