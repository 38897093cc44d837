// A run from the files of its folder or archive, and what is refused.
import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { sealedChunks } from '../../../src/cli/sealed-file.ts';
import { checkpointMagic, folderOfRun } from '../../../src/experiment/left-files.ts';
import { pack } from '../../../src/record/pack.ts';
import { readLeftRun, unzipLeftFiles } from '../../../src/worker/read-left-run.ts';
import { someProvenance } from '../formats/random-history.ts';

const text = (of: unknown) => new TextEncoder().encode(typeof of === 'string' ? of : JSON.stringify(of));
const provenance = text(someProvenance(60, ['grazers'], 1, 4));
const snapshot = Uint8Array.of(1, 2, 3);
const checkpoint = new Uint8Array(Buffer.concat(sealedChunks(checkpointMagic, pack({ tick: 5, snapshot }))));
const left = (files: Record<string, Uint8Array>) => readLeftRun(new Map(Object.entries(files)));

it('the run of a folder is found where it is least deep', () => {
  expect(folderOfRun(['provenance.json', 'snapshots/checkpoint.upslope'])).toBe('');
  expect(folderOfRun(['runs/first/organisms.parquet', 'runs/first/provenance.json'])).toBe('runs/first/');
  expect(folderOfRun(['twin/provenance.json', 'this-world/provenance.json'])).toBe('this-world/');
  expect(() => folderOfRun(['a/provenance.json', 'b/provenance.json'])).toThrow('it holds 2 runs; take the folder of one');
  expect(() => folderOfRun(['this-world/provenance.json', 'b/provenance.json'])).toThrow('it holds 2 runs');
  expect(() => folderOfRun(['my-provenance.json.txt'])).toThrow('there is no run in it: no provenance.json');
});

it('an unfinished run has its checkpoint, a branch its state, any other its provenance', () => {
  expect(left({ 'provenance.json': provenance, 'checkpoint.upslope': checkpoint })).toEqual({
    from: 'checkpoint',
    state: snapshot.buffer,
  });
  expect(left({ 'x/provenance.json': provenance, 'x/branch.upslope': snapshot })).toEqual({
    from: 'branch',
    state: snapshot.buffer,
  });
  expect(left({ 'provenance.json': provenance })).toMatchObject({ from: 'provenance', recorded: { ticks: 60, seed: '7' } });
});

it('damaged files are refused in one line', () => {
  const damaged = 'checkpoint.upslope is damaged; use another copy';
  for (const file of [text('nothing'), checkpoint.subarray(0, 20), text(checkpointMagic)]) {
    expect(() => left({ 'checkpoint.upslope': file })).toThrow(damaged);
  }
  expect(() => left({ 'provenance.json': text('{') })).toThrow(/^provenance\.json: .*the file is cut off/);
  expect(() => left({ 'provenance.json': text({ schema_version: 1 }) })).toThrow(/^provenance\.json/);
});

it('of an archive only what opens the run is unpacked', () => {
  const files = { 'run/provenance.json': provenance, 'run/organisms.parquet': new Uint8Array(1000) };
  expect([...unzipLeftFiles(zipSync(files)).keys()]).toEqual(['run/provenance.json']);
  expect(() => unzipLeftFiles(text('no archive'))).toThrow('not a ZIP archive, or a damaged one');
  expect(() => unzipLeftFiles(zipSync(files).subarray(0, 300))).toThrow('not a ZIP archive, or a damaged one');
});
