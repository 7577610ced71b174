/** Colours that people with colour-blindness can tell apart (Okabe & Ito 2008), black left out for dark screens. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8c6d31', '#7b61c9'];

/** Colour of the n-th line of a plot; they repeat. */
export function colourOf(number: number): string {
  return COLOURS[number % COLOURS.length];
}

/** Colour of text on the page as it is shown now. */
export function ink(): string {
  return getComputedStyle(document.body).color;
}
