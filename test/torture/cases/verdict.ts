/** What the program made of an input. */
export type Verdict = { readonly refused: string } | { readonly accepted: true };

export const accepted: Verdict = { accepted: true };

/** The program did with an input what it must not do. */
export class Fault extends Error {}

type ErrorClass = abstract new (...args: never[]) => Error;

/**
 * Lets the program have an input.
 * @param classes errors by which it may refuse; `Error` allows none of its subclasses
 * @throws {unknown} any other error
 */
export async function orRefused(classes: readonly ErrorClass[], act: () => void | Promise<void>): Promise<Verdict> {
  try {
    await act();
    return accepted;
  } catch (error) {
    const isRefusal = classes.some((known) =>
      known === Error ? (error as Error).constructor === Error : error instanceof known,
    );
    if (isRefusal) return { refused: (error as Error).message };
    throw error;
  }
}

/** The engine's own messages about a world end with what to do; those of a runtime do not. */
export function isWorldProblem(error: unknown): error is RangeError {
  return error instanceof RangeError && error.message.includes('; ');
}

/** Words of the language in which the program is written, which no person has asked for. */
const foreign =
  /cannot read propert|\bundefined\b|is not a function|is not iterable|is not a constructor|unexpected (token|end|non-whitespace)|invalid (array length|typed array|time value|input|date|string length|code point|character)|\bNaN\b|\[object |cannot convert|cannot set|cannot mix|out of bounds|outside the bounds|maximum call stack|expected .* received|is not defined|not a valid array|\bJSON\.parse\b|null \(reading|must be of type|ERR_[A-Z]|\n\s+at /i;

/** Longest line in which something may be refused, characters. */
const longestLine = 1200;

/**
 * What is wrong with a message of refusal; undefined where it is one plain line.
 * @param input what was refused: its own words may come back, quoted or not
 */
export function faultOfMessage(message: string, input?: Uint8Array): string | undefined {
  if (message.trim() === '') return 'refuses without a word';
  if (message.length > longestLine) return `refuses in ${message.length} characters: ${JSON.stringify(message.slice(0, 200))}`;
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(message))
    return `refuses in more than one plain line: ${JSON.stringify(message.slice(0, 300))}`;
  // What is quoted came with the input.
  const word = foreign.exec(message.replace(/'[^']*'/g, "''"))?.[0];
  const own = word !== undefined && input !== undefined && new TextDecoder().decode(input).includes(word);
  if (word !== undefined && !own) return `refuses with '${word.trim()}': ${message.slice(0, 400)}`;
  return undefined;
}

/** An error that nothing may end in, in one line: what it says and where it came from. */
export function describeError(error: unknown): string {
  if (error instanceof Fault) return error.message;
  if (!(error instanceof Error)) return `threw ${String(error).slice(0, 300)}`;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const where = frames.slice(0, 2).map((line) =>
    line
      .trim()
      .replace(/^at /, '')
      .replace(/\(.*[\\/]/, '('),
  );
  return `${error.name}: ${error.message.replace(/\s+/g, ' ').slice(0, 300)}${where.length > 0 ? ` at ${where.join(' < ')}` : ''}`;
}
