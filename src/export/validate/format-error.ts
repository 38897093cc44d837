/** A file that breaks the rules of its format: one line that names the file, the line or row, and what is wrong there. */
export class FormatError extends Error {
  /**
   * @param place for example `pedigree.csv, line 12` or `organisms.parquet, row 7`
   * @param problem what is wrong, without a full stop
   */
  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`);
  }
}

/** A value from a file for a message: short, and quoted. */
export function quoted(value: unknown): string {
  const text = String(value).replace(/\s/g, ' ');
  return `'${text.length > 40 ? `${text.slice(0, 40)}…` : text}'`;
}
