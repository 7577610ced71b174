import type uPlot from 'uplot';
import { ink } from './palette.js';

/** Lines and text of an axis in the colours of the page. */
export function axisStyle(): Pick<uPlot.Axis, 'stroke' | 'grid' | 'ticks'> {
  return { stroke: ink(), grid: { stroke: 'rgba(128,128,128,0.22)' }, ticks: { stroke: 'rgba(128,128,128,0.4)' } };
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A logarithmic axis with labels at powers of ten, and at twice and five times those where it spans little more than one. */
export function logarithmicAxis(): Pick<uPlot.Axis, 'filter' | 'values'> {
  return {
    filter: (_plot, splits) => splits,
    values: (plot, splits, axis) => {
      const { min, max } = plot.scales[plot.axes[axis].scale!];
      const digits = (max ?? 1) / (min ?? 1) < 40 ? [1, 2, 5] : [1];
      return splits.map((value) => (value === null ? '' : decimalLabel(value, digits)));
    },
  };
}

function decimalLabel(value: number, digits: readonly number[]): string {
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const digit = value / 10 ** exponent;
  if (!digits.some((one) => Math.abs(digit / one - 1) < 1e-6)) return '';
  if (exponent >= -3 && exponent <= 3) return String(Number(value.toPrecision(3)));
  const raised = [...String(Math.abs(exponent))].map((one) => SUPERSCRIPTS[Number(one)]).join('');
  return `${digits.length > 1 ? `${Math.round(digit)}·` : ''}10${exponent < 0 ? '⁻' : ''}${raised}`;
}

/** From the first to the last value, without rounding up to the next power of ten. */
export function tightRange(_plot: uPlot, least: number | null, most: number | null): [number | null, number | null] {
  return [least, most];
}
