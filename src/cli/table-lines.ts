/**
 * Lines of cells as columns of equal width, two spaces apart.
 * @param lines of as many cells each; the first has the headings
 * @param left number of columns, from the first on, that are aligned to the left; all others are to the right
 */
export function tableLines(lines: readonly (readonly string[])[], left = 0): string[] {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) =>
    line
      .map((cell, column) => (column < left ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}
