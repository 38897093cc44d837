import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { showText } from '../../src/parameter/show.ts';

/** What went wrong in a case. */
export interface Failure {
  readonly target: string;
  readonly index: number;
  /** One line. */
  readonly problem: string;
  /** The input, to be kept: its bytes, or the folder that holds it. */
  readonly input?: { readonly extension: string; readonly bytes: Uint8Array } | { readonly folder: string };
}

/** Failures of a kind that are printed and kept; further ones are counted. */
const printedOfAKind = 3;

/**
 * Prints each failure as one line from which it can be repeated, and keeps its input. Failures that differ in numbers and quoted
 * texts alone are of one kind, of which only the first few are printed.
 */
export class FailureLog {
  private readonly kinds = new Map<string, number>();

  /**
   * @param folder where inputs are kept
   * @param command words that repeat a case but for target and index, as `npm run torture -- fuzz --seed 1`
   */
  constructor(
    private readonly campaign: string,
    private readonly seed: string,
    private readonly folder: string,
    private readonly command: string,
    private readonly print: (line: string) => void,
  ) {}

  add({ target, index, problem, input }: Failure): void {
    const kind = `${target}: ${kindOf(problem)}`;
    const count = (this.kinds.get(kind) ?? 0) + 1;
    this.kinds.set(kind, count);
    if (count > printedOfAKind) return;
    const kept = input ? this.keep(`${this.campaign}-${target}-${nameOf(this.seed)}-${index}`, input) : undefined;
    const again = `${this.command} --only ${target} --from ${index}`;
    this.print(
      `FAILED ${target} case ${index}: ${showText(problem, 600)}\n  repeat: ${again}${kept ? `\n  input: ${kept}` : ''}`,
    );
  }

  /** How often each kind occurred, the most frequent first. */
  counts(): readonly (readonly [kind: string, count: number])[] {
    return [...this.kinds].sort((a, b) => b[1] - a[1]);
  }

  private keep(name: string, input: NonNullable<Failure['input']>): string {
    mkdirSync(this.folder, { recursive: true });
    if ('folder' in input) {
      const path = join(this.folder, name);
      cpSync(input.folder, path, { recursive: true, force: true });
      return path;
    }
    const path = join(this.folder, `${name}.${input.extension}`);
    writeFileSync(path, input.bytes);
    return path;
  }
}

/** A problem without what differs from case to case: the word that a refusal should not have, the place where an error comes from. */
function kindOf(problem: string): string {
  const refusal = /^(?:\w+ )?refuses with '.*?': /.exec(problem)?.[0];
  if (refusal) return refusal;
  const [, name, place] = /^(\w*Error): .*? at (.*)$/.exec(problem) ?? [];
  const text = name === undefined ? problem : `${name} at ${place}`;
  return text
    .replace(/'[^']*'|"[^"]*"/g, "'…'")
    .replace(/-?\d+(\.\d+)?(e[+-]?\d+)?/gi, '0')
    .slice(0, 300);
}

const nameOf = (seed: string): string => seed.replace(/[^\w-]/g, '_').slice(0, 40);
