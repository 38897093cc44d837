import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseScene } from '../../../src/scene/parse.ts';
import { Run } from '../../../src/worker/live-run.ts';
import { readEntry, type SavedRun, writeEntry } from '../../../src/worker/notebook/entry.ts';
import { readNotebookFile, writeNotebookFile } from '../../../src/worker/notebook/notebook-file.ts';
import { takeUp } from '../../../src/worker/notebook/take-up.ts';
import { tinyScene } from '../experiment/small-plan.ts';

const text = {
  id: 'one',
  kind: 'moment',
  name: 'a moment',
  title: 'Tiny',
  seed: 'seed',
  tick: 40,
  living: 0,
  playing: false,
  savedAt: 1_700_000_000_000,
} as const;

function saved(): { run: Run; saved: SavedRun } {
  const run = Run.found(parseScene(tinyScene, 'tiny'), 'seed', [
    { at: 20, path: 'populations.grazers.mechanisms.mutation.deviation', value: 0.2 },
    { at: 60, path: 'populations.grazers.mechanisms.mutation.deviation', value: 0.1 },
  ]);
  for (let tick = 0; tick < 40; tick++) run.step();
  return { run, saved: { scene: tinyScene, firstSeed: 'seed', began: 0, course: run.changes.course(), kept: run.keep() } };
}

describe('an entry of the notebook', () => {
  it('goes on as the run that it was kept of, to the bit, changes to come included', () => {
    const { run, saved: kept } = saved();
    const read = readEntry(writeEntry(text, kept));
    expect(read.text).toMatchObject(text);
    const again = takeUp(read.run);
    for (let tick = 0; tick < 40; tick++) {
      run.step();
      again.step();
    }
    expect(again.world.tick).toBe(80);
    expect(again.world.hash()).toBe(run.world.hash());
    expect(again.changes.made()).toEqual(run.changes.made());
    expect(again.accounts).toEqual(run.accounts);
    run.dispose();
    again.dispose();
  });

  it('is refused when it is cut off, damaged anywhere, of a later format, or something else', () => {
    const { run, saved: kept } = saved();
    run.dispose();
    const bytes = writeEntry(text, kept);
    expect(() => readEntry(bytes.subarray(0, bytes.length / 2))).toThrow(/^it is damaged/);
    expect(() => readEntry(new Uint8Array(3))).toThrow(/^it is damaged or not an entry/);
    for (const at of [40, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const damaged = bytes.slice();
      damaged[at] ^= 1;
      expect(() => readEntry(damaged)).toThrow(/^it (is|was) /);
    }
    const words = new TextDecoder('latin1').decode(bytes).indexOf('["format",1]');
    const later = bytes.slice();
    later[words + '["format",'.length] = '9'.charCodeAt(0);
    expect(() => readEntry(later)).toThrow(
      'it was written by a later version (format 9, this one reads up to 1); use that version',
    );
  });

  it('travels in files with others, under the name that it has now', () => {
    const { run, saved: kept } = saved();
    run.dispose();
    const bytes = writeEntry(text, kept);
    const genome = { ploidy: 1 as const, names: ['a', 'b'], values: [0.5, -1] };
    const organism = { organism: 7, population: 'Foragers', scene: 'Meadow', seed: '1', tick: 3, traits: [], genome };
    const frozen = [{ id: 'x', name: 'a friend', savedAt: 1, organism }];
    const both = [
      { name: 'first', bytes },
      { name: 'second', bytes },
    ];
    const bytesOf = (chunks: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(chunks));
    const file = bytesOf(writeNotebookFile({ entries: both, frozen }));
    const { entries, frozen: thawed } = readNotebookFile(file);
    expect(thawed).toEqual(frozen);
    const odd = [{ ...frozen[0], organism: { ...organism, genome: { ...genome, values: [1] } } }];
    const half = readNotebookFile(bytesOf(writeNotebookFile({ entries: both, frozen: [...odd, ...frozen, 1n] })));
    expect(half.entries).toHaveLength(2);
    expect(half.frozen).toEqual(frozen);
    expect(half.refused).toEqual([
      'organism 1 of the freezer: it is damaged: organism.genome.values has 1 items and should have 2; use another copy',
      'organism 3 of the freezer: it is damaged: it is not an object; use another copy',
    ]);
    expect(entries.map(({ name }) => name)).toEqual(['first', 'second']);
    expect(entries[1].bytes).toEqual(bytes);
    expect(() => readNotebookFile(bytes)).toThrow('it is damaged or not a notebook; give a file that the notebook wrote');
    expect(() => readNotebookFile(file.subarray(0, 100))).toThrow(/^it is damaged or not a notebook/);
  });
});

// A file of every version that was ever written: the page must be able to read them all.
it.each([1])('a notebook of format %i can be read and gone on with', (format) => {
  const path = join(import.meta.dirname, `../../fixtures/notebook-${format}.upslope-notebook`);
  expect(existsSync(path)).toBe(true);
  const { entries, frozen } = readNotebookFile(new Uint8Array(readFileSync(path)));
  expect(frozen).toEqual([]);
  const [{ name, bytes }] = entries;
  expect(name).toBe('a moment');
  const { run } = readEntry(bytes);
  const world = takeUp(run);
  expect(world.world.tick).toBe(40);
  expect(world.step()).toBe(true);
  world.dispose();
});
