import type { Source } from '../../hazard/sources/source.js';
import { sourceKinds } from '../../hazard/sources/registry.js';

/** Kinds of sources as applyToSourceType names them: the NRML element without `Source`. */
export const SOURCE_TYPES: readonly string[] = sourceKinds()
  .filter(({ internal }) => !internal)
  .map(({ type }) => type)
  .sort();

/**
 * Which branches of source models hold a source, while the tree is read. Files are looked through once, however many branches
 * name them; parts of a source (`s:1`, `s:2`) count as the source.
 */
export class SourceIndex {
  private readonly filesOfSource = new Map<string, Set<number>>();
  private readonly branchesOfFile = new Map<number, string[]>();
  private readonly typesFound = new Set<string>();
  private readonly holders = new Map<string, ReadonlySet<string>>();

  /** @param sources of a file, by its number */
  constructor(private readonly sources: (file: number) => readonly Source[]) {}

  /** Takes note of the files that a branch names. */
  add(branch: string, files: readonly number[]): void {
    this.holders.clear();
    for (const file of files) {
      const branches = this.branchesOfFile.get(file);
      if (branches) branches.push(branch);
      else {
        this.branchesOfFile.set(file, [branch]);
        for (const { id, type } of this.sources(file)) {
          this.typesFound.add(type);
          const whole = wholeId(id);
          const known = this.filesOfSource.get(whole);
          if (known) known.add(file);
          else this.filesOfSource.set(whole, new Set([file]));
        }
      }
    }
  }

  /** Branches whose files hold a source. */
  branchesOf(id: string): ReadonlySet<string> {
    const whole = wholeId(id);
    let found = this.holders.get(whole);
    if (!found) {
      const files = [...(this.filesOfSource.get(whole) ?? [])];
      found = new Set(files.flatMap((file) => this.branchesOfFile.get(file) ?? []));
      this.holders.set(whole, found);
    }
    return found;
  }

  /** Number of different sources in all files. */
  get size(): number {
    return this.filesOfSource.size;
  }

  /** Kinds of sources met so far, sorted. */
  get types(): readonly string[] {
    return [...this.typesFound].sort();
  }
}

function wholeId(id: string): string {
  return id.split(':', 1)[0];
}
