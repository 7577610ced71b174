import { warningText, type InputReport } from './report.js';

/** Text of all warnings, for the log of the calculation. */
export function warningTexts(report: InputReport): string[] {
  return report.warnings.map(warningText);
}
