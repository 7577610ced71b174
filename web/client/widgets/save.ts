/** Offers bytes or text as a file. */
export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** Rows as comma-separated values, after lines of remarks. */
export function csv(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  remarks: readonly string[],
): Blob {
  const cell = (value: string | number): string =>
    typeof value === 'string' && /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value);
  const lines = [...remarks.map((line) => `# ${line}`), ...[head, ...rows].map((row) => row.map(cell).join(','))];
  return new Blob([`${lines.join('\n')}\n`], { type: 'text/csv' });
}
