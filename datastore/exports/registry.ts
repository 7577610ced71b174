import { mkdirSync } from 'node:fs';
import { Calculation } from '../calculation.js';
import { ExportError, type Output } from './export.js';
import { conditionalSpectra } from './conditional-spectrum.js';
import { disaggregationRealizations, disaggregationShares, disaggregationStatistics } from './disaggregation.js';
import { fullReport } from './full-report.js';
import { hcurves } from './hcurves.js';
import { hmaps } from './hmaps.js';
import { logicTree } from './logic-tree.js';
import { meanDisaggBySource } from './mean-disagg-by-source.js';
import { meanRatesBySource } from './mean-rates-by-source.js';
import { medianSpectra } from './median-spectrum.js';
import { realizations } from './realizations.js';
import { siteModel } from './site-model.js';
import { uhs } from './uhs.js';

/** Every output, in lexical order of type: one file and one line here. */
export const OUTPUTS: readonly Output[] = [
  conditionalSpectra,
  disaggregationRealizations,
  disaggregationShares,
  disaggregationStatistics,
  fullReport,
  hcurves,
  hmaps,
  logicTree,
  meanDisaggBySource,
  meanRatesBySource,
  medianSpectra,
  realizations,
  siteModel,
  uhs,
];

/** Formats that outputs are exported in, the most common ones first. */
export const EXPORT_FORMATS: readonly string[] = [...new Set(OUTPUTS.flatMap(({ formats }) => formats))];

/** Outputs of a list that a finished calculation has. */
export async function listOutputs(path: string, outputs: readonly Output[] = OUTPUTS): Promise<Output[]> {
  const calculation = await Calculation.open(path);
  try {
    return outputs.filter((output) => output.present(calculation));
  } finally {
    calculation.close();
  }
}

/**
 * Writes one output of a calculation to a folder (made if missing); returns the paths.
 * Errors: ExportError for an unknown output or format, DatastoreError.
 */
export async function exportOutput(
  path: string,
  type: string,
  format: string,
  folder: string,
  outputs: readonly Output[] = OUTPUTS,
): Promise<string[]> {
  const calculation = await Calculation.open(path);
  try {
    const output = outputs.find((candidate) => candidate.type === type && candidate.present(calculation));
    if (!output?.formats.includes(format)) throw new ExportError(type, format, output?.formats ?? []);
    mkdirSync(folder, { recursive: true });
    return output.write(calculation, format, folder);
  } finally {
    calculation.close();
  }
}
