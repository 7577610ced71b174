const WIDTH = 30;

/** A bar on a terminal, nothing elsewhere; drawn on stderr so that stdout stays clean. */
export class ProgressBar {
  private shown = '';
  private readonly terminal = process.stderr.isTTY === true;

  update(fraction: number, phase: string): void {
    if (!this.terminal) return;
    const filled = Math.round(WIDTH * Math.min(1, Math.max(0, fraction)));
    const percent = String(Math.floor(fraction * 100)).padStart(3);
    const text = `[${'='.repeat(filled)}${' '.repeat(WIDTH - filled)}] ${percent} %  ${phase}`;
    if (text === this.shown) return;
    this.shown = text;
    process.stderr.write(`\r\x1b[K${text}`);
  }

  /** Writes a line above the bar. */
  message(text: string): void {
    process.stderr.write(this.shown ? `\r\x1b[K${text}\n${this.shown}` : `${text}\n`);
  }

  clear(): void {
    if (this.shown) process.stderr.write('\r\x1b[K');
    this.shown = '';
  }
}
