/** Ids of sources. Marks follow the id of the file: `:part` of a source that was given in parts, `;version` and `!branch` of alternatives. */

/** The id without the marks of its parts and versions: what results by source are listed under. */
export function coreId(id: string): string {
  return id.replace(/[:;!].*$/, '');
}

/** The id without the marks of its versions: equal for the alternatives of one source. */
export function baseId(id: string): string {
  return id.replace(/[;!].*$/, '');
}
