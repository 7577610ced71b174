/** Runs what builds a source; a RangeError on the way is thrown again with the id of the source in front. */
export function namingSource<T>(id: string, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (error instanceof RangeError) throw new RangeError(`source ${id}: ${error.message}`, { cause: error });
    throw error;
  }
}
