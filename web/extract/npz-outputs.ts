/** Outputs that are offered as NPZ too: all statistics as one table. */
export const NPZ_OUTPUTS: readonly string[] = ['hcurves', 'hmaps', 'uhs'];
