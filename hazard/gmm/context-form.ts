import type { ContextBatch, Requirements } from '../contexts/context-batch.js';
import type { SiteParameters } from '../site/site-parameters.js';
import type { Imt } from './imt.js';
import type { Arguments, GroundMotionModel, ModelDeclaration } from './model.js';
import { perMeasureModel } from './per-measure.js';

/** Total, between-event and within-event standard deviation, natural log units; 0 for those a model lacks. */
export type Deviations = readonly [total: number, inter: number, intra: number];

/**
 * One measure of a model that gives each context its own median, without regard to other measures: most models of the
 * literature. Models in which one measure depends on another, and those that are evaluated most, have loops of their own.
 */
export interface ContextForm {
  /** Takes the terms of rupture r, which `mean` then uses. */
  rupture?(batch: ContextBatch, r: number): void;
  /** ln of the median of context i (MMI as it is) */
  mean(batch: ContextBatch, i: number): number;
  /** the same for every context, or those of context i of rupture r written into `into` in the order of Deviations */
  readonly deviations: Deviations | ((batch: ContextBatch, r: number, i: number, into: Float64Array) => void);
}

/** Deviations of a model in log10 units; the total is put together where it is not given. */
export function log10Deviations(inter: number, intra: number, total = Math.hypot(inter, intra)): Deviations {
  return [total * Math.LN10, inter * Math.LN10, intra * Math.LN10];
}

/** Deviations from the two components, natural log units. */
export function componentDeviations(inter: number, intra: number): Deviations {
  return [Math.hypot(inter, intra), inter, intra];
}

/** A model made of forms. `prepare` is called once for each measure. */
function contextModel(
  id: string,
  requires: Requirements,
  prepare: (imt: Imt, sites: SiteParameters) => ContextForm,
): GroundMotionModel {
  return perMeasureModel(id, requires, (imt, sites) => {
    const form = prepare(imt, sites);
    const { deviations: given } = form;
    const into = new Float64Array(3);
    return (batch, out, m) => {
      const { start } = batch;
      const mean = out.mean[m];
      for (let r = 0; r < batch.ruptures; r++) {
        form.rupture?.(batch, r);
        for (let i = start[r]; i < start[r + 1]; i++) {
          mean[i] = form.mean(batch, i);
          if (typeof given !== 'function') continue;
          given(batch, r, i, into);
          out.total[m][i] = into[0];
          out.inter[m][i] = into[1];
          out.intra[m][i] = into[2];
        }
      }
      if (typeof given === 'function') return;
      out.total[m].fill(given[0], 0, batch.size);
      out.inter[m].fill(given[1], 0, batch.size);
      out.intra[m].fill(given[2], 0, batch.size);
    };
  });
}

/** What a declaration says besides how the model is made. */
export type Facts = Omit<ModelDeclaration, 'create' | 'arguments'> & Partial<Pick<ModelDeclaration, 'arguments'>>;

/** Declaration of a model made of forms; its arguments are complete and checked. */
export function formDeclaration(
  facts: Facts,
  prepare: (imt: Imt, sites: SiteParameters, args: Arguments) => ContextForm,
): ModelDeclaration {
  return {
    arguments: [],
    ...facts,
    create: (args) => contextModel(facts.id, facts.requires, (imt, sites) => prepare(imt, sites, args)),
  };
}
