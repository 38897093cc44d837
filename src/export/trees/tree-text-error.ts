/** What is wrong with a file of trees: one line that names line and column. */
export class TreeTextError extends Error {
  readonly line: number;
  /** From 1. */
  readonly column: number;

  constructor(line: number, column: number, message: string) {
    super(`line ${line}, column ${column}: ${message}`);
    this.name = 'TreeTextError';
    this.line = line;
    this.column = column;
  }
}
