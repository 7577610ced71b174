/** Pieces of SVG. */

/** Text for content and attributes; characters that XML does not know are left out. */
export function escaped(text: string): string {
  return [...text]
    .filter((c) => c >= ' ' || c === '\n' || c === '\t')
    .join('')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

/** A coordinate with at most one decimal. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A text element; the content is escaped. */
export function text(x: number, y: number, classes: string, content: string): string {
  return `<text x="${at(x)}" y="${at(y)}" class="${classes}">${escaped(content)}</text>`;
}

/** Colours follow the reader's light or dark scheme; everything hangs below the class of the drawing. */
export const STYLE = `
.logic-tree{--paper:#ffffff;--card:#fbfaf8;--ink:#1c1917;--muted:#5f5952;--line:#cfc9c0;--band:#f1eee9;--model:#166534;--change:#9a3412;--motion:#1d4ed8;background:var(--paper)}
@media (prefers-color-scheme:dark){.logic-tree{--paper:#1a1816;--card:#211e1b;--ink:#f5f5f4;--muted:#b8b2ac;--line:#4a453f;--band:#2c2825;--model:#4ade80;--change:#fdba74;--motion:#93c5fd}}
.logic-tree text{font:13px 'Segoe UI',Roboto,'Helvetica Neue',Arial,'Liberation Sans',sans-serif;fill:var(--ink)}
.logic-tree .paper{fill:var(--paper)}
.logic-tree .card{fill:var(--card);stroke:var(--line)}
.logic-tree .frame{fill:none;stroke:var(--line);stroke-dasharray:5 4}
.logic-tree .band{fill:var(--band)}
.logic-tree .join{fill:none;stroke:var(--muted);stroke-width:1.4}
.logic-tree .hang{fill:none;stroke-width:1.4;opacity:.75}
.logic-tree .branches{fill:none;stroke-width:1.3}
.logic-tree .times{fill:var(--paper);stroke:var(--muted);stroke-width:1.2}
.logic-tree text.sign{font-size:14px;text-anchor:middle}
.logic-tree text.title{font-size:20px;font-weight:600}
.logic-tree text.section{font-size:15px;font-weight:600}
.logic-tree text.name{font-size:14px;font-weight:600}
.logic-tree text.small{font-size:12px}
.logic-tree .soft,.logic-tree text.soft{fill:var(--muted)}
.logic-tree .code{font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;font-size:12px;fill:var(--muted)}
.logic-tree .end{text-anchor:end}
.logic-tree .model-fill{fill:var(--model)}.logic-tree .change-fill{fill:var(--change)}.logic-tree .motion-fill{fill:var(--motion)}
.logic-tree text.model-fill{fill:var(--model)}.logic-tree text.change-fill{fill:var(--change)}.logic-tree text.motion-fill{fill:var(--motion)}
.logic-tree .model-line{stroke:var(--model)}.logic-tree .change-line{stroke:var(--change)}.logic-tree .motion-line{stroke:var(--motion)}
.logic-tree .bars{opacity:.55}
`;
