import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { logarithmicTicks } from '../../../drawing/logarithmic-axis';
import { number } from './format';
import { styleColour } from './palette';
import { useDark } from './theme';
import { FigureTools, type FigureTable } from './figure-tools';
import type { ChartData, Line } from './chart-data';
import { chartSvg } from './chart-svg';

const HEIGHT = 360;

/** A chart that follows the width of the page and its colours; dragging zooms, a double click shows all again. */
export function Chart({ data }: { readonly data: ChartData }) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const dark = useDark();
  useEffect(() => {
    const parent = box.current!;
    plot.current = new uPlot(
      optionsOf(data, parent.clientWidth),
      [[...data.x], ...data.lines.map(shown(data))],
      parent,
    );
    const watch = new ResizeObserver(() =>
      plot.current?.setSize({ width: Math.max(240, parent.clientWidth), height: HEIGHT }),
    );
    watch.observe(parent);
    return () => {
      watch.disconnect();
      plot.current?.destroy();
    };
  }, [data, dark]);
  const table: FigureTable = {
    head: [data.xLabel, ...data.lines.map(({ name }) => name)],
    rows: data.x.map((x, k) => [x, ...data.lines.map(({ values }) => values[k] ?? '')]),
  };
  return (
    <figure>
      <div class="plot" ref={box} role="img" aria-label={data.title} />
      <FigureTools
        title={data.title}
        source={data.source}
        table={table}
        canvas={() => box.current!.querySelector('canvas')!}
        svg={() => chartSvg(data)}
      />
    </figure>
  );
}

/** What is zero has no place on a logarithmic axis. */
function shown({ yLogarithmic }: ChartData) {
  return ({ values }: Line): (number | null)[] =>
    values.map((value) => (value === null || (yLogarithmic && value <= 0) ? null : value));
}

function optionsOf(data: ChartData, width: number): uPlot.Options {
  const axis = {
    stroke: styleColour('ink'),
    grid: { stroke: styleColour('grid') },
    ticks: { stroke: styleColour('grid') },
  };
  return {
    width: Math.max(240, width),
    height: HEIGHT,
    scales: {
      x: { time: false, distr: data.xLogarithmic ? 3 : 1, range: tight },
      y: { distr: data.yLogarithmic ? 3 : 1 },
    },
    axes: [
      { ...axis, ...(data.xLogarithmic ? logarithmic() : {}), label: data.xLabel },
      { ...axis, ...(data.yLogarithmic ? logarithmic() : {}), label: data.yLabel, size: 72 },
    ],
    cursor: { drag: { x: true, y: true, uni: 20 }, focus: { prox: 20 } },
    focus: { alpha: 0.35 },
    series: [
      { label: data.xLabel, value: (_plot, value: number | null) => (value === null ? '' : number(value, 4)) },
      ...data.lines.map(({ name, colour, dash, width: line = 1.6, points = false, quiet }): uPlot.Series => ({
        class: quiet ? 'quiet' : undefined,
        label: name,
        stroke: colour,
        width: line,
        dash,
        points: { show: points, size: 5 },
        value: (_plot, value: number | null) => (value === null ? '' : number(value, 4)),
      })),
    ],
    hooks: data.marks ? { draw: [(plot) => drawMarks(plot, data.marks!)] } : {},
  };
}

/** From the first to the last value, without rounding up to the next power of ten. */
function tight(_plot: uPlot, least: number | null, most: number | null): [number | null, number | null] {
  return [least, most];
}

/** Lines and numbers of a logarithmic axis; uPlot's own begin at the end of the axis, wherever that is. */
function logarithmic(): Pick<uPlot.Axis, 'splits' | 'filter' | 'values'> {
  return {
    splits: (_plot, _axis, least, most) => logarithmicTicks(least, most).map(({ value }) => value),
    filter: (_plot, splits) => splits,
    values: (plot, _splits, axis) => {
      const { min, max } = plot.scales[plot.axes[axis].scale!];
      return logarithmicTicks(min!, max!).map(({ value, labelled }) => (labelled ? number(value, 1) : ''));
    },
  };
}

function drawMarks(plot: uPlot, { x, y }: { readonly x?: number; readonly y?: number }): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = styleColour('bad');
  ctx.setLineDash([4, 4]);
  ctx.beginPath();
  if (x !== undefined) {
    const at = plot.valToPos(x, 'x', true);
    if (at >= bbox.left && at <= bbox.left + bbox.width) {
      ctx.moveTo(at, bbox.top);
      ctx.lineTo(at, bbox.top + bbox.height);
    }
  }
  if (y !== undefined) {
    const at = plot.valToPos(y, 'y', true);
    if (at >= bbox.top && at <= bbox.top + bbox.height) {
      ctx.moveTo(bbox.left, at);
      ctx.lineTo(bbox.left + bbox.width, at);
    }
  }
  ctx.stroke();
  ctx.restore();
}
