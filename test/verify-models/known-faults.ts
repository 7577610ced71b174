/** Rows of verification tables that are known to be wrong: they are not compared, and the report says so. */
export interface KnownFault {
  /** end of the table's path */
  readonly file: string;
  /** column and values of the rows concerned */
  readonly column: string;
  readonly values: readonly number[];
  readonly reason: string;
}

const KNOWN_FAULTS: readonly KnownFault[] = [
  {
    file: 'DOWRICKRHOADES2005/DowrickRhoades2005Asc.csv',
    column: 'site_vs30',
    values: [800],
    reason:
      'made with the site class of the row before (760 m/s, class C), where 800 m/s is class B (docs/differences.md)',
  },
];

/** The fault that a table is known for; undefined for most tables. */
export function knownFault(path: string): KnownFault | undefined {
  return KNOWN_FAULTS.find(({ file }) => path.replaceAll('\\', '/').endsWith(file));
}
