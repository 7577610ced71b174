/** A piece of a line, and what it is. */
export interface Token {
  readonly kind: 'tag' | 'name' | 'value' | 'comment' | 'text';
  readonly text: string;
}

const XML =
  /(?<comment><!--.*?(?:-->|$))|(?<tag><[/?!]?[\w:.-]+|[/?]?>)|(?<value>"[^"]*"|'[^']*')|(?<name>[\w:.-]+(?==))/g;
const INI = /(?<comment>^\s*[#;].*$)|(?<tag>^\s*\[.*\]\s*$)|(?<name>^\s*[\w.]+(?=\s*[=:]))/g;

/** Pieces of a line of XML or of a job file; other texts are one piece. Together they are the line. */
export function highlight(path: string, line: string): Token[] {
  const pattern = /\.(xml|nrml)$/i.test(path) ? XML : /\.ini$/i.test(path) ? INI : undefined;
  if (!pattern) return [{ kind: 'text', text: line }];
  const tokens: Token[] = [];
  let end = 0;
  for (const match of line.matchAll(pattern)) {
    if (match.index > end) tokens.push({ kind: 'text', text: line.slice(end, match.index) });
    const [kind] = Object.entries(match.groups!).find(([, text]) => text !== undefined)!;
    tokens.push({ kind: kind as Token['kind'], text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < line.length) tokens.push({ kind: 'text', text: line.slice(end) });
  return tokens;
}
