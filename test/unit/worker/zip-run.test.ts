import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { provenanceSchema } from '../../../src/export/provenance.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { Session } from '../../../src/worker/session.ts';
import type { ExportProgress } from '../../../src/worker/zip-run.ts';

const meadow = JSON.parse(readFileSync(new URL('../../../scenes/meadow.json', import.meta.url), 'utf8'));
const small = { ...meadow, populations: { foragers: { ...meadow.populations.foragers, founders: 200 } } };
const request = { scene: small, file: 'meadow', seed: '7', changes: [] };
const rate = 'populations.foragers.mechanisms.mutation.rate';

test('an archive holds the files of all formats and a provenance that makes the run again', async () => {
  const session = new Session();
  session.run.load(request);
  session.transport.step(100);
  session.parameters.set(rate, 0.3);
  session.transport.step(200);
  const told: ExportProgress[] = [];
  const ids = (await session.exports.formats()).map(({ id }) => id);
  const zipped = await session.exports.zip(ids, (progress) => told.push(progress));
  const files = unzipSync(new Uint8Array(zipped.bytes));
  const names = Object.keys(files);
  expect(names.length).toBe(zipped.files);
  for (const name of ['organisms.parquet', 'organisms.csv', 'pedigree.csv', 'phylogeny.csv', 'species.nwk', 'provenance.json'])
    expect(names).toContain(name);
  const sizes = Object.values(files).reduce((sum, { length }) => sum + length, 0);
  expect(zipped.unpacked).toBe(sizes);
  expect(told.map(({ done }) => done)).toEqual([...told.keys()]);
  expect(told.at(-1)).toMatchObject({ done: names.length, of: names.length, bytes: sizes });

  const provenance = provenanceSchema.parse(JSON.parse(strFromU8(files['provenance.json'])));
  expect(provenance.hash).toBe(session.run.hash());
  const again = createSimulation(parseScene(provenance.scene, 'provenance.json'), provenance.seed);
  for (const { tick, parameter, value } of provenance.changes) again.schedule(tick, parameter, value);
  again.step(provenance.ticks);
  expect(again.hash()).toBe(provenance.hash);
  // A row for everybody who lives, at least.
  const living = strFromU8(files['pedigree.csv']).trimEnd().split('\n').length;
  expect(living).toBeGreaterThan(again.populations[0].count);
});

test('only what was chosen is written, the same bytes for the same run, and the world stays as it is', async () => {
  const make = async () => {
    const session = new Session();
    session.run.load(request);
    session.transport.step(60);
    const hash = session.run.hash();
    const { bytes } = await session.exports.zip(['newick'], () => {});
    expect(session.run.hash()).toBe(hash);
    return new Uint8Array(bytes);
  };
  const archive = await make();
  expect(Object.keys(unzipSync(archive)).sort()).toEqual(['organisms.nwk', 'provenance.json', 'species.nwk']);
  expect(await make()).toEqual(archive);
});

test('an archive of a branch with a seed of its own says so and holds its state', async () => {
  const session = new Session();
  session.run.load(request);
  session.transport.step(50);
  session.past.branch('heath');
  session.transport.step(50);
  const { bytes } = await session.exports.zip(['alife'], () => {});
  const files = unzipSync(new Uint8Array(bytes));
  const provenance = provenanceSchema.parse(JSON.parse(strFromU8(files['provenance.json'])));
  expect(provenance.environment.branch).toMatch(/only since tick 50.*branch\.upslope/);
  const hash = session.run.hash();
  session.run.load(request);
  session.run.open(new Uint8Array(files['branch.upslope']).buffer);
  expect(session.run.hash()).toBe(hash);
});
