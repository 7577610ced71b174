/** The reference engine: a Python process that runs jobs one after another, each in a fork of itself. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type ReferenceAnswer =
  { readonly kind: 'complete' } | { readonly kind: 'refused' | 'late' | 'crashed'; readonly reason: string };

const DRIVER = fileURLToPath(new URL('../../../test/differential/reference_driver.py', import.meta.url));
/** The Python that has the reference: the option, or TERRANE_REFERENCE; undefined when neither names a program. */
export function referencePython(option: string | undefined): string | undefined {
  const python = option ?? process.env.TERRANE_REFERENCE;
  return python !== undefined && existsSync(python) ? python : undefined;
}

export class Reference {
  private child: ChildProcess | undefined;
  private lines: Interface | undefined;

  /** `folder`: where the engine keeps what is its own; nothing of it may be shared with another process. */
  constructor(
    private readonly python: string,
    private readonly folder: string,
  ) {}

  /** Version and the names of all ground-motion models. Errors: Error when the engine does not answer. */
  async models(): Promise<{ version: string; models: string[] }> {
    const answer = await this.ask({ models: true });
    if (answer === undefined) throw new Error(`${this.python} does not run the reference engine: see ${this.log}`);
    return answer as { version: string; models: string[] };
  }

  /** Runs a job; its tables go to `tables`. */
  async run(ini: string, tables: string, seconds: number): Promise<ReferenceAnswer> {
    const answer = await this.ask({ ini, folder: tables, seconds });
    return (answer as ReferenceAnswer | undefined) ?? { kind: 'crashed', reason: `the process ended: see ${this.log}` };
  }

  stop(): void {
    this.child?.stdin?.end();
    this.child?.kill();
    this.child = undefined;
  }

  private get log(): string {
    return join(this.folder, 'reference.log');
  }

  private start(): ChildProcess {
    mkdirSync(this.folder, { recursive: true });
    const log = openSync(this.log, 'a');
    const env = {
      ...process.env,
      HOME: this.folder,
      OQ_DATADIR: this.folder,
      OQ_DISTRIBUTE: 'no',
      OMP_NUM_THREADS: '1',
      OPENBLAS_NUM_THREADS: '1',
    };
    const child = spawn(this.python, [DRIVER], { cwd: this.folder, env, stdio: ['pipe', 'pipe', log] });
    closeSync(log);
    this.lines = createInterface({ input: child.stdout! });
    child.on('error', () => undefined);
    child.stdin!.on('error', () => undefined);
    return child;
  }

  private ask(request: object): Promise<unknown> {
    this.child ??= this.start();
    const { child, lines } = this;
    return new Promise((resolve) => {
      const settle = (answer: unknown): void => {
        lines!.off('line', take);
        child.off('close', ended);
        resolve(answer);
      };
      const take = (line: string): void => settle(JSON.parse(line));
      const ended = (): void => {
        this.child = undefined;
        settle(undefined);
      };
      lines!.on('line', take);
      child.on('close', ended);
      child.stdin!.write(`${JSON.stringify(request)}\n`);
    });
  }
}
