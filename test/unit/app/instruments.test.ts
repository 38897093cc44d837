import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { putInstrumentTable, putMechanismTable, putTwinTable } from '../../../scripts/written-tables.ts';
import { type Instrument, offeredIn } from '../../../src/app/instruments/instrument.ts';
import { instruments } from '../../../src/app/instruments/list.ts';
import { allKeys } from '../../../src/app/shell/keys.ts';
import { mechanisms } from '../../../src/mechanisms/index.ts';
import { standard } from '../../../src/simulation/catalogue.ts';
import type { WorldText } from '../../../src/worker/describe-world.ts';

const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
const plane = { gives: ['policy', 'energy', 'place', 'demes'], hands: true } as unknown as WorldText;
const landscape = { gives: ['demes', 'gradient', 'trials'], hands: false, landscape: {} } as unknown as WorldText;
const titlesIn = (all: readonly Instrument[], where: WorldText | undefined) => offeredIn(all, where).map(({ title }) => title);

/** What a stranger writes: a file with this value, and its id among `instrumentIds`. */
const compass: Instrument = {
  id: 'compass' as Instrument['id'],
  title: 'Compass',
  keys: ['z'],
  summary: 'where organisms head',
  icon: 'M10 3 L13 10 L10 17 L7 10 Z',
  when: ({ gives }) => gives.includes('place'),
  moreKeys: [{ keys: ['q'], shown: ['q'], text: 'Turn the compass', run: () => {} }],
  load: () => Promise.reject(new Error('not opened here')),
};
const all = [...instruments, compass];

it('an instrument from outside has a tab where its worlds are, keys, lines in their list, and a row in the README', () => {
  expect(titlesIn(all, plane)).toContain('Compass');
  expect(titlesIn(all, landscape)).not.toContain('Compass');
  expect(titlesIn(all, undefined)).toHaveLength(all.length);
  const toggled: string[] = [];
  const app = { dock: { toggle: (id: string) => toggled.push(id) } } as never;
  const keys = allKeys(all);
  keys.find(({ keys: names }) => names.includes('z'))?.run(app, 'z');
  expect(toggled).toEqual(['compass']);
  expect(keys.map(({ text }) => text)).toEqual(expect.arrayContaining(['Compass: where organisms head', 'Turn the compass']));
  expect(putInstrumentTable(readme, all)).toContain('| Compass | `z` | where organisms head |');
});

it('refuses an id and a key that are taken', () => {
  expect(() => allKeys([...instruments, { ...compass, id: 'price' }])).toThrow("'price' is the id of two instruments");
  expect(() => allKeys([...instruments, { ...compass, keys: ['p'] }])).toThrow("'p' is");
  expect(() => allKeys([...instruments, { ...compass, keys: ['d'] }])).toThrow("'d' is");
});

it('every instrument opens by its key; those that worlds may lack say what to open instead', () => {
  const keys = allKeys(instruments);
  for (const { id, keys: own, press, when, missing } of instruments) {
    const toggled: string[] = [];
    const app = {
      dock: { toggle: (one: string) => toggled.push(one) },
      world: { fossils: { step: () => toggled.push('fossils') } },
    } as never;
    keys.find(({ keys: names }) => names.includes(own[0]))?.run(app, own[0]);
    expect(toggled, id).toEqual([id]);
    expect(own.length === 1 || press !== undefined, id).toBe(true);
    expect((missing ?? '') !== '', id).toBe(when !== undefined);
  }
  expect(titlesIn(instruments, landscape)).toContain('Landscape');
  expect(titlesIn(instruments, landscape)).not.toContain('Hands');
  expect(titlesIn(instruments, plane)).not.toContain('Landscape');
});

it('the README has the table of the instruments as they are', () => {
  expect(putInstrumentTable(readme, instruments)).toBe(readme);
});

it('the page on mechanisms has the table of them as they are', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/mechanisms.md'), 'utf8');
  expect(putMechanismTable(page, mechanisms.all(), standard.habitats)).toBe(page);
});

it('the page on twins has the table of their replicates as they are', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/twins.md'), 'utf8');
  expect(putTwinTable(page)).toBe(page);
});
