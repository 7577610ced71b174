import { useEffect, useRef, useState } from 'preact/hooks';
import { getText } from '../server/api';
import { useLoaded } from '../widgets/load';

/** Sizes below this are hard to read: wider drawings are scrolled at first. */
const LEAST_START = 0.75;
const LEAST_ZOOM = 0.1;
const MOST_ZOOM = 4;
const STEP = 1.25;

/** The drawing of the logic trees of a calculation. */
export function TreeDrawing({ id }: { readonly id: number }) {
  const address = `/v1/calc/${id}/tree`;
  const { value } = useLoaded(address, getText);
  // calculations of other programs may have no trees, and a job may be removed meanwhile
  if (value === undefined) return null;
  return (
    <section class="card">
      <h2>Logic tree</h2>
      <SvgDrawing text={value} label="Drawing of the logic trees" address={address} />
    </section>
  );
}

interface Properties {
  /** the SVG */
  readonly text: string;
  readonly label: string;
  /** where it stands on its own */
  readonly address?: string;
}

/** A large drawing: scrolled, zoomed, on the whole screen, or on its own. */
export function SvgDrawing({ text: value, label, address }: Properties) {
  const [zoom, setZoom] = useState(1);
  const box = useRef<HTMLDivElement>(null);
  const section = useRef<HTMLDivElement>(null);
  const size = useRef<readonly [number, number]>([1, 1]);
  const scale = (wanted: number): void => setZoom(Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, wanted)));
  const fit = (): number => box.current!.clientWidth / size.current[0];
  useEffect(() => {
    const parsed = new DOMParser().parseFromString(value, 'image/svg+xml');
    const drawing = document.importNode(parsed.documentElement, true) as unknown as SVGSVGElement;
    const { width, height } = drawing.viewBox.baseVal;
    size.current = [width, height];
    box.current!.replaceChildren(drawing);
    scale(Math.min(1, Math.max(LEAST_START, fit())));
  }, [value]);
  useEffect(() => {
    const drawing = box.current?.querySelector('svg');
    drawing?.setAttribute('width', String(size.current[0] * zoom));
    drawing?.setAttribute('height', String(size.current[1] * zoom));
  }, [zoom, value]);
  const button = (label: string, name: string, click: () => void) => (
    <button type="button" aria-label={name} title={name} onClick={click}>
      {label}
    </button>
  );
  return (
    <div ref={section}>
      <div class="row">
        {button('−', 'Smaller', () => scale(zoom / STEP))}
        {button('+', 'Larger', () => scale(zoom * STEP))}
        {button('Fit', 'Fit to the width', () => scale(fit()))}
        {button('Actual size', 'Actual size', () => scale(1))}
        {button('Full screen', 'Full screen', () => void section.current!.requestFullscreen())}
        {address && (
          <a class="button" href={address} target="_blank" rel="noreferrer">
            Open the drawing (SVG)
          </a>
        )}
      </div>
      <div
        class="tree"
        ref={box}
        tabIndex={0}
        role="region"
        aria-label={label}
        onWheel={(event) => {
          if (!event.ctrlKey) return;
          event.preventDefault();
          scale(zoom * Math.exp(-event.deltaY / 300));
        }}
      />
    </div>
  );
}
