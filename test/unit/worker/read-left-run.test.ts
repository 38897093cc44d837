// A run from the files of its folder or archive, and what is refused.
import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { sealedChunks } from '../../../src/cli/sealed-file.ts';
import { checkLeftSize, checkpointMagic, fileOfRun, folderOfRun } from '../../../src/experiment/left-files.ts';
import { pack } from '../../../src/record/pack.ts';
import { readArchivedRun, readLeftRun } from '../../../src/worker/read-left-run.ts';
import { someProvenance } from '../formats/random-history.ts';

const text = (of: unknown) => new TextEncoder().encode(typeof of === 'string' ? of : JSON.stringify(of));
const provenance = text(someProvenance(60, ['grazers'], 1, 4));
const snapshot = Uint8Array.of(1, 2, 3);
const checkpoint = new Uint8Array(Buffer.concat(sealedChunks(checkpointMagic, pack({ tick: 5, snapshot }))));
it('the run of a folder is found where it is least deep', () => {
  expect(folderOfRun(['provenance.json', 'snapshots/checkpoint.upslope'])).toBe('');
  expect(folderOfRun(['runs/first/organisms.parquet', 'runs/first/provenance.json'])).toBe('runs/first/');
  expect(folderOfRun(['twin/provenance.json', 'this-world/provenance.json'])).toBe('this-world/');
  expect(() => folderOfRun(['a/provenance.json', 'b/provenance.json'])).toThrow('it holds 2 runs; take the folder of one');
  expect(() => folderOfRun(['this-world/provenance.json', 'b/provenance.json'])).toThrow('it holds 2 runs');
  expect(() => folderOfRun(['my-provenance.json.txt'])).toThrow(
    'it holds no run: none of checkpoint.upslope, branch.upslope, provenance.json',
  );
});

it('an unfinished run has its checkpoint, a branch its state, any other its provenance', () => {
  const found = (...paths: string[]) => fileOfRun(paths).path;
  expect(found('provenance.json', 'checkpoint.upslope', 'x/checkpoint.upslope')).toBe('checkpoint.upslope');
  expect(found('x/provenance.json', 'x/branch.upslope')).toBe('x/branch.upslope');
  expect(found('provenance.json', 'organisms.parquet')).toBe('provenance.json');
  expect(readLeftRun('checkpoint', checkpoint)).toEqual({ from: 'checkpoint', state: snapshot.buffer });
  expect(readLeftRun('branch', checkpoint.subarray(3, 5))).toEqual({ from: 'branch', state: checkpoint.slice(3, 5).buffer });
  expect(readLeftRun('provenance', provenance)).toMatchObject({ from: 'provenance', recorded: { ticks: 60, seed: '7' } });
  // Not copied where it need not be.
  expect(readLeftRun('branch', snapshot)).toMatchObject({ state: expect.toSatisfy((state) => state === snapshot.buffer) });
});

it('copies of files and names in capitals are found where there is no other', () => {
  expect(fileOfRun(['checkpoint (1).upslope'])).toMatchObject({ from: 'checkpoint', path: 'checkpoint (1).upslope' });
  expect(fileOfRun(['a/Provenance(2).JSON'])).toMatchObject({ from: 'provenance', path: 'a/Provenance(2).JSON' });
  expect(fileOfRun(['checkpoint (1).upslope', 'provenance.json']).path).toBe('provenance.json');
  expect(() => fileOfRun(['branch (1).upslope', 'branch (2).upslope'])).toThrow('it holds 2 copies of branch.upslope; take one');
});

it('files that are too large are refused', () => {
  const most = 1 << 28;
  checkLeftSize('checkpoint', most);
  expect(() => checkLeftSize('checkpoint', most + 1)).toThrow(
    'its checkpoint has more than 256 MB; open it with: upslope serve RUN',
  );
});

it('damaged files are refused in one line', () => {
  const damaged = 'checkpoint.upslope is damaged; use another copy';
  for (const file of [text('nothing'), checkpoint.subarray(0, 20), text(checkpointMagic)]) {
    expect(() => readLeftRun('checkpoint', file)).toThrow(damaged);
  }
  expect(() => readLeftRun('provenance', text('{'))).toThrow(/^provenance\.json: .*the file is cut off/);
  expect(() => readLeftRun('provenance', text({ schema_version: 1 }))).toThrow(/^provenance\.json/);
});

it('of an archive only the file that opens the run is unpacked', () => {
  const files = {
    'run/provenance.json': provenance,
    'run/organisms.parquet': new Uint8Array(1000),
    // Would not be read.
    'run/more/checkpoint.upslope': new Uint8Array(1000),
  };
  const archive = zipSync(files, { level: 0 });
  expect(readArchivedRun(archive)).toMatchObject({ from: 'provenance', recorded: { ticks: 60 } });
  expect(() => readArchivedRun(text('no archive'))).toThrow('not a ZIP archive, or a damaged one');
  expect(() => readArchivedRun(archive.subarray(0, 300))).toThrow('not a ZIP archive, or a damaged one');
  expect(() => readArchivedRun(zipSync({ a: provenance }))).toThrow('it holds no run');
  expect(() => readArchivedRun(zipSync({ 'a/provenance.json': provenance, 'b/provenance.json': provenance }))).toThrow(
    'it holds 2 runs',
  );
  // Nine megabytes of zeros are nine kilobytes of archive.
  expect(() => readArchivedRun(zipSync({ 'provenance.json': new Uint8Array(9 * 2 ** 20) }))).toThrow(
    'its provenance has more than 8 MB',
  );
});
