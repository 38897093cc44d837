import type { MadeWith } from './made-with.ts';
import { type MarkedTable, readPage } from './markers.ts';
import { checkName, checksPage, missingChecks } from './printed-checks.ts';
import { fullSeeds, readCommand, type Verification } from './verification.ts';

/** Pages in which every table lies between markers. */
export const pages = [
  'README.md',
  'docs/results.md',
  'docs/speed.md',
  'docs/scenes.md',
  'docs/mechanisms.md',
  'docs/findings.md',
  'docs/equivalence.md',
  checksPage,
] as const;

/** The table that `npm run bench` writes: its numbers are of a machine, so that its rows may be others elsewhere. */
export const speedTable = {
  page: 'docs/speed.md',
  name: 'speed',
  command: 'npm run bench -- --write',
  scenes: ['meadow'],
} as const;

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

/** Checks the tables of pages and what scenes say was found. A line for each thing: where it is, what is wrong, what to do. */
export function checkDocuments({ pages: texts, scenes, verifications, present }: Documents): DocumentReport {
  const faults: string[] = [];
  const stale: string[] = [];
  const verificationOf = (command: string) => readCommand(command, verifications)?.verification;
  const compare = (what: string, command: string, made: MadeWith, form: readonly string[]) => {
    const verification = verificationOf(command);
    const reasons = [...madeReasons(made, present), ...form, ...(verification ? seedReasons(command, verification) : [])];
    const first = readCommand(command, verifications)?.first ?? 1;
    const from = first === 1 ? '' : ` --from ${first}`;
    const again = verification ? `npm run verify -- ${verification.name}${from} --write` : command;
    if (reasons.length > 0) stale.push(`${what}: ${reasons.join('; ')}. Make it again: ${again}`);
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
      const { name, line, mark } = table;
      const verification = verificationOf(mark?.command ?? '');
      const other = names.get(name);
      const fault =
        other === undefined ? markFault(table, verification) : `has the name of one in ${other}; give it another name`;
      names.set(name, path);
      if (fault !== undefined) faults.push(`${path}:${line}: table '${name}' ${fault}`);
      if (mark?.command === undefined) continue;
      const { command, engine = '', scenes: read = {} } = mark;
      compare(`${path}: table '${name}'`, command, { engine, scenes: read }, formReasons(table, verification));
    }
  }

  if (texts[checksPage] !== undefined) stale.push(...missingChecks(texts[checksPage], verifications));

  for (const [name, { found }] of Object.entries(scenes)) {
    if (found === undefined || found === '') continue;
    const where = `scenes/${name}.json: found`;
    if (!Array.isArray(found)) {
      faults.push(`${where} does not say what it was made with; give a list of { text, command, engine, scene }`);
      continue;
    }
    for (const [i, { command, engine, scene }] of (found as Readonly<Record<string, string | undefined>>[]).entries()) {
      if (command === undefined || engine === undefined || scene === undefined) {
        faults.push(`${where}[${i}] lacks command, engine or scene; write it with npm run verify -- VERIFICATION --write`);
        continue;
      }
      const gone = verificationOf(command)?.found?.scene === name ? [] : ['no command writes it any more'];
      compare(`${where}[${i}]`, command, { engine, scenes: { [name]: scene } }, gone);
    }
  }
  return { faults, stale };
}

/** What is wrong with the marker of a table, undefined for nothing. */
function markFault({ mark, lines }: MarkedTable, verification: Verification | undefined): string | undefined {
  if (mark === undefined) {
    return "does not say what it was made with; write '| COMMAND | engine HASH | scenes NAME=HASH' after its name, or '| by hand' if it holds no measured number";
  }
  if (mark.command === undefined) {
    const line = lines.find((one) => measured.test(one.replace(/`[^`]*`/g, '')));
    return line && `is by hand and holds a measured number (${line.trim()}); let a command write it`;
  }
  if (!verification || Object.keys(mark.scenes ?? {}).join() === verification.scenes.join()) return undefined;
  const wanted = verification.scenes.map((name) => `${name}=HASH`).join(' ') || 'none';
  return `says other scenes than ${verification.name} reads; give ${wanted}`;
}

function madeReasons(made: MadeWith, present: MadeWith): string[] {
  const engine = made.engine === present.engine ? [] : [`made with engine ${made.engine}, which is now ${present.engine}`];
  const others = Object.entries(made.scenes).filter(([name, hash]) => hash !== present.scenes[name]);
  return [...engine, ...others.map(([name, hash]) => `made with scene ${name} ${hash}, which is now ${present.scenes[name]}`)];
}

function seedReasons(command: string, verification: Verification): string[] {
  const seeds = readCommand(command, [verification])?.seeds ?? 0;
  return seeds < fullSeeds(verification) ? [`made of ${seeds} seeds, where the full size has ${fullSeeds(verification)}`] : [];
}

/** Head and first cells: what a table is about, whatever its numbers. */
function formOf(lines: readonly string[]): string {
  const rows = lines.filter((line) => line.startsWith('|'));
  return [rows[0] ?? '', ...rows.slice(1).map((line) => line.split(' | ')[0])].join('\n');
}

function formReasons({ name, mark, lines }: MarkedTable, verification: Verification | undefined): string[] {
  // What a verification prints has any form.
  const first = verification && readCommand(mark?.command ?? '', [verification])?.first;
  if (verification && first !== undefined && name === checkName(verification.name, first)) return [];
  if (name === speedTable.name && mark?.command === speedTable.command) return [];
  const now = verification?.tables?.([])[name];
  if (now === undefined) return ['no command writes it any more'];
  return formOf(now) === formOf(lines) ? [] : ['its command now writes other rows or columns'];
}
