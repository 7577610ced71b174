import { models as askModels, withSiteChange as abrahamson } from './abrahamson-2014.js';
import { models as booreModels, withSiteChange as boore } from './boore-2014.js';
import { models as campbellModels, withSiteChange as campbellBozorgnia } from './campbell-bozorgnia-2014.js';
import { MAIN, models as chiouModels, withoutBasin } from './chiou-youngs-2014.js';
import { CoefficientTable, readTables } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type { GroundMotionModel, ImtRange, ModelDeclaration, ModelModule } from '../model.js';
import { refusal } from '../../refusal.js';

const { tables } = readTables(import.meta.url, 'canada-shm6-active-crust');
const HARD_ROCK = new CoefficientTable(tables.hardRock);
const MINIMUM = 0.05;
const MAXIMUM = 10;
const FROM = 1100;
const TO = 2000;

/**
 * Linear site response with the factor of hard rock: own response up to 1100 m/s, then straight in ln of the velocity to a
 * value at 2000 m/s that is bounded by the model's own factors and by that of eastern North America.
 */
function hardRockResponse(imt: Imt, vs30: number, own: (vs30: number) => number): number {
  if (vs30 <= FROM) return own(vs30);
  const reference = own(760);
  const a1 = own(FROM) - reference;
  const a2 = own(TO) - reference;
  const eastern = -Math.log(HARD_ROCK.row(imt, 'CanadaSHM6_ActiveCrust').c);
  const hardest = Math.min(a1, Math.max(a2, eastern));
  const share = Math.min(Math.log(vs30 / FROM) / Math.log(TO / FROM), 1);
  return reference + a1 + (hardest - a1) * share;
}

/** Without the basin term; above 1100 m/s a constant is added after the floor of short periods, as in the reference engine. */
function chiouYoungs(id: string): GroundMotionModel {
  const base = withoutBasin(id);
  return {
    ...base,
    prepare(imts, sites, capacity) {
      const evaluate = base.prepare(imts, sites, capacity);
      const shifts = imts.map((imt) => {
        const shift = MAIN.row(imt, id).phi1 * Math.log(FROM / 1130);
        return sites.numeric.vs30.map((v) => (v > FROM ? shift : 0));
      });
      return (batch, out) => {
        evaluate(batch, out);
        for (let m = 0; m < shifts.length; m++) {
          const mean = out.mean[m];
          for (let i = 0; i < batch.size; i++) mean[i] += shifts[m][batch.site[i]];
        }
      };
    },
  };
}

/** Errors of `prepare`: Refusal for a period outside 0.05 to 10 s. */
function withinPeriods(model: GroundMotionModel): GroundMotionModel {
  return {
    ...model,
    prepare(imts, sites, capacity) {
      for (const imt of imts)
        if (imt.kind === 'SA' && !(imt.period >= MINIMUM && imt.period <= MAXIMUM))
          throw refusal(
            'MODEL_MEASURE',
            `${model.id} does not support ${imt.name}: periods are ${MINIMUM} to ${MAXIMUM} s`,
            { key: 'imt', value: imt.name, allowed: `SA(${MINIMUM} to ${MAXIMUM} s)` },
          );
      return model.prepare(imts, sites, capacity);
    },
  };
}

const IMTS: readonly ImtRange[] = [
  { kind: 'PGA' },
  { kind: 'PGV' },
  { kind: 'SA', minimum: MINIMUM, maximum: MAXIMUM },
];

function declaration(
  base: ModelModule['models'][number],
  create: (id: string) => GroundMotionModel,
  site: readonly string[],
  notes: string,
): ModelDeclaration {
  const declared = base as ModelDeclaration;
  const id = `CanadaSHM6_ActiveCrust_${declared.id}`;
  return {
    ...declared,
    id,
    citation: `M. Kolaj, S. Halchuk, J. Adams, T. I. Allen (2020), Sixth Generation Seismic Hazard Model of Canada: input files to produce values proposed for the 2020 National Building Code of Canada, Geological Survey of Canada Open File 8630, doi:10.4095/327322; ${declared.citation}`,
    imts: IMTS,
    requires: { ...declared.requires, site },
    arguments: [],
    notes,
    create: () => withinPeriods(create(id)),
  };
}

const HARD_ROCK_NOTES = 'Without the term of basin or soil depth; its own response of sites above 1100 m/s.';

export const models: ModelModule['models'] = [
  declaration(booreModels[0], (id) => boore(id, hardRockResponse), ['vs30'], HARD_ROCK_NOTES),
  declaration(
    askModels[0],
    (id) => abrahamson(id, hardRockResponse),
    ['vs30', 'vs30measured', 'z1pt0'],
    HARD_ROCK_NOTES,
  ),
  declaration(campbellModels[0], (id) => campbellBozorgnia(id, hardRockResponse), ['vs30'], HARD_ROCK_NOTES),
  declaration(
    chiouModels[0],
    chiouYoungs,
    ['vs30', 'vs30measured', 'z1pt0'],
    'Without the basin term. Above 1100 m/s the native response goes on and the term of 1100 m/s is added to it, as in the reference engine.',
  ),
];
