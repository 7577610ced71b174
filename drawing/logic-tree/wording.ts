/** Numbers and values of logic trees in words short enough for a row. */

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 1.2 × 10¹², 10¹² */
function powerOfTen(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  const raised = [...exponent].map((c) => (c === '-' ? '⁻' : c === '+' ? '' : SUPERSCRIPTS[Number(c)])).join('');
  return `${Number(mantissa) === 1 ? '' : `${Number(mantissa)} × `}10${raised}`;
}

/** 979,776; from ten millions on 1.2 × 10¹². */
export function countText(count: number): string {
  if (count === Infinity) return 'more than 10³⁰⁸';
  if (count >= 1e7) return powerOfTen(count, 3);
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 branch`, `3 branches` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** Four digits: 0.3333, 4.348 × 10⁻⁵. */
export function weightText(weight: number): string {
  const magnitude = Math.abs(weight);
  if (magnitude === 0 || magnitude >= 1e-4) return String(Number(weight.toPrecision(4)));
  return powerOfTen(weight, 4);
}

/** The sum of many weights, without the noise of adding. */
export function sumText(sum: number): string {
  return weightText(Number(sum.toPrecision(4)));
}

/** A number without the noise of its binary form. */
function plainNumber(number: string): string {
  return number.length > 9 ? String(Number(Number(number).toPrecision(7))) : number;
}

/**
 * A value on one line, as its main part and details: quotation marks of names, brackets of models and folders of files are
 * left out, several files become the first one and their number.
 */
function partsOf(value: string): [main: string, details: string] {
  const text = value.trim();
  if (text === '') return ['no files', ''];
  const quoted = /^'(.*)'$/s.exec(text);
  if (quoted) {
    const files = quoted[1].split(/\s+/).filter((file) => file !== '');
    const [first = '', ...others] = files.map((file) => file.slice(file.lastIndexOf('/') + 1));
    return [first, others.length > 0 ? `+ ${counted(others.length, 'file')}` : ''];
  }
  const model = /^\[([^\]\n]*)\]\s*(.*)$/s.exec(text);
  if (model) return [model[1], parametersOf(model[2]).join(', ')];
  return [text.replace(/\s+/g, ' ').replace(/\d+\.\d+/g, plainNumber), ''];
}

/** A value on one line, whole. */
export function shortValue(value: string): string {
  return partsOf(value).filter(Boolean).join(' ');
}

/** Parameters of a model, one each, on one line. */
function parametersOf(lines: string): string[] {
  return lines
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/\s+/g, ' ')
        .replace(/\d+\.\d+/g, plainNumber),
    )
    .filter((line) => line !== '');
}

/**
 * Values of a set on one line each, of at most `width` pixels. Names of models are kept before their parameters, and
 * parameters that all branches with the same model share are left out.
 */
export function valueTexts(values: readonly string[], size: number, width: number): string[] {
  const parts = values.map((value) => partsOf(value));
  const shared = sharedDetails(parts);
  return parts.map(([main, details]) => {
    const telling = details.split(', ').filter((detail) => detail !== '' && !shared.get(main)?.has(detail));
    const text = `${main} ${telling.join(', ')}`.trim();
    if (textWidth(text, size) <= width) return text;
    const left = width - textWidth(`${main} `, size);
    if (telling.length === 0 || left < 6 * size) return shortened(text, size, width);
    const room = left / telling.length - textWidth(', ', size);
    if (room < 5 * size) return `${main} ${shortened(telling.join(', '), size, left)}`;
    return `${main} ${telling.map((detail) => shortened(detail, size, room)).join(', ')}`;
  });
}

/** By main part: details that all its values have, if there are several of them. */
function sharedDetails(parts: readonly (readonly [main: string, details: string])[]): Map<string, Set<string>> {
  const counts = new Map<string, { values: number; details: Map<string, number> }>();
  for (const [main, details] of parts) {
    const count = counts.get(main) ?? { values: 0, details: new Map<string, number>() };
    counts.set(main, count);
    count.values++;
    for (const detail of details.split(', ')) count.details.set(detail, (count.details.get(detail) ?? 0) + 1);
  }
  return new Map(
    [...counts].map(([main, { values, details }]) => [
      main,
      new Set([...details].filter(([, count]) => values > 1 && count === values).map(([detail]) => detail)),
    ]),
  );
}

/** Widths of characters in thousandths of the font size, after Arial, a little on the wide side. */
const NARROW = new Set("ijl.,:;'|!`()[]{}/\\ ftrI-");
const WIDE = new Set('mwMW@%…—');
function widthOf(character: string): number {
  if (NARROW.has(character)) return 340;
  if (WIDE.has(character)) return 950;
  if (character >= 'A' && character <= 'Z') return 710;
  return 575;
}

/** Estimated width of a text in pixels. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return (width * size) / 1000;
}

/** The text, or its beginning and end with an ellipsis between them, in at most `width` pixels. */
export function shortened(text: string, size: number, width: number): string {
  return cutMiddle(text, (width * 1000) / size, widthOf);
}

/** The same in at most so many characters. */
export function shortenedTo(text: string, most: number): string {
  return cutMiddle(text, most, () => 1);
}

function cutMiddle(text: string, width: number, widthOf: (character: string) => number): string {
  const characters = [...text];
  if (characters.reduce((sum, character) => sum + widthOf(character), 0) <= width) return text;
  let room = width - widthOf('…');
  let [first, last] = [0, characters.length];
  // names in one set mostly differ at their ends, so the end keeps the larger part
  for (let fromEnd = true; first < last; fromEnd = (first + characters.length - last) % 3 !== 0) {
    room -= widthOf(fromEnd ? characters[last - 1] : characters[first]);
    if (room < 0) break;
    if (fromEnd) last--;
    else first++;
  }
  return `${characters.slice(0, first).join('')}…${characters.slice(last).join('')}`;
}

/** The first names of a list and how many more there are: `b1, b2, b3 and 7 more`. */
export function listText(names: readonly string[], size: number, width: number): string {
  let text = names.join(', ');
  for (let shown = Math.min(names.length, 40); textWidth(text, size) > width && shown > 1;) {
    shown--;
    text = `${names.slice(0, shown).join(', ')} and ${countText(names.length - shown)} more`;
  }
  return shortened(text, size, width);
}
