import type { ChartData } from './chart-data';
import { number } from './format';

const WIDTH = 760;
const HEIGHT = 480;
const LEFT = 84;
const TOP = 34;
const PLOT = { width: WIDTH - LEFT - 20, height: HEIGHT - TOP - 130 } as const;

/** A chart as a picture of lines and letters, black on white, for papers. */
export function chartSvg(data: ChartData): string {
  const ys = data.lines.flatMap(({ values }) => values.filter((value) => drawn(value, data.yLogarithmic)));
  const x = scale(data.x, data.xLogarithmic, LEFT, LEFT + PLOT.width);
  const y = scale(ys as number[], data.yLogarithmic, TOP + PLOT.height, TOP);
  const bottom = TOP + PLOT.height;
  const parts = [
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    ...x.ticks.map(
      (value) =>
        `<path d="M${x.at(value)} ${TOP}V${bottom}" stroke="#ddd"/><text x="${x.at(value)}" y="${bottom + 18}" text-anchor="middle">${number(value, 2)}</text>`,
    ),
    ...y.ticks.map(
      (value) =>
        `<path d="M${LEFT} ${y.at(value)}H${LEFT + PLOT.width}" stroke="#ddd"/><text x="${LEFT - 8}" y="${y.at(value) + 4}" text-anchor="end">${number(value, 2)}</text>`,
    ),
    `<rect x="${LEFT}" y="${TOP}" width="${PLOT.width}" height="${PLOT.height}" fill="none" stroke="#333"/>`,
    ...data.lines.map(
      ({ values, colour, dash, width = 1.6 }) =>
        `<path d="${pathOf(data, values, x.at, y.at)}" fill="none" stroke="${colour}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash.join(' ')}"` : ''}/>`,
    ),
    `<text x="${LEFT + PLOT.width / 2}" y="${bottom + 40}" text-anchor="middle">${escape(data.xLabel)}</text>`,
    `<text transform="translate(18 ${TOP + PLOT.height / 2}) rotate(-90)" text-anchor="middle">${escape(data.yLabel)}</text>`,
    `<text x="${LEFT}" y="20" font-weight="600">${escape(data.title)}</text>`,
    ...data.lines
      .filter(({ quiet }) => !quiet)
      .slice(0, 12)
      .map(({ name, colour }, k) => {
        const left = LEFT + (k % 3) * 220;
        const top = bottom + 60 + Math.floor(k / 3) * 16;
        return `<path d="M${left} ${top - 4}h18" stroke="${colour}" stroke-width="2.5"/><text x="${left + 24}" y="${top}">${escape(name)}</text>`;
      }),
    `<text x="${WIDTH - 8}" y="${HEIGHT - 6}" text-anchor="end" fill="#555" font-size="10">${escape(data.source)}</text>`,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">${parts.join('\n')}</svg>\n`;
}

function drawn(value: number | null, logarithmic = false): value is number {
  return value !== null && (!logarithmic || value > 0);
}

function pathOf(
  { x, yLogarithmic }: ChartData,
  values: readonly (number | null)[],
  across: (value: number) => number,
  up: (value: number) => number,
): string {
  let pen = 'M';
  return x
    .map((abscissa, k) => {
      const value = values[k];
      if (!drawn(value, yLogarithmic)) {
        pen = 'M';
        return '';
      }
      const step = `${pen}${across(abscissa).toFixed(1)} ${up(value).toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
}

function scale(values: readonly number[], logarithmic = false, from: number, to: number) {
  const used = values.filter((value) => drawn(value, logarithmic));
  const bend = logarithmic ? Math.log10 : (value: number) => value;
  const least = bend(Math.min(...used));
  const most = bend(Math.max(...used));
  const span = most - least || 1;
  const at = (value: number): number => from + ((bend(value) - least) / span) * (to - from);
  const step = logarithmic
    ? Math.max(1, Math.ceil(span / 8))
    : 10 ** Math.floor(Math.log10(span)) / (span / 10 ** Math.floor(Math.log10(span)) < 3 ? 2 : 1);
  const ticks: number[] = [];
  for (let k = Math.ceil(least / step - 1e-9); k * step <= most + 1e-9 * span; k++)
    ticks.push(logarithmic ? 10 ** (k * step) : k * step);
  return { at, ticks };
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
