import type uPlot from 'uplot';
import { ink } from './palette.js';

/** Lines and text of an axis in the colours of the page. */
export function axisStyle(): Pick<uPlot.Axis, 'stroke' | 'grid' | 'ticks'> {
  return { stroke: ink(), grid: { stroke: 'rgba(128,128,128,0.22)' }, ticks: { stroke: 'rgba(128,128,128,0.4)' } };
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Labels of a logarithmic axis: powers of ten only, the small and the large ones as 10ⁿ. */
export function decimalAxis(_plot: uPlot, splits: readonly (number | null)[]): string[] {
  return splits.map((value) => (value === null ? '' : decimalLabel(value)));
}

function decimalLabel(value: number): string {
  const exponent = Math.round(Math.log10(value));
  if (Math.abs(value / 10 ** exponent - 1) > 1e-6) return '';
  if (exponent >= -3 && exponent <= 3) return String(Number(value.toPrecision(3)));
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** From the first to the last value, without rounding up to the next power of ten. */
export function tightRange(_plot: uPlot, least: number | null, most: number | null): [number | null, number | null] {
  return [least, most];
}
