import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'svelte/compiler';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Where the texts are that are held to the list below. */
const places: readonly { readonly folder: string; readonly names: RegExp; readonly omitted?: readonly string[] }[] = [
  { folder: 'src', names: /\.(?:ts|svelte)$/, omitted: ['kernel/generated'] },
  { folder: 'bench', names: /\.ts$/ },
  { folder: 'scripts', names: /\.(?:mjs|ts)$/ },
  { folder: '.github', names: /\.(?:yml|md)$/ },
  { folder: 'examples', names: /\.(?:mjs|py)$/ },
  { folder: 'test/verify', names: /\.ts$/ },
  { folder: 'scenes', names: /\.json$/ },
  { folder: 'assets/lessons', names: /\.json$/ },
  {
    folder: 'docs',
    names: /^(?!(?:api|decisions)\.md$).*\.md$/,
    omitted: ['node_modules', 'reference'],
  },
];
const singleFiles = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'CODE_OF_CONDUCT.md',
  'CITATION.cff',
  'assets/upslope.py',
];

/** Habits of translated English in comments, messages and labels, and what to write instead. */
const habits: readonly { readonly habit: RegExp; readonly instead: string }[] = [
  {
    habit: /(?<!\b(?:people|person)\s+)\b(?:who|whoever|whom)\b/i,
    instead: 'name the thing: organisms that ..., the organism that ...',
  },
  {
    habit: /\b(?:nobody|somebody|anybody|everybody|no one|someone|anyone|everyone)\b/i,
    instead: 'none, an organism, any organism, all organisms',
  },
  { habit: /(?<!\bthere\s+)\b(?:is|are|was|were|be|been)\s+no\b(?!\s+(?:longer|more|less)\b)/i, instead: 'is not a' },
  { habit: /\banew\b/i, instead: 'again' },
  { habit: /\bto\s+the\s+bit\b/i, instead: 'bit for bit' },
  { habit: /\b(?:stands?|stood|standing)\b/i, instead: 'is, appears, is listed' },
  { habit: /\b(?:tells?|told|telling)\b/i, instead: 'report, print, describe, show; distinguish; by default' },
  { habit: /\bby\s+(?:itself|themselves|oneself)\b/i, instead: 'separately, alone, automatically' },
  { habit: /\bso\s+many\b/i, instead: 'this many, or the name of the number' },
  { habit: /\bone\s+another\b/i, instead: 'each other' },
  { habit: /\b(?:go|goes|going|went|gone)\s+on\b/i, instead: 'continue' },
  { habit: /\bnear\s+by\b/i, instead: 'nearby' },
  { habit: /\bless\s+(?:the|their|its|that|those)\b/i, instead: 'minus' },
  { habit: /\bputs?\s+away\b|\bputting\s+away\b/i, instead: 'save' },
  { habit: /\bheld\s+against\b/i, instead: 'compared with' },
  { habit: /\b(?:lights?|lit|lighting)\s+up\b/i, instead: 'highlight' },
  { habit: /\bwhatever\s+there\s+is\b|\bthat\s+there\s+(?:is|are)\b/i, instead: 'leave it out, or: existing' },
  { habit: /\bin\s+the\s+place\s+of\b/i, instead: 'instead of' },
  { habit: /\bsome\s+(?:tens|hundred|thousand|[0-9])/i, instead: 'about, a few' },
  { habit: /\bunless\s+(?:given|said)\s+otherwise\b/i, instead: 'by default' },
  { habit: /, else\b(?!\s*(?:if\b|\{))/i, instead: 'otherwise' },
];

/** Uses that stay, each with its reason. */
const exceptions: readonly { readonly file: string; readonly phrase: string; readonly why: string }[] = [
  { file: 'src/mechanisms/culture.ts', phrase: 'everyone', why: 'id of a choice in scenes' },
  { file: 'src/mechanisms/imitation.ts', phrase: 'anyone', why: 'id of a choice in scenes' },
  { file: 'src/experiment/describe-rivals.ts', phrase: 'tell', why: 'to know, not to report' },
  { file: 'src/record/individuals.ts', phrase: 'by itself', why: 'a row holds a reference to itself' },
];

interface Stretch {
  readonly text: string;
  readonly at: number;
}

/** A text of the same length without line breaks and the stars of comments, so that a phrase may span lines. */
const joinLines = (text: string) => text.replace(/\n[ \t]*(?:\*(?!\/))?/g, (gap) => ' '.repeat(gap.length));

/** Comments and strings of a program; strings without a space are ids. */
function proseOfProgram(text: string, offset = 0): Stretch[] {
  const file = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const found: Stretch[] = [];
  const seen = new Set<number>();
  const take = (from: number, to: number) => {
    if (seen.has(from)) return;
    seen.add(from);
    found.push({ text: joinLines(text.slice(from, to)), at: offset + from });
  };
  const visit = (node: ts.Node): void => {
    for (const range of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []) take(range.pos, range.end);
    for (const range of ts.getTrailingCommentRanges(text, node.getEnd()) ?? []) take(range.pos, range.end);
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
    if (isText && /\s/.test(node.text)) take(node.getStart(), node.getEnd());
    for (const child of node.getChildren()) visit(child);
  };
  visit(file);
  return found;
}

/** Texts, attributes and strings in the markup of a component. */
function proseOfMarkup(tree: unknown): Stretch[] {
  const found: Stretch[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const { type, start, data, value } = node as { type?: string; start?: number; data?: unknown; value?: unknown };
    const cooked = (value as { cooked?: unknown } | undefined)?.cooked;
    const words = type === 'Text' ? data : type === 'Literal' ? value : type === 'TemplateElement' ? cooked : undefined;
    if (typeof words === 'string' && start !== undefined) found.push({ text: words, at: start });
    Object.values(node).forEach(visit);
  };
  visit(tree);
  return found;
}

/** Texts of a scene, without `found`, which a command writes from measured numbers. Strings without a space are ids. */
function proseOfScene(text: string): Stretch[] {
  const found = /^ {2}"found": .*$(?:\n^(?! {2}"|\}).*$)*/m;
  const read = text.replace(found, (entries) => ' '.repeat(entries.length));
  return Array.from(read.matchAll(/"(?:\\.|[^"\\])*"/g), ({ 0: string, index }) => ({ text: string, at: index })).filter(
    (stretch) => stretch.text.includes(' '),
  );
}

/** Paragraphs of a document without code, tables between markers and the targets of links. */
function proseOfDocument(text: string): Stretch[] {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ');
  const prose = text
    .replace(/^```[\s\S]*?^```/gm, blank)
    .replace(/<!-- table:[\s\S]*?<!-- end -->/g, blank)
    .replace(/`[^`\n]*`/g, blank)
    .replace(/\]\([^)\n]*\)/g, blank);
  return Array.from(prose.matchAll(/[^\n]+(?:\n[^\n]+)*/g), ({ 0: paragraph, index }) => ({
    text: joinLines(paragraph),
    at: index,
  }));
}

/** Comments and texts of Python and YAML: all of it but for names in code, which are between backquotes or have no spaces around. */
function proseOfOther(text: string): Stretch[] {
  return [
    {
      text: joinLines(
        text.replace(/`[^`\n]*`/g, (code) => ' '.repeat(code.length)).replace(/\n[ \t]*#/g, (gap) => ' '.repeat(gap.length)),
      ),
      at: 0,
    },
  ];
}

function proseOf(name: string, text: string): Stretch[] {
  if (/\.(?:py|yml|cff)$/.test(name)) return proseOfOther(text);
  if (name.endsWith('.md')) return proseOfDocument(text);
  if (name.endsWith('.json')) return proseOfScene(text);
  if (!name.endsWith('.svelte')) return proseOfProgram(text);
  const tree = parse(text, { modern: true });
  const programs = [tree.instance, tree.module].flatMap((script) => {
    if (!script) return [];
    const { start, end } = script.content as unknown as { start: number; end: number };
    return proseOfProgram(text.slice(start, end), start);
  });
  return [...programs, ...proseOfMarkup(tree.fragment)];
}

/** Hits of the list in a source, as `file:line: 'phrase'; write: instead`. */
function findHabits(name: string, text: string, isAllowed = (_phrase: string) => false): string[] {
  // Most files have no hit at all, and parsing them takes seconds.
  const flat = joinLines(text);
  if (!habits.some(({ habit }) => habit.test(flat))) return [];
  return proseOf(name, text).flatMap((stretch) =>
    habits.flatMap(({ habit, instead }) =>
      Array.from(stretch.text.matchAll(new RegExp(habit, 'gi')), ({ 0: phrase, index }) => {
        if (isAllowed(phrase.toLowerCase())) return '';
        const line = text.slice(0, stretch.at + index).split('\n').length;
        return `${name}:${line}: '${phrase}'; write: ${instead}`;
      }).filter((hit) => hit !== ''),
    ),
  );
}

describe('the words of the sources', () => {
  it('are found in comments, messages and markup, not in names', () => {
    expect(
      findHabits('a.ts', '/** Rows\n * of organisms who\n * starve. */\nconst told = `it is no\n number of ticks`;'),
    ).toEqual([
      "a.ts:2: 'who'; write: name the thing: organisms that ..., the organism that ...",
      "a.ts:4: 'is no'; write: is not a",
    ]);
    expect(
      findHabits('A.svelte', '<script>\nlet told = 1; // anew\n</script>\n\n<p title="told">{told} {told ? `so many` : 2}</p>'),
    ).toEqual([
      "A.svelte:2: 'anew'; write: again",
      "A.svelte:5: 'told'; write: report, print, describe, show; distinguish; by default",
      "A.svelte:5: 'so many'; write: this many, or the name of the number",
    ]);
  });

  it('leave correct English alone', () => {
    const fine = ['standard', 'there is no gradient', 'is no longer alive', 'for people who cannot see', 'less than the limit'];
    for (const text of fine) expect(findHabits('a.ts', `// ${text}`)).toEqual([]);
  });

  it('of a scene are all its texts except what was found', () => {
    const scene = { title: 'Who eats', found: [{ text: 'Who ate', command: 'npm run verify' }], lookFor: ['It stands there'] };
    expect(findHabits('a.json', JSON.stringify(scene, null, 2))).toEqual([
      "a.json:2: 'Who'; write: name the thing: organisms that ..., the organism that ...",
      "a.json:10: 'stands'; write: is, appears, is listed",
    ]);
  });

  it('of a document are its paragraphs outside code and tables', () => {
    const page =
      'It\nstands `told`.\n\n```sh\ntold\n```\n\n<!-- table: a | by hand -->\n\n| who |\n|---|\n\n<!-- end -->\n\nSee [told](told.md).\n';
    expect(findHabits('a.md', page)).toEqual([
      "a.md:2: 'stands'; write: is, appears, is listed",
      "a.md:15: 'told'; write: report, print, describe, show; distinguish; by default",
    ]);
  });

  it('are plain English', () => {
    const used = new Set<(typeof exceptions)[number]>();
    const found = places.flatMap(({ folder, names, omitted = [] }) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && names.test(entry.name))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
        .filter((name) => !omitted.some((path) => name.startsWith(`${folder}/${path}/`))),
    );
    const hits = [...found, ...singleFiles].flatMap((name) =>
      findHabits(name, readFileSync(join(root, name), 'utf8'), (phrase) => {
        const exception = exceptions.find((one) => one.file === name && one.phrase === phrase);
        if (exception) used.add(exception);
        return exception !== undefined;
      }),
    );
    expect(hits.sort()).toEqual([]);
    expect(exceptions.filter((one) => !used.has(one))).toEqual([]);
  });
});
