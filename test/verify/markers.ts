/** Names of the tables between markers in a page, in order. */
export function markedNames(page: string): string[] {
  return [...page.matchAll(/^<!-- table: ([\w-]+) -->$/gm)].map(([, name]) => name);
}

/** Lines between the markers of a table. Throws Error where there is none. */
export function markedTable(page: string, name: string): readonly string[] {
  const { start, end } = find(page, name);
  return page
    .slice(start, end)
    .split('\n')
    .filter((line) => line !== '');
}

/** Puts lines between the markers of a table in place of those that are there. */
export function replaceTable(page: string, name: string, lines: readonly string[]): string {
  const { start, end } = find(page, name);
  return `${page.slice(0, start)}\n${lines.join('\n')}\n\n${page.slice(end)}`;
}

function find(page: string, name: string): { readonly start: number; readonly end: number } {
  const open = `<!-- table: ${name} -->\n`;
  const at = page.indexOf(open);
  const end = page.indexOf('<!-- end -->', at);
  if (at < 0 || end < 0) throw new Error(`the page has no table '${name}' between markers`);
  return { start: at + open.length, end };
}

/** A table in Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map((_, i) => (i === 0 ? '---|' : '---:|')).join('')}`, ...rows.map(line)];
}
