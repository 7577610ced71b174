import type { MathNode } from 'mathjs';
import { refusal, type Refusal } from '../../hazard/refusal.js';

/** Arithmetic found where a value stands, and where it stands (for messages). */
export interface Expression {
  readonly text: string;
  readonly where: string;
}

const LONGEST_EXPRESSION = 200;
const MOST_LEVELS = 10_000;
const OPERATORS = new Set(['+', '-', '*', '/', '^']);

type Scale = (...args: readonly number[]) => number[];
const SCALES: Readonly<Record<string, Scale>> = { logscale, linscale };
const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = {
  exp: Math.exp,
  log: Math.log,
  log10: Math.log10,
  sqrt: Math.sqrt,
};

/** n levels from a to b with equal steps of the logarithm: a exp(ln(b/a) i / (n - 1)). Errors: Refusal. */
export function logscale(...args: readonly number[]): number[] {
  const [a, b, n] = checkScale('logscale', args);
  if (n === 1) return [a];
  const span = Math.log(b / a);
  return Array.from({ length: n }, (_, i) => Math.exp((span * i) / (n - 1)) * a);
}

/** n levels from a to b with equal steps, both ends included. Errors: Refusal. */
export function linscale(...args: readonly number[]): number[] {
  const [a, b, n] = checkScale('linscale', args);
  if (n === 1) return [a];
  const step = (b - a) / (n - 1);
  return Array.from({ length: n }, (_, i) => (i === n - 1 ? b : a + i * step));
}

function checkScale(name: string, args: readonly number[]): [number, number, number] {
  if (args.length !== 3) throw refusal('INVALID_VALUE', `${name} takes 3 numbers: ${name}(lowest, highest, how many)`);
  const [a, b, n] = args;
  if (!(a > 0)) throw refusal('INVALID_VALUE', `${name}: the lowest level ${a} must be above 0`);
  if (!(b > a)) throw refusal('INVALID_VALUE', `${name}: the highest level ${b} must be above the lowest, ${a}`);
  if (!Number.isInteger(n) || n < 1 || n > MOST_LEVELS)
    throw refusal(
      'INVALID_VALUE',
      `${name}: the number of levels ${n} must be a whole number from 1 to ${MOST_LEVELS}`,
    );
  return [a, b, n];
}

/** Levels of a scale, or the number that arithmetic comes to. */
type ExpressionValue = number | readonly number[];

const PLAIN_CALL = /^(logscale|linscale)\(\s*([^()]*)\)$/;
const PLAIN_NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/**
 * Values of arithmetic in a closed world: numbers, + - * / ^, brackets, exp, log, log10, sqrt, and logscale or linscale as the
 * whole expression. The syntax tree comes from mathjs, which is loaded only when something else than a plain call of a scale is
 * met; every node is checked against a list before anything is computed.
 * Errors: Refusal naming the expression.
 */
export async function evaluateExpressions(expressions: readonly Expression[]): Promise<ExpressionValue[]> {
  const values: ExpressionValue[] = [];
  for (const expression of expressions) {
    const plain = plainScale(expression.text);
    values.push(plain ?? (await evaluate(expression)));
  }
  return values;
}

function plainScale(text: string): number[] | undefined {
  const call = PLAIN_CALL.exec(text);
  if (!call) return undefined;
  const args = call[2].split(',').map((argument) => argument.trim());
  if (!args.every((argument) => PLAIN_NUMBER.test(argument))) return undefined;
  return SCALES[call[1]](...args.map(Number));
}

async function evaluate({ text, where }: Expression): Promise<ExpressionValue> {
  if (text.length > LONGEST_EXPRESSION)
    throw refusal('TOO_LARGE', `an expression is longer than ${LONGEST_EXPRESSION} characters${where}`);
  // before mathjs is troubled: a word that is no listed function, or a character that arithmetic does not know
  for (const [word] of text.matchAll(/[A-Za-z_]\w*/g)) {
    const exponent = /^[eE]\d*$/.test(word);
    if (!exponent && !Object.hasOwn(SCALES, word) && !Object.hasOwn(FUNCTIONS, word)) throw notArithmetic(text, where);
  }
  if (!/^[\w\s.,+\-*/^()]+$/.test(text)) throw notArithmetic(text, where);

  const { create, parseDependencies } = await import('mathjs/number');
  const parse = create(parseDependencies, {}).parse as ((expression: string) => MathNode) | undefined;
  let node: MathNode | undefined;
  try {
    node = parse?.(text.replaceAll('**', '^'));
  } catch (cause) {
    throw refusal('INVALID_VALUE', `'${text}' is not arithmetic${where}`, {}, { cause });
  }
  if (!node) throw notArithmetic(text, where);
  const scale = scaleOf(node, text, where);
  if (scale) return scale;
  return compute(node, text, where);
}

function notArithmetic(text: string, where: string): Refusal {
  const allowed = [...Object.keys(SCALES), ...Object.keys(FUNCTIONS)].join(', ');
  return refusal('INVALID_VALUE', `'${text}' is neither a literal nor arithmetic with ${allowed}${where}`);
}

interface Parts {
  readonly type: string;
  readonly value?: unknown;
  readonly op?: string;
  readonly fn?: unknown;
  readonly args?: readonly MathNode[];
  readonly content?: MathNode;
}

function scaleOf(node: MathNode, text: string, where: string): number[] | undefined {
  const { type, fn, args = [] } = node as unknown as Parts;
  const name = type === 'FunctionNode' ? nameOf(fn) : '';
  if (!Object.hasOwn(SCALES, name)) return undefined;
  return SCALES[name](...args.map((argument) => compute(argument, text, where)));
}

function nameOf(fn: unknown): string {
  return typeof fn === 'object' && fn !== null && 'name' in fn && typeof fn.name === 'string' ? fn.name : '';
}

function compute(node: MathNode, text: string, where: string): number {
  const { type, value, op = '', fn, args = [], content } = node as unknown as Parts;
  const inner = (part: MathNode): number => compute(part, text, where);
  let result: number | undefined;
  if (type === 'ConstantNode' && typeof value === 'number') result = value;
  else if (type === 'ParenthesisNode' && content) result = inner(content);
  else if (type === 'OperatorNode' && OPERATORS.has(op) && args.length === 1)
    result = op === '-' ? -inner(args[0]) : inner(args[0]);
  else if (type === 'OperatorNode' && OPERATORS.has(op) && args.length === 2)
    result = operate(op, inner(args[0]), inner(args[1]));
  else if (type === 'FunctionNode' && Object.hasOwn(FUNCTIONS, nameOf(fn)) && args.length === 1)
    result = FUNCTIONS[nameOf(fn)](inner(args[0]));
  if (result === undefined) throw notArithmetic(text, where);
  if (!Number.isFinite(result)) throw refusal('INVALID_VALUE', `'${text}' is not a finite number${where}`);
  return result;
}

function operate(op: string, a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    default:
      return a ** b;
  }
}
