/** Share of the time of a run that records may take, and s that are granted from the start. */
const SHARE = 0.02;
const GRANTED = 0.004;
/** bytes/s taken for granted until something was written, and s for a record however small */
const FIRST_SPEED = 400e6;
const EACH = 30e-6;

/**
 * Says what may be written so that it takes a small share of the run. What is written steers no result, so that it may go by the
 * clock.
 */
export class WritingBudget {
  private readonly begin: number;
  private spent = 0;
  private bytes = 0;

  /** @param now s on a clock that goes on evenly */
  constructor(private readonly now: () => number = () => performance.now() / 1000) {
    this.begin = now();
  }

  /** s that so many bytes will take, as those before have */
  cost(bytes: number): number {
    const perByte = this.bytes > 1e6 ? this.spent / this.bytes : 1 / FIRST_SPEED;
    return EACH + bytes * perByte;
  }

  /** Whether so many bytes may be written now. */
  allows(bytes: number): boolean {
    return this.spent + this.cost(bytes) <= GRANTED + SHARE * (this.now() - this.begin);
  }

  /** Runs what writes so many bytes, and counts the time. */
  spend(bytes: number, write: () => void): void {
    const begin = this.now();
    write();
    this.spent += this.now() - begin;
    this.bytes += bytes;
  }
}
