import type { MadeWith } from './made-with.ts';
import { type MarkedTable, readPage } from './markers.ts';
import { commandOf, fullSeeds, type Verification } from './verification.ts';

/** Pages in which every table lies between markers. */
export const pages = ['README.md', 'docs/findings.md', 'docs/equivalence.md'] as const;

/** A measured number, as no table by hand may hold one: a decimal, a percentage, thousands, an uncertainty. */
const measured = /\d[.,]\d|\d\s*%|±/;

interface Documents {
  /** Texts of the pages by their path. */
  readonly pages: Readonly<Record<string, string>>;
  /** Scenes by their name, as their files have them. */
  readonly scenes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly verifications: readonly Verification[];
  readonly present: MadeWith;
}

export interface DocumentReport {
  /** What must be mended: tables without markers, markers that do not say what they have to. */
  readonly faults: readonly string[];
  /** What was made with another engine, another scene, fewer seeds, or by a command that writes something else now. */
  readonly stale: readonly string[];
}

interface Made extends MadeWith {
  readonly command: string;
}

/**
 * Checks the tables of pages and what scenes say was found. One line for each thing: where it is, what is wrong, what to do.
 */
export function checkDocuments({ pages: texts, scenes, verifications, present }: Documents): DocumentReport {
  const faults: string[] = [];
  const stale: string[] = [];
  const verificationOf = (command: string) =>
    verifications.find((one) => command === commandOf(one, Number(command.slice(command.lastIndexOf(' ') + 1))));

  /** Names what was made with something else, in one line. */
  const compare = (what: string, made: Made, verification: Verification | undefined, others: readonly string[]) => {
    const reasons = [...others, ...(verification ? seedReasons(made.command, verification) : [])];
    if (made.engine !== present.engine) reasons.unshift(`made with engine ${made.engine}, which is now ${present.engine}`);
    for (const [name, hash] of Object.entries(made.scenes)) {
      if (hash !== present.scenes[name]) reasons.push(`made with scene ${name} ${hash}, which is now ${present.scenes[name]}`);
    }
    if (reasons.length === 0) return;
    const again = verification ? `npm run verify -- ${verification.name} --write` : made.command;
    stale.push(`${what}: ${reasons.join('; ')}. Make it again: ${again}`);
  };

  const names = new Map<string, string>();
  for (const [path, text] of Object.entries(texts)) {
    const { tables, bare, open } = readPage(text);
    for (const line of bare) {
      faults.push(
        `${path}:${line}: a table without markers; put it between '<!-- table: NAME -->' and '<!-- end -->' and write it with npm run verify -- VERIFICATION --write`,
      );
    }
    for (const line of open) faults.push(`${path}:${line}: nothing ends this table; add '<!-- end -->' on a line of its own`);
    for (const table of tables) {
      const where = `${path}:${table.line}: table '${table.name}'`;
      const other = names.get(table.name);
      if (other !== undefined) faults.push(`${where} has the name of one in ${other}; give it another name`);
      names.set(table.name, path);
      const { mark } = table;
      if (mark === undefined) {
        faults.push(
          `${where} does not say what it was made with; write '| COMMAND | engine HASH | scenes NAME=HASH' after its name, or '| by hand' if it holds no measured number`,
        );
      } else if (mark.command === undefined) {
        const line = table.lines.find((one) => measured.test(one.replace(/`[^`]*`/g, '')));
        if (line !== undefined) {
          faults.push(`${where} is by hand and holds a measured number (${line.trim()}); let a command write it`);
        }
      } else {
        const { command, engine = '', scenes: read = {} } = mark;
        const verification = verificationOf(command);
        if (verification && Object.keys(read).join() !== verification.scenes.join()) {
          const wanted = verification.scenes.map((name) => `${name}=HASH`).join(' ') || 'none';
          faults.push(`${where} says other scenes than ${verification.name} reads; give ${wanted}`);
        }
        compare(
          `${path}: table '${table.name}'`,
          { command, engine, scenes: read },
          verification,
          formReasons(table, verification),
        );
      }
    }
  }

  for (const [name, { found }] of Object.entries(scenes)) {
    if (found === undefined || found === '') continue;
    const where = `scenes/${name}.json: found`;
    if (!Array.isArray(found)) {
      faults.push(`${where} does not say what it was made with; give a list of { text, command, engine, scene }`);
      continue;
    }
    for (const [i, { command, engine, scene }] of (found as Readonly<Record<string, string>>[]).entries()) {
      if ([command, engine, scene].includes(undefined as unknown as string)) {
        faults.push(`${where}[${i}] lacks command, engine or scene; write it with npm run verify -- VERIFICATION --write`);
        continue;
      }
      const verification = verificationOf(command);
      const gone = verification?.found?.scene === name ? [] : ['no command writes it any more'];
      compare(`${where}[${i}]`, { command, engine, scenes: { [name]: scene } }, verification, gone);
    }
  }
  return { faults, stale };
}

function seedReasons(command: string, verification: Verification): string[] {
  const seeds = Number(command.slice(command.lastIndexOf(' ') + 1));
  return seeds < fullSeeds(verification) ? [`made of ${seeds} seeds, where the full size has ${fullSeeds(verification)}`] : [];
}

/** Head and first cells: what a table is about, whatever its numbers. */
function formOf(lines: readonly string[]): string {
  const rows = lines.filter((line) => line.startsWith('|'));
  return [rows[0] ?? '', ...rows.slice(1).map((line) => line.split(' | ')[0])].join('\n');
}

function formReasons({ name, lines }: MarkedTable, verification: Verification | undefined): string[] {
  const now = verification?.tables?.([])[name];
  if (now === undefined) return ['no command writes it any more'];
  return formOf(now) === formOf(lines) ? [] : ['its command now writes other rows or columns'];
}
