import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { output, python, rscript, withPython, withR } from './readers.ts';
import { realExport, removeExports } from './real-export.ts';

afterAll(removeExports);

const recipes = join(import.meta.dirname, '../../docs/recipes');

withR('species-tree.R draws the tree of species of a real export', async () => {
  const { out, history } = await realExport('asexual');
  const { species } = history;
  for (const [name, magic] of [
    ['tree.pdf', '%PDF'],
    ['tree.png', '\x89PNG'],
  ]) {
    const picture = join(out, '..', name);
    const text = output(rscript, [join(recipes, 'species-tree.R'), out, picture]);
    const living = species.fate.filter((fate) => fate === 'living').length;
    expect(text).toContain(`${species.count} species, ${living} of them living`);
    expect(existsSync(picture)).toBe(true);
    expect(readFileSync(picture).subarray(0, 4).toString('latin1')).toBe(magic);
  }
  expect(species.count).toBeGreaterThan(2);
});

withPython('lineages.py tells of every species of a real export', async () => {
  const { out, history } = await realExport('asexual');
  const { species, endTick } = history;
  const text = output(python, [join(recipes, 'lineages.py'), out]);
  for (const id of species.id) expect(text).toMatch(new RegExp(`^s${id} `, 'm'));
  // The shares of history sum to all of it.
  const total = Number(/total branch length ([\d.]+)/.exec(text)?.[1]);
  const until = Array.from(species.endTick, (tick) => (Number.isNaN(tick) ? endTick : tick));
  for (let i = 0; i < species.count; i++) {
    if (species.parent[i] >= 0) until[species.parent[i]] = Math.max(until[species.parent[i]], species.originTick[i]);
  }
  expect(total).toBeCloseTo(
    until.reduce((sum, tick, i) => sum + tick - species.originTick[i], 0),
    1,
  );
});

test('selection.sql gives selection, offspring and lines of a real export', async () => {
  const { out, history } = await realExport('asexual');
  const { organisms } = history;
  const text = output(process.execPath, [join(recipes, 'run-sql.mjs'), join(recipes, 'selection.sql'), out]);
  const [selection, offspring, lines] = text
    .trim()
    .split('\n\n')
    .map((table) => table.split('\n').map((line) => line.split('\t')));
  expect(new Set(selection.slice(1).map(([, trait]) => trait)).size).toBe(6);
  expect(selection.length).toBeGreaterThan(12);
  const childless = Array.from(organisms.offspring).filter((n, i) => n === 0 && !Number.isNaN(organisms.deathTick[i]));
  expect(offspring[1].slice(0, 3)).toEqual(['grazers', '0', String(childless.length)]);
  const living = Array.from(organisms.generation).filter((_, i) => Number.isNaN(organisms.deathTick[i]));
  expect(lines.length).toBe(Math.min(10, living.length) + 1);
  expect(Number(lines[1][2])).toBe(Math.max(...living));
});
