import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json';

const folder = '.github/workflows';
const workflows = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);

/** All that a pattern finds in the workflows, as `[workflow, found]`. */
const named = (pattern: RegExp) =>
  workflows.flatMap(([name, text]) => [...text.matchAll(pattern)].map(([, found]) => [name, found] as const));

/** Texts inside a value of JSON. */
const leaves = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value as object).flatMap(leaves);

const testFiles = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));

describe('the workflows', () => {
  it.each(named(/\b(dist\/[\w./-]+)/g))('%s names %s, which the scripts make', (_, path) => {
    // What the package offers is tested where it is packed; the folder of the site is the one that scripts/docs.mjs writes.
    const offered = leaves([manifest.bin, manifest.exports]).map((file) => file.replace(/^\.\//, ''));
    const site = /'(dist\/docs)'/.exec(readFileSync('scripts/docs.mjs', 'utf8'))?.[1];
    expect([...offered, site]).toContain(path);
  });

  it.each(named(/npm (?:run )?((?!ci\b|test\b|pack\b|publish\b)[a-z:]+)/g))(
    '%s runs %s, a script of the package',
    (_, script) => {
      expect(Object.keys(manifest.scripts)).toContain(script);
    },
  );

  it.each(named(/npm test -- (.+)/g))('%s runs tests by words that each choose something: %s', (_, words) => {
    const checks = /const checks = \{([\s\S]*?)^\};/m.exec(readFileSync('scripts/test.mjs', 'utf8'))?.[1] ?? '';
    const steps = [...checks.matchAll(/^ {2}(?:async )?(\w+)(?:: |\()/gm)].map(([, name]) => name);
    expect(steps).toContain('lint');
    const nothing = words
      .split(' ')
      .filter(
        (word) => !steps.includes(word) && !existsSync(join('test', word)) && !testFiles.some((file) => file.includes(word)),
      );
    expect(nothing).toEqual([]);
  });

  it.each(named(/([\w./-]+\.(?:mjs|json|md|yml|txt))\b/g))('%s names %s, which is there or is made there', (name, path) => {
    const made = ['files.txt', 'notes.md', 'runs/seed-7/provenance.json', 'package.json', './package.json'];
    expect([path, join(folder, path)].some((file) => existsSync(file)) || made.includes(path), name).toBe(true);
  });
});
