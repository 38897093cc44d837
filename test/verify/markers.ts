/** What a table was made with, as its first marker says; a table by hand has a name only. */
export interface Mark {
  readonly name: string;
  /** The command that wrote it, with its number of seeds. */
  readonly command?: string;
  /** Eight hexadecimal digits, or `unknown`. */
  readonly engine?: string;
  /** Hashes of the scenes that it reads, by name: eight hexadecimal digits, or `unknown`. */
  readonly scenes?: Readonly<Record<string, string>>;
}

/** What a page has between a pair of markers. */
export interface MarkedTable {
  /** Line of the first marker, from 1. */
  readonly line: number;
  readonly name: string;
  /** Undefined where the first marker does not say what the table was made with, nor that it was made by hand. */
  readonly mark: Mark | undefined;
  /** The lines in between that are not empty. */
  readonly lines: readonly string[];
}

export interface MarkedPage {
  readonly tables: readonly MarkedTable[];
  /** Lines, from 1, at which a table begins outside of markers. */
  readonly bare: readonly number[];
  /** Lines of first markers that no last one follows. */
  readonly open: readonly number[];
}

const byHand = 'by hand';
/** Written from the code, and compared with it by a test of its own. */
const fromCode = 'npm run build -- documents';
const last = '<!-- end -->';
const first = /^<!-- table: (?<name>[\w-]+)(?: \| (?<rest>.*))? -->$/;
const made = /^(?<command>npm run [^|]+) \| engine (?<engine>[0-9a-f]{8}|unknown)(?: \| scenes (?<scenes>.+))?$/;
const sceneMark = /^[a-z][a-z0-9-]*=(?:[0-9a-f]{8}|unknown)$/;
/** The second line of a table in Markdown. */
const rule = /^\s*\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?$/;

function readMark(name: string, rest: string | undefined): Mark | undefined {
  if (rest === byHand || rest === fromCode) return { name };
  const groups = made.exec(rest ?? '')?.groups;
  if (!groups) return undefined;
  const scenes = (groups.scenes ?? '').split(' ').filter((word) => word !== '');
  if (!scenes.every((word) => sceneMark.test(word))) return undefined;
  return {
    name,
    command: groups.command,
    engine: groups.engine,
    scenes: Object.fromEntries(scenes.map((word) => word.split('=') as [string, string])),
  };
}

/** The first marker of a table. */
export function writeMark({ name, command, engine, scenes = {} }: Mark): string {
  const said = Object.entries(scenes).map(([scene, hash]) => `${scene}=${hash}`);
  const parts = command === undefined ? [byHand] : [command, `engine ${engine}`];
  if (said.length > 0) parts.push(`scenes ${said.join(' ')}`);
  return `<!-- ${[`table: ${name}`, ...parts].join(' | ')} -->`;
}

/** Finds the tables of a page, between markers and outside of them. Lines between fences of code are not tables. */
export function readPage(page: string): MarkedPage {
  const tables: MarkedTable[] = [];
  const [bare, open]: [number[], number[]] = [[], []];
  let current: { line: number; name: string; rest: string | undefined; lines: string[] } | undefined;
  let fenced = false;
  for (const [i, line] of page.split('\n').entries()) {
    const begins = first.exec(line)?.groups;
    if (/^\s*```/.test(line)) fenced = !fenced;
    if (begins) {
      if (current) open.push(current.line);
      current = { line: i + 1, name: begins.name, rest: begins.rest, lines: [] };
    } else if (line === last && current) {
      tables.push({ line: current.line, name: current.name, mark: readMark(current.name, current.rest), lines: current.lines });
      current = undefined;
    } else if (current) {
      if (line !== '') current.lines.push(line);
    } else if (!fenced && rule.test(line)) bare.push(i);
  }
  if (current) open.push(current.line);
  return { tables, bare, open };
}

/**
 * Lines between the markers of a table.
 * @throws {Error} where there is none.
 */
export function markedTable(page: string, name: string): readonly string[] {
  const found = readPage(page).tables.find((table) => table.name === name);
  if (!found) throw new Error(`the page has no table '${name}' between markers`);
  return found.lines;
}

/** Puts lines between the markers of a table in place of those that are there, and says what they were made with. */
export function replaceTable(page: string, mark: Mark, lines: readonly string[]): string {
  const found = readPage(page).tables.find(({ name }) => name === mark.name);
  if (!found) throw new Error(`the page has no table '${mark.name}' between markers`);
  const all = page.split('\n');
  const end = all.indexOf(last, found.line);
  return [...all.slice(0, found.line - 1), writeMark(mark), '', ...lines, '', ...all.slice(end)].join('\n');
}

/** A table in Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map((_, i) => (i === 0 ? '---|' : '---:|')).join('')}`, ...rows.map(line)];
}
