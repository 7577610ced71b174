/** The models of a region on some sites: each distinct one is evaluated once per batch. */
import type { ContextBatch } from '../../hazard/contexts/context-batch.js';
import type { Imt } from '../../hazard/gmm/imt.js';
import type { Evaluator, GroundMotion, GroundMotionModel } from '../../hazard/gmm/model.js';
import { meanShift, type ShiftMeans } from '../../hazard/gmm/shifted-model.js';
import type { SiteCollection } from '../../hazard/site/site-collection.js';
import { checkMotion } from './motion-check.js';

/** A motion of a model, or of a component of a mixture with its weight. */
export interface WeightedMotion {
  readonly weight: number;
  readonly motion: GroundMotion;
}

/** A model that is a mixture is evaluated by its components; any other is its own single component. */
interface Component {
  readonly name: string;
  readonly weight: number;
  readonly evaluate: Evaluator;
}

/** The base that several models of the region shift, evaluated once for all of them. */
class Family {
  private readonly evaluate: Evaluator;
  private batch: ContextBatch | undefined;
  private generation = -1;
  private size = 0;

  constructor(
    base: GroundMotionModel,
    readonly motion: GroundMotion,
    imts: readonly Imt[],
    sites: SiteCollection,
    capacity: number,
  ) {
    this.evaluate = base.prepare(imts, sites.parameters, capacity);
  }

  /** The motion of the base for the contents of a batch. */
  of(batch: ContextBatch): GroundMotion {
    const { generation, size } = batch;
    if (this.batch === batch && this.generation === generation && this.size === size) return this.motion;
    this.evaluate(batch, this.motion);
    this.batch = batch;
    this.generation = generation;
    this.size = size;
    return this.motion;
  }
}

/** The ground-motion models of a region, prepared for a tile of sites; mixtures by their components. */
export class RegionModels {
  private readonly components: readonly (readonly Component[])[];
  /** by component: buffers of the motions returned, used again by the next call */
  private readonly buffers: GroundMotion[] = [];

  constructor(
    models: readonly GroundMotionModel[],
    private readonly imts: readonly Imt[],
    private readonly sites: SiteCollection,
    private readonly capacity: number,
  ) {
    const flat = models.map((model) => model.components ?? [{ weight: 1, model }]);
    const members = new Map<string, number>();
    for (const { model } of flat.flat()) {
      const shift = meanShift(model);
      if (shift) members.set(shift.family, (members.get(shift.family) ?? 0) + 1);
    }
    const families = new Map<string, Family>();
    this.components = flat.map((components) =>
      components.map(({ weight, model }): Component => {
        const shift = meanShift(model);
        if (!shift || members.get(shift.family) === 1)
          return { name: model.id, weight, evaluate: model.prepare(imts, sites.parameters, capacity) };
        let family = families.get(shift.family);
        if (!family) {
          family = new Family(shift.base, this.newMotion(), imts, sites, capacity);
          families.set(shift.family, family);
        }
        return { name: model.id, weight, evaluate: member(family, shift.prepare?.(imts)) };
      }),
    );
  }

  get count(): number {
    return this.components.length;
  }

  /**
   * Mean and sigma of model k for a full batch, by component. The buffers are reused by the next call.
   * Errors: Refusal MODEL_NOT_A_NUMBER.
   */
  evaluate(k: number, batch: ContextBatch): readonly WeightedMotion[] {
    const components = this.components[k];
    while (this.buffers.length < components.length) this.buffers.push(this.newMotion());
    return components.map(({ name, weight, evaluate }, c) => {
      evaluate(batch, this.buffers[c]);
      checkMotion(name, this.imts, batch, this.buffers[c], this.sites);
      return { weight, motion: this.buffers[c] };
    });
  }

  private newMotion(): GroundMotion {
    const rows = (): Float64Array[] => this.imts.map(() => new Float64Array(this.capacity));
    return { mean: rows(), total: rows(), inter: rows(), intra: rows() };
  }
}

/** Copies the motion of the base and shifts its mean. */
function member(family: Family, shift: ShiftMeans | undefined): Evaluator {
  return (batch, out) => {
    const motion = family.of(batch);
    const { size } = batch;
    for (let m = 0; m < out.mean.length; m++) {
      copy(motion.mean[m], out.mean[m], size);
      copy(motion.total[m], out.total[m], size);
      copy(motion.inter[m], out.inter[m], size);
      copy(motion.intra[m], out.intra[m], size);
    }
    shift?.(batch, out.mean);
  };
}

function copy(from: Float64Array, to: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) to[i] = from[i];
}
