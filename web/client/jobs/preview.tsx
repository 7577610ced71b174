import { useMemo, useState } from 'preact/hooks';
import { MapCanvas } from '../results/map-canvas';
import { paintPoints, type Projection } from '../results/map-drawing';
import { across, down } from '../results/world';
import type { JobPreview } from '../server/types';
import { Chart } from '../widgets/chart';
import { bytes, count, duration, number } from '../widgets/format';
import { colourOf, styleColour } from '../widgets/palette';
import { SvgDrawing } from '../job/tree-drawing';

/** A checked job before it runs: what it will take, where it is, its sources and its logic trees. */
export function Preview({ preview }: { readonly preview: JobPreview }) {
  return (
    <section class="card preview" aria-labelledby="preview-title">
      <h2 id="preview-title">Before the run: {preview.size.description}</h2>
      <Sizes preview={preview} />
      {preview.warnings.length > 0 && (
        <ul class="warnings" aria-label="Warnings">
          {preview.warnings.map((warning) => (
            <li>{warning}</li>
          ))}
        </ul>
      )}
      <div class="pair">
        <SourceMap preview={preview} />
        <SourceRates preview={preview} />
      </div>
      <details>
        <summary>Logic tree: {count(preview.size.realizations, 'realization')}</summary>
        <SvgDrawing text={preview.tree} label="Drawing of the logic trees" />
      </details>
    </section>
  );
}

function Sizes({ preview: { size, estimate } }: { readonly preview: JobPreview }) {
  const facts: [string, string][] = [
    ['Mode', size.calculation_mode],
    ['Sites', size.sites.toLocaleString('en')],
    ['Measures', `${size.intensity_measure_types}, ${count(size.levels, 'level')} in all`],
    ['Sources', size.sources.toLocaleString('en')],
    ['Ruptures', size.ruptures.toLocaleString('en')],
    ['Realizations', size.realizations.toLocaleString('en')],
    ['Contexts', `at most ${estimate.contexts.toLocaleString('en')}, in ${count(estimate.tasks, 'task')}`],
    ['Time', `about ${duration(Math.max(1, estimate.seconds))} of one processor, besides statistics`],
    ['Memory', `about ${bytes(estimate.memory)} for a thread`],
    ['Disk', `about ${bytes(estimate.disk)}`],
  ];
  return (
    <dl class="facts" id="estimate">
      {facts.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

/** Places of a flat list in the plane of the map. */
function inPlane(places: readonly number[], west: number): { readonly x: Float64Array; readonly y: Float64Array } {
  const size = places.length / 2;
  const plane = { x: new Float64Array(size), y: new Float64Array(size) };
  for (let k = 0; k < size; k++) {
    plane.x[k] = across(places[2 * k] < west ? places[2 * k] + 360 : places[2 * k]);
    plane.y[k] = down(places[2 * k + 1]);
  }
  return plane;
}

/** Opaque pixels as canvases keep them: 0xAABBGGRR. */
const POINT_COLOUR = 0xff_00_5e_d5;
const SITE_COLOUR = 0xff_b2_72_00;

function SourceMap({ preview }: { readonly preview: JobPreview }) {
  const drawn = useMemo(() => {
    const all = [preview.sites, preview.points, ...preview.lines, ...preview.rings];
    const bounds = boundsOf(all);
    const west = bounds[2] - bounds[0] > 180 ? 0 : -180;
    const plane = (places: readonly number[]) => inPlane(places, west);
    return {
      bounds,
      sites: plane(preview.sites),
      points: plane(preview.points),
      lines: preview.lines.map(plane),
      rings: preview.rings.map(plane),
    };
  }, [preview]);
  const trace = (
    context: CanvasRenderingContext2D,
    { zoom, left, top }: Projection,
    { x, y }: { readonly x: Float64Array; readonly y: Float64Array },
  ): void => {
    for (let k = 0; k < x.length; k++) context[k === 0 ? 'moveTo' : 'lineTo'](x[k] * zoom + left, y[k] * zoom + top);
  };
  const paint = (context: CanvasRenderingContext2D, projection: Projection): void => {
    context.beginPath();
    for (const ring of drawn.rings) {
      trace(context, projection, ring);
      context.closePath();
    }
    context.fillStyle = 'rgba(213, 94, 0, 0.12)';
    context.fill();
    context.strokeStyle = 'rgba(213, 94, 0, 0.7)';
    context.lineWidth = 1;
    context.stroke();
    context.beginPath();
    for (const line of drawn.lines) trace(context, projection, line);
    context.strokeStyle = styleColour('bad');
    context.lineWidth = 2;
    context.stroke();
    paintPoints(context, projection, drawn.points, POINT_COLOUR, drawn.points.x.length > 5000 ? 2 : 4);
  };
  const { size } = preview;
  return (
    <div>
      <MapCanvas
        title={`Map of ${count(size.sources, 'source')} and ${count(size.sites, 'site')}`}
        bounds={drawn.bounds}
        allText="All"
        inputs={[drawn]}
        paint={paint}
        above={(context, projection) =>
          paintPoints(context, projection, drawn.sites, SITE_COLOUR, drawn.sites.x.length > 5000 ? 2 : 6)
        }
      />
      <p class="hint">
        Blue: sites. Orange: points, areas and surfaces of sources; red: traces and upper edges.
        {preview.leftOut > 0 && ` ${preview.leftOut.toLocaleString('en')} shapes are left out of the map.`}
      </p>
    </div>
  );
}

function boundsOf(all: readonly (readonly number[])[]): [number, number, number, number] {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const places of all)
    for (let k = 0; k < places.length; k += 2) {
      bounds[0] = Math.min(bounds[0], places[k]);
      bounds[1] = Math.min(bounds[1], places[k + 1]);
      bounds[2] = Math.max(bounds[2], places[k]);
      bounds[3] = Math.max(bounds[3], places[k + 1]);
    }
  return bounds;
}

/** Cumulative annual rates by magnitude: of all listed sources, or of one. */
function SourceRates({ preview }: { readonly preview: JobPreview }) {
  const rated = preview.sources.filter(({ rates }) => rates !== undefined);
  const [chosen, setChosen] = useState('');
  const chart = useMemo(() => {
    const shown = chosen === '' ? rated : rated.filter(({ id }) => id === chosen);
    const bins = shown.flatMap(({ magnitudes, rates }) => magnitudes!.map((m, k) => [m, rates![k]] as const));
    const magnitudes = [...new Set(bins.map(([m]) => Math.round(m * 1000) / 1000))].sort((a, b) => a - b);
    const above = (least: number): number => bins.reduce((sum, [m, rate]) => (m >= least - 5e-4 ? sum + rate : sum), 0);
    return {
      title: `Annual rates by magnitude, ${chosen === '' ? count(shown.length, 'source') : chosen}`,
      x: magnitudes,
      lines: [
        { name: 'rate of this magnitude or more', values: magnitudes.map(above), colour: colourOf(0), points: true },
      ],
      xLabel: 'Magnitude',
      yLabel: 'Rate of this magnitude or more (1/yr)',
      yLogarithmic: true,
      source: `${preview.size.description}, before it was run`,
    };
  }, [preview, chosen]);
  return (
    <div>
      <label class="field">
        Magnitude-rate distribution of
        <select value={chosen} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
          <option value="">all sources that state rates ({rated.length.toLocaleString('en')})</option>
          {rated.map(({ id, name, rates }) => (
            <option value={id}>
              {id} {name}: {number(rates!.reduce((a, b) => a + b, 0))} a year
            </option>
          ))}
        </select>
      </label>
      {rated.length === 0 ? (
        <p class="hint">No source states rates by magnitude: they follow from slip, or probabilities are given.</p>
      ) : (
        <Chart data={chart} />
      )}
    </div>
  );
}
