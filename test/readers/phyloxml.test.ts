// PhyloXML of a real export, read by Python's own parser of XML.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { speciesNames } from '../../src/export/trees/clade-texts.ts';
import { writePhyloxml } from '../../src/export/trees/phyloxml.ts';
import { makeTree, written } from '../unit/tree/make-tree.ts';
import { testWith } from './readers.ts';
import { realExport } from './real-export.ts';

/** Any Python will do: its parser of XML is a part of it. */
const plain = [process.env.PYTHON_PATH, 'python3', '/usr/bin/python3'].find(
  (program) => program && spawnSync(program, ['-c', 'import xml.etree.ElementTree, pyexpat'], { stdio: 'ignore' }).status === 0,
);

interface Clade {
  readonly file: string;
  readonly name?: string;
  readonly length: number;
  readonly date: number;
  readonly species: string | null;
  readonly called: string | null;
  readonly properties: Readonly<Record<string, string>>;
}

const read = (...files: readonly string[]): Clade[] =>
  execFileSync(plain as string, [join(import.meta.dirname, 'phyloxml.py'), ...files], { encoding: 'utf8', maxBuffer: 1 << 28 })
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

testWith(plain, 'python3', 'Python finds species, dates and traits of a real export', async () => {
  const { out, history } = await realExport('asexual');
  const { species, organisms, endTick } = history;
  const [ofSpecies, ofOrganisms] = ['species', 'organisms'].map((of) => {
    const found = read(join(out, `${of}.phyloxml`)).filter((one) => one.name !== undefined);
    return new Map(found.map((one) => [one.name, one]));
  });
  expect(ofSpecies.size).toBe(species.count);
  expect(ofOrganisms.size).toBe(organisms.count);
  const until = Array.from(organisms.deathTick, (tick) => (Number.isNaN(tick) ? endTick : tick));
  for (let i = 0; i < organisms.count; i++) {
    const parent = organisms.firstParent[i];
    if (parent >= 0) until[parent] = Math.max(until[parent], organisms.birthTick[i]);
  }
  for (let i = 0; i < organisms.count; i++) {
    const one = ofOrganisms.get(`o${organisms.id[i]}`) as Clade;
    expect([one.date, one.species]).toEqual([until[i], String(organisms.species[i])]);
    expect(one.properties).toMatchObject({
      'upslope:population': 'grazers',
      'upslope:generation': String(organisms.generation[i]),
      'upslope:offspring_count': String(organisms.offspring[i]),
    });
    expect(Number(one.properties['upslope:body_size'])).toBeGreaterThan(0);
  }
  const names = speciesNames(history, '7');
  expect(names.size).toBeGreaterThan(0);
  for (const id of species.id) expect(ofSpecies.get(`s${id}`)?.called).toBe(names.get(id) ?? null);
  const living = [...ofSpecies.values()].filter(({ properties }) => properties['upslope:fate'] === 'living');
  expect(living.length).toBeGreaterThan(0);
  for (const { properties, date } of living) {
    expect(date).toBe(endTick);
    expect(Number(properties['upslope:body_size_mean'])).toBeGreaterThan(0);
    expect(Number(properties['upslope:body_size_variance'])).toBeGreaterThanOrEqual(0);
  }
});

testWith(plain, 'python3', 'Python reads any names as they were', () => {
  const names = [
    'A & B < C > "D" \'E\'',
    ']]> <!-- x --> &amp;',
    'tab\tline\nreturn\r',
    'astral \u{1F9EC} ß 漢字',
    'control \u0007',
  ];
  const tree = makeTree(names.map((_, i) => [i - 1, i, Number.POSITIVE_INFINITY] as [number, number, number]));
  const text = written((sink) => writePhyloxml(tree, { present: 9, label: (i) => names[i], title: names[0] }, sink));
  const file = join(mkdtempSync(join(tmpdir(), 'upslope-phyloxml-')), 'names.phyloxml');
  writeFileSync(file, text);
  const found = read(file).flatMap(({ name }) => (name === undefined ? [] : [name]));
  expect(new Set(found)).toEqual(new Set([...names.slice(0, 4), 'control \ufffd']));
});
