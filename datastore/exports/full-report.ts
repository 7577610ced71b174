import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Calculation } from '../calculation.js';
import type { Output } from './export.js';

/** Slowest sources listed in the report. */
const SOURCES_LISTED = 20;

/** A summary of the calculation in reStructuredText: parameters, sizes, realizations, slowest sources, time by phase. */
export const fullReport: Output = {
  type: 'fullreport',
  name: 'Full Report',
  formats: ['rst'],
  present: () => true,
  write(calculation, _format, folder) {
    const path = join(folder, `report_${calculation.id}.rst`);
    writeFileSync(path, report(calculation));
    return [path];
  },
};

function report(calculation: Calculation): string {
  const { parameters, hdf5 } = calculation;
  const levels = calculation.levels.reduce((sum, row) => sum + row.length, 0);
  const parts = [
    title(parameters.description, '='),
    table(
      ['quantity', 'value'],
      [
        ['engine version', calculation.engineVersion],
        ['date', calculation.date],
        ['checksum', String(calculation.checksum)],
        ['sites', String(calculation.siteCount)],
        ['hazard levels', String(levels)],
        ['realizations', String(calculation.realizations().length)],
      ],
    ),
    title('Parameters', '-'),
    table(
      ['parameter', 'value'],
      Object.entries(parameters)
        .filter(([, value]) => typeof value !== 'object')
        .map(([name, value]) => [name, String(value)]),
    ),
  ];
  if (hdf5.has('source_info')) {
    const rows = hdf5.readTable('source_info').sort((a, b) => Number(b.calc_time) - Number(a.calc_time));
    parts.push(
      title('Slowest sources', '-'),
      table(
        ['source_id', 'code', 'calc_time', 'num_sites', 'num_ruptures'],
        rows
          .slice(0, SOURCES_LISTED)
          .map((row) => [
            String(row.source_id),
            String(row.code),
            Number(row.calc_time).toFixed(4),
            String(row.num_sites),
            String(row.num_ruptures),
          ]),
      ),
    );
  }
  if (hdf5.has('performance_data')) {
    parts.push(
      title('Time by phase', '-'),
      table(
        ['operation', 'time_sec', 'memory_mb', 'counts'],
        hdf5
          .readTable('performance_data')
          .map((row) => [
            String(row.operation),
            Number(row.time_sec).toFixed(3),
            Number(row.memory_mb).toFixed(1),
            String(row.counts),
          ]),
      ),
    );
  }
  return parts.join('\n');
}

function title(text: string, underline: string): string {
  return `${text}\n${underline.repeat(Math.max(3, text.length))}\n`;
}

/** A simple table of reStructuredText. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, k) => rows.reduce((width, row) => Math.max(width, row[k].length), name.length));
  const rule = widths.map((width) => '='.repeat(width)).join(' ');
  const line = (cells: readonly string[]): string => cells.map((cell, k) => cell.padEnd(widths[k])).join(' ');
  return [rule, line(header), rule, ...rows.map(line), rule, ''].join('\n');
}
