import { getText } from './api.js';
import { element } from './dom.js';

/** Sizes below this are hard to read: wider drawings are scrolled at first. */
const LEAST_START = 0.75;
const LEAST_ZOOM = 0.1;
const MOST_ZOOM = 4;
const STEP = 1.25;

/** The drawing of a job's logic trees: scrolled, zoomed, on the whole screen, or on its own. */
export class TreePanel {
  private readonly box = element('div', { class: 'tree', tabindex: '0', role: 'region', 'aria-label': 'Drawing' });
  private drawing: SVGSVGElement | undefined;
  private zoom = 1;

  constructor(
    private readonly section: HTMLElement,
    private readonly job: number,
  ) {
    this.box.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
  }

  /** Fetches and shows the drawing. Errors: ServerFault when there is none. */
  async load(): Promise<void> {
    const address = `/v1/calc/${this.job}/tree`;
    const parsed = new DOMParser().parseFromString(await getText(address), 'image/svg+xml');
    this.drawing = document.importNode(parsed.documentElement, true) as unknown as SVGSVGElement;
    this.box.replaceChildren(this.drawing);
    const button = (label: string, name: string, click: () => void): HTMLElement =>
      element('button', { type: 'button', 'aria-label': name, title: name, click }, label);
    this.section.replaceChildren(
      element('h2', {}, 'Logic tree'),
      element(
        'div',
        { class: 'downloads' },
        button('−', 'Smaller', () => this.scale(this.zoom / STEP)),
        button('+', 'Larger', () => this.scale(this.zoom * STEP)),
        button('Fit', 'Fit to the width', () => this.scale(this.fit())),
        button('100 %', 'Actual size', () => this.scale(1)),
        button('Full screen', 'Full screen', () => void this.section.requestFullscreen()),
        element('a', { class: 'button', href: address, target: '_blank' }, 'Open the drawing (SVG)'),
      ),
      this.box,
    );
    this.section.hidden = false;
    this.scale(Math.min(1, Math.max(LEAST_START, this.fit())));
  }

  private get size(): readonly [width: number, height: number] {
    const { width, height } = this.drawing!.viewBox.baseVal;
    return [width, height];
  }

  private fit(): number {
    return this.box.clientWidth / this.size[0];
  }

  /** Changes the size around a place in the box, which stays where it is (default: the upper left corner). */
  private scale(wanted: number, x = 0, y = 0): void {
    const zoom = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, wanted));
    const [left, top] = [(this.box.scrollLeft + x) / this.zoom, (this.box.scrollTop + y) / this.zoom];
    this.zoom = zoom;
    const [width, height] = this.size;
    this.drawing!.setAttribute('width', String(width * zoom));
    this.drawing!.setAttribute('height', String(height * zoom));
    this.box.scrollTo(left * zoom - x, top * zoom - y);
  }

  /** Wheel with Ctrl (and pinching) zooms, without it scrolls. */
  private wheel(event: WheelEvent): void {
    if (!event.ctrlKey || !this.drawing) return;
    event.preventDefault();
    const place = this.box.getBoundingClientRect();
    this.scale(this.zoom * Math.exp(-event.deltaY / 300), event.clientX - place.left, event.clientY - place.top);
  }
}
