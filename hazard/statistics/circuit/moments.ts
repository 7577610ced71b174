import type { ChoiceCircuit } from './circuit.js';
import { CircuitFold } from './fold.js';
import { type CircuitNumbers, LARGEST_NUMBER } from './numbers.js';

/**
 * Mean and variance over all paths of the probability of exceedance, or of the number of occurrences itself. Nothing is
 * enumerated and nothing cancels: with p the mean probability of one part, independent parts give a + b (1 - a), branches sum
 * w p; the variance of exp(-N) is multiplied as that of a product of independent quantities, and in mixtures the squared
 * distances of the means of the branches are added as they come (West 1979, Communications of the ACM 22).
 */
export class CircuitMoments extends CircuitFold {
  constructor(
    circuit: ChoiceCircuit,
    private readonly withVariance: boolean,
    private readonly ofNumbers: boolean,
  ) {
    super(circuit, withVariance ? 2 : 1, false);
  }

  /** Means [width]; `evaluate` gives the place. */
  mean(place: number, level: number): number {
    return place < 0 ? 0 : this.values[place + level];
  }
  variance(place: number, level: number): number {
    return place < 0 ? 0 : this.values[place + this.width + level];
  }

  protected leaf(at: number, numbers: CircuitNumbers, node: number): void {
    const { values, width } = this;
    this.sumBundles(at, numbers, node);
    if (!this.ofNumbers)
      for (let l = 0; l < width; l++) {
        const number = values[at + l];
        // most leaves have levels that nothing reaches
        if (number > 0) values[at + l] = -Math.expm1(-Math.min(number, LARGEST_NUMBER));
      }
    if (this.withVariance) values.fill(0, at + width, at + 2 * width);
  }

  protected start(at: number): void {
    this.values.fill(0, at, at + (this.withVariance ? 2 : 1) * this.width);
  }

  protected addIndependent(at: number, child: number): void {
    const { values, width } = this;
    if (this.ofNumbers) {
      const end = at + (this.withVariance ? 2 : 1) * width;
      for (let k = at, c = child; k < end; k++, c++) values[k] += values[c];
      return;
    }
    if (this.withVariance) {
      const variance = at + width;
      const childVariance = child + width;
      for (let l = 0; l < width; l++) {
        const a = 1 - values[at + l];
        const b = 1 - values[child + l];
        const va = values[variance + l];
        const vb = values[childVariance + l];
        values[variance + l] = va * b * b + vb * a * a + va * vb;
      }
    }
    for (let l = 0; l < width; l++) values[at + l] += values[child + l] * (1 - values[at + l]);
  }

  protected addWeighted(at: number, child: number, weight: number, before: number): void {
    const { values, width } = this;
    if (this.withVariance) {
      const variance = at + width;
      const share = before === 0 ? 0 : 1 / before;
      const distance = before === 0 ? 0 : (weight * before) / (before + weight);
      for (let l = 0; l < width; l++) {
        const mean = child < 0 ? 0 : values[child + l];
        const own = child < 0 ? 0 : values[child + width + l];
        const apart = mean - values[at + l] * share;
        values[variance + l] += weight * own + distance * apart * apart;
      }
    }
    if (child >= 0) for (let l = 0; l < width; l++) values[at + l] += weight * values[child + l];
  }
}

/** The largest (or smallest) number of occurrences that any path has, whatever its weight. */
export class CircuitExtremes extends CircuitFold {
  constructor(
    circuit: ChoiceCircuit,
    private readonly largest: boolean,
  ) {
    super(circuit, 1, true);
  }

  value(place: number, level: number): number {
    return place < 0 ? 0 : this.values[place + level];
  }

  protected leaf(at: number, numbers: CircuitNumbers, node: number): void {
    this.sumBundles(at, numbers, node);
  }

  protected start(at: number): void {
    this.values.fill(0, at, at + this.width);
  }

  protected addIndependent(at: number, child: number): void {
    const { values, width } = this;
    for (let l = 0; l < width; l++) values[at + l] += values[child + l];
  }

  protected addWeighted(at: number, child: number, _weight: number, _before: number, first: boolean): void {
    const { values, width, largest } = this;
    for (let l = 0; l < width; l++) {
      const value = child < 0 ? 0 : values[child + l];
      if (first || (largest ? value > values[at + l] : value < values[at + l])) values[at + l] = value;
    }
  }
}
