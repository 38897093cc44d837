import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { call } from '../unit/cli/test-io.ts';
import { output, python, rscript, withPython, withR } from './readers.ts';
import { realExport } from './real-export.ts';

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

for (const library of ['dendropy', 'biopython']) {
  withPython(`deep-trees.py gives tips of a real export the ticks at which they ended, with ${library}`, async () => {
    const { run, out, history } = await realExport('asexual');
    const deep = join(out, '..', `deep-${library}`);
    const exported = await call(['export', run, '--format', 'newick', '--subtree-depth', '8', '--out', deep]);
    expect(exported.status, exported.err).toBe(0);
    const lines = output(python, [join(recipes, 'deep-trees.py'), deep, 'organisms', library])
      .trim()
      .split('\n');
    const { organisms, endTick } = history;
    const until = Array.from(organisms.deathTick, (tick) => (Number.isNaN(tick) ? endTick : tick));
    for (let i = 0; i < organisms.count; i++) {
      const parent = organisms.firstParent[i];
      if (parent >= 0) until[parent] = Math.max(until[parent], organisms.birthTick[i]);
    }
    const ticks = new Map(lines.slice(0, -1).map((line) => [line.split(' ')[1], Number(line.split(' ')[2])] as const));
    expect(ticks).toEqual(new Map(until.map((tick, i) => [`o${organisms.id[i]}`, tick])));
    expect(Number(/from (\d+) subtrees/.exec(lines.at(-1) as string)?.[1])).toBeGreaterThan(100);
  });
}

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
