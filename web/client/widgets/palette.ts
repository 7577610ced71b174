/** Colours that people with colour-blindness can tell apart (Okabe & Ito 2008), black left out for dark screens. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8c6d31', '#7b61c9'];
const DASHES: readonly (readonly number[] | undefined)[] = [undefined, [8, 4], [2, 3], [10, 3, 2, 3]];

/** Colour of the n-th line of a plot; they repeat, with another dash. */
export function colourOf(number: number): string {
  return COLOURS[number % COLOURS.length];
}

/** Dash of the n-th line, other when colours begin anew. */
export function dashOf(number: number): number[] | undefined {
  const dash = DASHES[Math.floor(number / COLOURS.length) % DASHES.length];
  return dash && [...dash];
}

/** A colour of the page's style as it is shown now. */
export function styleColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
