/** npm run acceptance [-- CASE ...]: runs the verification cases and prints the table of docs/verification.md. */
import { compareCase, peerCases } from './verification-case.js';

const HEADER = [
  'case',
  'title',
  'codes',
  'largest deviation',
  'spread of the codes',
  'outside the codes by',
  'at any level, per year',
  'CPU time (s)',
];
const wanted = process.argv.slice(2);
const percent = (value: number): string => `${(100 * value).toFixed(2)} %`;
const row = (cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`);

row(HEADER);
row(HEADER.map(() => '---'));
let failed = 0;
for (const one of peerCases().filter(({ id }) => wanted.length === 0 || wanted.some((part) => id.startsWith(part)))) {
  const { outside, deviation, beyond, spread, absolute, seconds } = await compareCase(one);
  row([
    one.id,
    one.title,
    one.codes.join(', '),
    percent(deviation),
    one.codes.length > 1 ? percent(spread) : '',
    percent(beyond),
    absolute.toExponential(1),
    seconds.toFixed(1),
  ]);
  for (const sentence of outside) console.error(`${one.id}: ${sentence}`);
  if (outside.length > 0) failed++;
}
if (failed > 0) {
  console.error(`${failed} cases failed`);
  process.exitCode = 1;
}
