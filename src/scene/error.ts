/**
 * Bad input: a scene, a path, a value, a link. The message is one line that says what is wrong, where, and what is
 * allowed; `problems` holds up to five such lines if there are several.
 * @public
 */
export class SceneError extends Error {
  readonly problems: readonly string[];
  /** How many problems were found in all. */
  readonly total: number;

  constructor(problems: string | readonly string[], total?: number) {
    const lines = typeof problems === 'string' ? [problems] : problems;
    const count = total ?? lines.length;
    const rest = count - 1;
    super(rest > 0 ? `${lines[0]} (and ${rest} more ${rest === 1 ? 'problem' : 'problems'})` : lines[0]);
    this.name = 'SceneError';
    this.problems = lines;
    this.total = count;
  }
}
