import { evaluateExpressions, type Expression } from './expression.js';
import { refusal, type Refusal } from '../../hazard/refusal.js';

/** Value of a literal: tuples are lists, dictionaries keep the order of their keys (numbers as keys become text). */
export type Literal = number | string | boolean | null | readonly Literal[] | ReadonlyMap<string, Literal>;

const LONGEST_TEXT = 1_000_000;
const DEEPEST = 20;

/**
 * Reads a literal as job files write them: JSON, or Python literals with single quotes, tuples, trailing commas, True, False and
 * None. Where a number may stand, arithmetic may stand (`2 * 9.81`, `logscale(0.005, 2.13, 45)`): see expression.ts.
 * Errors: Refusal saying what is wrong and where.
 */
export async function readLiteral(text: string): Promise<Literal> {
  if (text.length > LONGEST_TEXT) throw refusal('TOO_LARGE', `the value is longer than ${LONGEST_TEXT} characters`);
  const reader = new LiteralReader(text);
  const raw = reader.value(0);
  reader.end();
  if (reader.expressions.length === 0) return raw as Literal;
  const values = await evaluateExpressions(reader.expressions);
  return substitute(raw, values);
}

interface Pending {
  readonly expression: number;
}
type Raw = number | string | boolean | null | Pending | Raw[] | Map<string, Raw>;

function substitute(raw: Raw, values: readonly Literal[]): Literal {
  if (Array.isArray(raw)) return raw.map((item) => substitute(item, values));
  if (raw instanceof Map) return new Map([...raw].map(([key, item]) => [key, substitute(item, values)]));
  if (typeof raw === 'object' && raw !== null) return values[raw.expression];
  return raw;
}

const NUMBER = /^[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const WORDS: Readonly<Record<string, boolean | null>> = {
  True: true,
  False: false,
  None: null,
  true: true,
  false: false,
  null: null,
};

class LiteralReader {
  readonly expressions: Expression[] = [];
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): Raw {
    if (depth > DEEPEST) throw refusal('TOO_LARGE', `brackets are nested more than ${DEEPEST} deep`);
    this.skipBlanks();
    const char = this.text[this.at];
    if (char === '[') return this.list(']', depth);
    if (char === '{') return this.dictionary(depth);
    if (char === '(' && this.isTuple()) return this.list(')', depth);
    if (char === '"' || char === "'") return this.quoted(char);
    return this.scalar();
  }

  end(): void {
    this.skipBlanks();
    if (this.at < this.text.length) throw this.unexpected();
  }

  private list(close: string, depth: number): Raw[] {
    this.at++;
    const items: Raw[] = [];
    for (;;) {
      this.skipBlanks();
      if (this.take(close)) return items;
      items.push(this.value(depth + 1));
      this.skipBlanks();
      if (this.take(close)) return items;
      if (!this.take(',')) throw this.unexpected();
    }
  }

  private dictionary(depth: number): Map<string, Raw> {
    this.at++;
    const entries = new Map<string, Raw>();
    for (;;) {
      this.skipBlanks();
      if (this.take('}')) return entries;
      const key = this.value(depth + 1);
      if (typeof key !== 'string' && typeof key !== 'number')
        throw refusal('INVALID_VALUE', `a key of a dictionary must be a text in quotes${this.where()}`);
      if (entries.has(String(key))) throw refusal('INVALID_VALUE', `the key '${key}' stands twice in the dictionary`);
      this.skipBlanks();
      if (!this.take(':')) throw this.unexpected();
      entries.set(String(key), this.value(depth + 1));
      this.skipBlanks();
      if (this.take('}')) return entries;
      if (!this.take(',')) throw this.unexpected();
    }
  }

  private quoted(quote: string): string {
    let value = '';
    for (let i = this.at + 1; i < this.text.length; i++) {
      const char = this.text[i];
      if (char === '\n') break;
      if (char === quote) {
        this.at = i + 1;
        return value;
      }
      if (char === '\\' && i + 1 < this.text.length) {
        i++;
        value += this.text[i] === 'n' ? '\n' : this.text[i] === 't' ? '\t' : this.text[i];
      } else value += char;
    }
    throw refusal('INVALID_VALUE', `a text in quotes is not closed${this.where()}`);
  }

  /** A number, a word, or an expression up to the next separator outside of brackets. */
  private scalar(): Raw {
    const start = this.at;
    let open = 0;
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at];
      if (char === '(' || char === '[') open++;
      else if (open > 0 && (char === ')' || char === ']')) open--;
      else if (open === 0 && /[,\]}):]/.test(char)) break;
      else if (char === '"' || char === "'" || char === '{') break;
    }
    const word = this.text.slice(start, this.at).trim();
    if (word === '') throw this.unexpected();
    if (NUMBER.test(word)) return finite(Number(word.replaceAll('_', '')), word);
    if (Object.hasOwn(WORDS, word)) return WORDS[word];
    this.expressions.push({ text: word, where: ` at character ${start + 1}` });
    return { expression: this.expressions.length - 1 };
  }

  /** `(1, 2)` is a tuple, `(1 + 2) * 3` is arithmetic: a comma inside the outer brackets decides. */
  private isTuple(): boolean {
    let open = 0;
    for (let i = this.at; i < this.text.length; i++) {
      const char = this.text[i];
      if (char === '"' || char === "'" || char === '{') return true;
      if (char === '(' || char === '[') open++;
      if (char === ')' || char === ']') open--;
      if (char === ',' && open === 1) return true;
      if (open === 0) return i === this.at + 1;
    }
    return false;
  }

  private skipBlanks(): void {
    while (this.at < this.text.length && /\s/.test(this.text[this.at])) this.at++;
  }

  private take(char: string): boolean {
    if (this.text[this.at] !== char) return false;
    this.at++;
    return true;
  }

  private unexpected(): Refusal {
    if (this.at >= this.text.length) return refusal('INVALID_VALUE', 'the value ends before its brackets are closed');
    return refusal('INVALID_VALUE', `'${this.text.slice(this.at, this.at + 12)}' is not expected${this.where()}`);
  }

  private where(): string {
    return ` at character ${this.at + 1}`;
  }
}

function finite(value: number, text: string): number {
  if (!Number.isFinite(value)) throw refusal('INVALID_VALUE', `'${text}' is too large for a number`);
  return value;
}
