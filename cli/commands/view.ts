/** What can be shown: a value for --json and a text for people, in parts if it is long. */
export interface View {
  value(): unknown;
  readonly text: string | Iterable<string>;
}

/** The rows wanted of a long table: from number `first`, `count` of them. */
export interface Page {
  readonly first?: number;
  readonly count?: number;
  /** only the realizations with this code */
  readonly path?: string;
}
