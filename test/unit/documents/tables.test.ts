import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import golden from '../../golden/hashes.json';
import { checkDocuments, pages } from '../../verify/check-documents.ts';
import { engineHash, present, sceneFiles } from '../../verify/made-with.ts';
import { markdownTable } from '../../verify/markers.ts';
import { verifications } from '../../verify/registry.ts';
import { fullSeeds, type Verification } from '../../verify/verification.ts';
import { writeDocuments } from '../../verify/write-documents.ts';

/** A verification of one number, with a table and a sentence. */
const one: Verification = {
  name: 'one',
  title: 'One',
  scenes: ['meadow'],
  measure: (seed) => ({ n: seed }),
  judge: () => ({ lines: [], holds: true }),
  tables: (results) => ({ one: markdownTable(['what', 'value'], [['n', String(results.length)]]) }),
  found: { scene: 'meadow', text: (results) => `Of ${results.length} seeds.` },
};
const now = { engine: '11111111', scenes: { meadow: '22222222', bloom: '33333333' } };
const results = Array.from({ length: 10 }, () => ({ n: 1 }));

const mark = (engine = '11111111', meadow = '22222222', seeds = 10) =>
  `<!-- table: one | npm run verify -- one ${seeds} | engine ${engine} | scenes meadow=${meadow} -->`;
const pageOf = (first: string, table = '| what | value |\n|---|---:|\n| n | 10 |') =>
  `a\n\n${first}\n\n${table}\n\n<!-- end -->\n\nb\n`;
const found = (engine = '11111111', scene = '22222222', command = 'npm run verify -- one 10') => ({
  found: [{ text: 'Of 10 seeds.', command, engine, scene }],
});

const check = (page: string, scenes: Record<string, Record<string, unknown>> = {}) =>
  checkDocuments({ pages: { 'page.md': page }, scenes, verifications: [one], present: now });

describe('the hash of the engine', () => {
  it('is that of the golden hashes, whatever their order', () => {
    const hash = engineHash(golden);
    expect(hash).toMatch(/^[0-9a-f]{8}$/);
    expect(present.engine).toBe(hash);
    expect(engineHash(Object.fromEntries(Object.entries(golden).reverse()))).toBe(hash);
    for (const name of Object.keys(golden)) expect(engineHash({ ...golden, [name]: '0000000000000000' })).not.toBe(hash);
    expect(engineHash({ ...golden, other: '0000000000000000' })).not.toBe(hash);
  });
});

describe('a check of the documents', () => {
  it('says nothing of tables that were made with this engine and these scenes', () => {
    expect(check(pageOf(mark()), { meadow: found() })).toEqual({ faults: [], stale: [] });
  });

  it.each([
    ['a table without markers', 'a\n\n| x | y |\n|---|---|\n| 1 | 2 |\n', 'page.md:3: a table without markers'],
    ['one in a list', '- a\n\n  | x | y |\n  | --- | :-: |\n  | 1 | 2 |\n', 'page.md:3: a table without markers'],
    ['a marker that nothing ends', `${mark()}\n\n| n | 1 |\n`, 'page.md:1: nothing ends this table'],
    ['a marker without a command', pageOf('<!-- table: one -->'), "page.md:3: table 'one' does not say what it was made with"],
    ['a marker whose hash is cut', pageOf(mark('1111')), "page.md:3: table 'one' does not say what it was made with"],
    [
      'other scenes than are read',
      pageOf(mark().replace('meadow=', 'bloom=')),
      "table 'one' says other scenes than one reads; give meadow=HASH",
    ],
    [
      'a number by hand',
      pageOf('<!-- table: x | by hand -->', '| what | value |\n|---|---|\n| n | 1.5 |'),
      'by hand and holds a measured number (| n | 1.5 |)',
    ],
    ['two tables of one name', pageOf(mark()) + pageOf(mark()), "table 'one' has the name of one in page.md"],
  ])('refuses %s', (_, page, message) => {
    const { faults } = check(page);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(message);
  });

  it.each([
    ['a text', 'Seeds 1 to 10: 5.', 'scenes/meadow.json: found does not say what it was made with'],
    [
      'an entry without a hash',
      [{ text: 'a', command: 'npm run verify -- one 10' }],
      'scenes/meadow.json: found[0] lacks command, engine or scene',
    ],
  ])('refuses a scene in which %s says what was found', (_, value, message) => {
    expect(check('', { meadow: { found: value } }).faults).toEqual([expect.stringContaining(message)]);
  });

  it('leaves alone what is between fences of code, words by hand, and scenes in which nothing was found', () => {
    const page = `\`\`\`\n| x | y |\n|---|---|\n\`\`\`\n${pageOf('<!-- table: x | by hand -->', '| what | asks |\n|---|---|\n| `a` | Why 3? |')}`;
    expect(check(page, { meadow: { found: '' }, bloom: {} })).toEqual({ faults: [], stale: [] });
  });

  it.each([
    ['another engine', mark('44444444'), 'made with engine 44444444, which is now 11111111'],
    ['an unknown engine', mark('unknown'), 'made with engine unknown, which is now 11111111'],
    ['another scene', mark('11111111', '44444444'), 'made with scene meadow 44444444, which is now 22222222'],
    ['fewer seeds', mark('11111111', '22222222', 2), 'made of 2 seeds, where the full size has 10'],
  ])('names a table that was made with %s, in one line', (_, first, reason) => {
    const { faults, stale } = check(pageOf(first));
    expect(faults).toEqual([]);
    expect(stale).toEqual([`page.md: table 'one': ${reason}. Make it again: npm run verify -- one --write`]);
  });

  it('names a table whose command writes other rows by now, or none', () => {
    expect(check(pageOf(mark(), '| what | value |\n|---|---:|\n| m | 10 |')).stale[0]).toContain(
      'its command now writes other rows or columns',
    );
    expect(check(pageOf(mark().replace('table: one', 'table: two'))).stale[0]).toContain('no command writes it any more');
  });

  it('names what a scene says that was made with another engine or scene, or by a command that is gone', () => {
    const { stale } = check('', { meadow: found('44444444', '55555555') });
    expect(stale).toEqual([
      'scenes/meadow.json: found[0]: made with engine 44444444, which is now 11111111; made with scene meadow 55555555, which is now 22222222. Make it again: npm run verify -- one --write',
    ]);
    expect(check('', { meadow: found('11111111', '22222222', 'npm run gone') }).stale[0]).toContain(
      'no command writes it any more',
    );
  });
});

describe('writing the documents', () => {
  const files: Record<string, string> = {
    'README.md': 'a\n',
    'docs/findings.md': pageOf('<!-- table: one -->', ''),
    'docs/equivalence.md': 'b\n',
    'scenes/meadow.json': '{\n  "question": "Why?",\n  "found": "Old \\"words\\".",\n  "list": [1, 2]\n}\n',
  };
  const read = (path: string) => files[path] ?? '';
  const written = writeDocuments(one, results, now, read);

  it('puts the table between its markers, with what it was made with, and leaves the rest', () => {
    expect(written['docs/findings.md']).toBe(pageOf(mark()));
    expect(Object.keys(written).toSorted()).toEqual(['docs/findings.md', 'scenes/meadow.json']);
    expect(check(written['docs/findings.md'])).toEqual({ faults: [], stale: [] });
  });

  it('puts the sentence into the scene, and leaves the form of the rest', () => {
    const text = written['scenes/meadow.json'];
    expect(JSON.parse(text)).toEqual({ question: 'Why?', ...found(), list: [1, 2] });
    expect(text).toContain('"list": [1, 2]');
    const again = writeDocuments(one, results, { ...now, engine: '44444444' }, (path) =>
      path === 'scenes/meadow.json' ? text : read(path),
    );
    expect(JSON.parse(again['scenes/meadow.json']).found).toEqual(found('44444444').found);
    expect(writeDocuments(one, results, now, (path) => written[path] ?? read(path))['scenes/meadow.json']).toBe(text);
  });

  it('refuses a scene that has no place for it', () => {
    expect(() => writeDocuments(one, results, now, (path) => (path.startsWith('scenes/') ? '{}\n' : read(path)))).toThrow(
      'no line that begins with',
    );
  });
});

describe('the documents of the project', () => {
  const texts = Object.fromEntries(
    pages.map((path) => [path, readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')]),
  );

  it('have every table between markers that say what made it, and so has every scene', () => {
    expect(checkDocuments({ pages: texts, scenes: sceneFiles, verifications, present }).faults).toEqual([]);
  });

  it('have names of their own for all verifications, each with scenes that there are and a number of seeds', () => {
    expect(new Set(verifications.map(({ name }) => name)).size).toBe(verifications.length);
    for (const verification of verifications) {
      for (const scene of verification.scenes) expect(Object.keys(sceneFiles)).toContain(scene);
      if (verification.found) expect(Object.keys(sceneFiles)).toContain(verification.found.scene);
      expect(fullSeeds(verification)).toBeGreaterThanOrEqual(2);
    }
  });

  it('have a command for what every scene says was found', () => {
    const written = new Set(verifications.map(({ found }) => found?.scene));
    for (const [name, { found }] of Object.entries(sceneFiles)) if (found) expect(written).toContain(name);
  });
});

describe('the page of checks', () => {
  const all: Verification = { ...one, judge: () => ({ lines: ['n 10'], holds: true }) };
  const bare: Verification = {
    name: 'bare',
    title: 'Bare',
    scenes: [],
    measure: () => ({}),
    judge: () => ({ lines: ['|---|'], holds: false }),
  };
  const read = () => '# Checks\n';

  it('gets what is printed at new seeds, again in the same place, and nothing goes to other pages', () => {
    const first = writeDocuments(all, results, now, read, 101);
    expect(Object.keys(first)).toEqual(['docs/checks.md']);
    expect(first['docs/checks.md']).toContain(
      '## one, seeds 101 to 110\n\n<!-- table: check-one-101 | npm run verify -- one 10 --from 101 | engine 11111111 | scenes meadow=22222222 -->',
    );
    expect(first['docs/checks.md']).toContain('```\nn 10\n```\n\n**Holds.** One.');
    const both = writeDocuments(bare, results, now, () => first['docs/checks.md'], 1)['docs/checks.md'];
    expect(both).toContain('**Does not hold.** Bare.');
    const again = writeDocuments(all, results, { ...now, engine: '44444444' }, () => both, 101)['docs/checks.md'];
    expect(again).toBe(both.replace('11111111 | scenes', '44444444 | scenes'));
  });

  it('is stale where a verification is missing or was made with another engine, and may hold any form', () => {
    const page = writeDocuments(bare, results, now, read, 1)['docs/checks.md'];
    const report = checkDocuments({
      pages: { 'docs/checks.md': page },
      scenes: {},
      verifications: [all, bare],
      present: { ...now, engine: '44444444' },
    });
    expect(report.faults).toEqual([]);
    expect(report.stale).toEqual([
      "docs/checks.md: table 'check-bare-1': made with engine 11111111, which is now 44444444. Make it again: npm run verify -- bare --write",
      'docs/checks.md: nothing of one at seeds from 101 on. Make it: npm run verify -- one --from 101 --write',
      'docs/checks.md: nothing of bare at seeds from 101 on. Make it: npm run verify -- bare --from 101 --write',
    ]);
  });
});
