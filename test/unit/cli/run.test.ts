import { existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Files } from '../../../src/cli/files.ts';
import { nodeFiles } from '../../../src/cli/files.ts';
import { newOwner, writeLockRecord } from '../../../src/cli/ownership/owner.ts';
import { call, fakeProcesses, finishedFiles, type Outcome, smallScene, type TestIo, testIo, Workplace } from './test-io.ts';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

const tables = finishedFiles.filter((name) => name.endsWith('.parquet'));

/** A run that nothing interrupts, as the measure for those that are. */
async function wholeRun(...more: string[]) {
  const outcome = await call(['run', place.scene, '--seed', '7', '--out', place.at('whole'), '--every', '20', ...more]);
  expect(outcome.status, outcome.err).toBe(0);
  return { hash: place.json('whole', 'provenance.json').hash as string };
}

function expectSameFiles(directory: string, names = tables): void {
  for (const name of names) {
    expect(Buffer.compare(place.read(directory, name), place.read('whole', name)), `${directory}/${name}`).toBe(0);
  }
}

/** A process that is asked to stop at its n-th breath. */
function stoppedAfter(breath: number): TestIo {
  let breaths = 0;
  const io = testIo({
    now: () => 0,
    breathe: async () => {
      if (++breaths === breath) io.stop('SIGINT');
    },
  });
  return io;
}

const oneLine = /^upslope: [^\n]+\n$/;

describe('a run', () => {
  test('writes its files whole, and nothing else', async () => {
    const { hash } = await wholeRun();
    expect(place.names('whole')).toEqual(finishedFiles);
    expect(hash).toMatch(/^[0-9a-f]{16}$/);
    const summary = place.json('whole', 'summary.json');
    expect(summary).toMatchObject({ scene: 'small', seed: '7', ticks: 300, ticks_asked: 300, extinct: false, hash });
    const rows = summary.rows as Record<string, number>;
    for (const name of tables) {
      const buffer = new Uint8Array(place.read('whole', name)).buffer;
      const objects = await parquetReadObjects({ file: buffer });
      expect(objects.length, name).toBe(rows[name.replace('.parquet', '')]);
      expect(objects.length, name).toBeGreaterThan(0);
    }
    expect(place.json('whole', 'provenance.json')).toMatchObject({
      schema_version: 1,
      seed: '7',
      seed_generated: false,
      ticks: 300,
      changes: [],
    });
  });

  test('the same seed makes the same files, another seed others; a seed that nobody gave is recorded', async () => {
    await wholeRun();
    await call(['run', place.scene, '--seed', '7', '--out', place.at('again'), '--every', '20']);
    expectSameFiles('again');
    const { err } = await call(['run', place.scene, '--out', place.at('other'), '--every', '20']);
    expect(Buffer.compare(place.read('other', 'organisms.parquet'), place.read('whole', 'organisms.parquet'))).not.toBe(0);
    const provenance = place.json('other', 'provenance.json');
    expect(provenance.seed_generated).toBe(true);
    expect(err).toContain(`generated seed ${provenance.seed}`);
  });

  test('--set before tick 0 is the same as in the scene file, fixed parameters included', async () => {
    const scene = structuredClone(smallScene);
    scene.populations.grazers.founders = 40;
    scene.populations.grazers.life.span = 90;
    scene.habitat.grass.pattern = 'gradient';
    writeFileSync(place.scene, JSON.stringify(scene));
    const { hash } = await wholeRun();
    writeFileSync(place.scene, JSON.stringify(smallScene));
    const sets = ['populations.grazers.founders=40', 'populations.grazers.life.span=90', 'habitat.grass.pattern=gradient'];
    await call(['run', place.scene, '--seed', '7', '--out', place.at('set'), ...sets.flatMap((set) => ['--set', set])]);
    expect(place.json('set', 'provenance.json').hash).toBe(hash);
  });

  test('--at changes a live parameter at its tick and is in the provenance', async () => {
    const { hash } = await wholeRun();
    const at = ['--at', '100:habitat.grass.regrowth=0.02', '--at', '50:populations.grazers.mechanisms.mutation.on=false'];
    await call(['run', place.scene, '--seed', '7', '--out', place.at('at'), ...at]);
    const provenance = place.json('at', 'provenance.json');
    expect(provenance.hash).not.toBe(hash);
    expect(provenance.changes).toEqual([
      { tick: 100, parameter: 'habitat.grass.regrowth', value: 0.02 },
      { tick: 50, parameter: 'populations.grazers.mechanisms.mutation.on', value: false },
    ]);
    const replayed = await call(['replay', place.at('at', 'provenance.json')]);
    expect(replayed.status, replayed.err).toBe(0);
    expect(replayed.out).toContain(provenance.hash);
  });

  test('how it is recorded does not touch the world', async () => {
    const { hash } = await wholeRun();
    await call([
      'run',
      place.scene,
      '--seed',
      '7',
      '--out',
      place.at('b'),
      '--every',
      '7',
      '--csv',
      '--genomes',
      'none',
      '--checkpoint',
      '14',
    ]);
    expect(place.json('b', 'provenance.json').hash).toBe(hash);
    expect(place.names('b')).toEqual([...finishedFiles, ...tables.map((name) => name.replace('parquet', 'csv'))].sort());
  });

  test('extinction is a result: said, exit 0, files whole', async () => {
    const outcome = await call([
      'run',
      place.scene,
      '--seed',
      '7',
      '--out',
      place.at('gone'),
      '--set',
      'habitat.grass.capacity=0',
    ]);
    expect(outcome.status).toBe(0);
    expect(outcome.out).toMatch(/Extinct after tick \d+\./);
    const summary = place.json('gone', 'summary.json') as { ticks: number; extinct: boolean; outcome: string };
    expect(summary.extinct).toBe(true);
    expect(summary.ticks).toBeLessThan(300);
    expect(summary.outcome).toContain(`tick ${summary.ticks}`);
    expect(place.names('gone')).toEqual(finishedFiles);
    const replayed = await call(['replay', place.at('gone', 'provenance.json')]);
    expect(replayed.status).toBe(0);
  });

  test('progress: plain lines without a terminal, a bar that is written over on one', async () => {
    let time = 0;
    const plain = await call(['run', place.scene, '--out', place.at('a')], testIo({ now: () => (time += 700) }));
    expect(plain.err).toMatch(/^tick \d+ of 300, \d+ organisms, [\d.]+ ticks\/s, \d+ (s|min \d+ s) left$/m);
    expect(plain.err).not.toContain('\r');
    const bar = await call(
      ['run', place.scene, '--out', place.at('b')],
      testIo({ now: () => (time += 700), terminal: true, columns: () => 100 }),
    );
    expect(bar.err).toMatch(/\r\u001b\[K\[=* *\] tick \d+ of 300/);
    const narrow = await call(
      ['run', place.scene, '--out', place.at('c')],
      testIo({ now: () => (time += 700), terminal: true, columns: () => 20 }),
    );
    for (const line of narrow.err.split('\r\u001b[K').slice(1, -1)) expect(line.length).toBeLessThan(20);
  });
});

describe('stopping and going on', () => {
  /** Starts a run and stops it once `when` ticks are made. */
  async function stopped(directory: string, when: number, signals = 1, ...more: string[]) {
    let breaths = 0;
    const io = testIo({
      now: () => 0,
      breathe: async () => {
        breaths++;
        if (breaths === when) for (let i = 0; i < signals; i++) io.stop('SIGINT');
      },
    });
    return call(['run', place.scene, '--seed', '7', '--out', place.at(directory), '--every', '20', ...more], io);
  }

  test('Ctrl-C makes a checkpoint, says how to go on, exits 130; the end is the same to the byte', async () => {
    const { hash } = await wholeRun('--csv');
    const csv = tables.map((name) => name.replace('parquet', 'csv'));
    const outcome = await stopped('cut', 3, 1, '--csv');
    expect(outcome.status).toBe(130);
    expect(outcome.err).toContain(`continue with: upslope run --resume --out ${place.at('cut')}`);
    expect(place.names('cut')).toContain('checkpoint.upslope');
    expect(place.names('cut').filter((name) => name.endsWith('.parquet'))).toEqual([]);
    const resumed = await call(['run', '--resume', '--out', place.at('cut')]);
    expect(resumed.status, resumed.err).toBe(0);
    expect(resumed.err).toMatch(/continuing from tick (20|40|60)/);
    expect(place.json('cut', 'provenance.json').hash).toBe(hash);
    expectSameFiles('cut', [...tables, ...csv]);
    const { seconds: _, ...summary } = place.json('cut', 'summary.json');
    const { seconds: __, ...measure } = place.json('whole', 'summary.json');
    expect(summary).toEqual(measure);
  });

  test('a second Ctrl-C stops at once and keeps the checkpoint before', async () => {
    await wholeRun();
    const outcome = await stopped('cut', 2, 2);
    expect(outcome.status).toBe(130);
    expect(outcome.err).toContain('without a new checkpoint');
    const resumed = await call(['run', place.scene, '--resume', '--seed', '7', '--out', place.at('cut')]);
    expect(resumed.status, resumed.err).toBe(0);
    expectSameFiles('cut');
  });

  test('stopped again and again, with changes on the way', async () => {
    const changes = ['--at', '70:habitat.grass.regrowth=0.01', '--set', 'populations.grazers.life.accident=0.001'];
    await wholeRun(...changes);
    await stopped('cut', 1, 1, ...changes);
    for (let i = 0; i < 40 && existsSync(place.at('cut', 'checkpoint.upslope')); i++) {
      let breaths = 0;
      const io = testIo({
        breathe: async () => {
          if (breaths++ === i % 5) io.stop('SIGTERM');
        },
      });
      const { status } = await call(['run', '--resume', '--out', place.at('cut')], io);
      expect([0, 143]).toContain(status);
    }
    expectSameFiles('cut');
  });

  test('flags that contradict the run are refused by name, and the run is left as it was', async () => {
    await stopped('cut', 3);
    const before = place.names('cut').map((name) => place.read('cut', name).toString('base64'));
    const contradictions = [
      ['--seed', '8'],
      ['--every', '10'],
      ['--genomes', 'none'],
      ['--snapshots', '30'],
      ['--csv'],
      ['--ticks', '10'],
      ['--at', '5:habitat.grass.regrowth=0.1'],
      ['--set', 'populations.grazers.founders=10'],
    ];
    for (const flags of contradictions) {
      const { status, err } = await call(['run', place.scene, '--resume', '--out', place.at('cut'), ...flags]);
      expect(status, flags.join(' ')).toBe(2);
      expect(err, flags.join(' ')).toMatch(oneLine);
    }
    expect(place.names('cut').map((name) => place.read('cut', name).toString('base64'))).toEqual(before);
  });

  test('a longer end may be given', async () => {
    await wholeRun('--ticks', '400');
    await stopped('cut', 3);
    const { status } = await call(['run', '--resume', '--ticks', '400', '--out', place.at('cut')]);
    expect(status).toBe(0);
    expectSameFiles('cut');
  });

  test('a finished run and a missing one', async () => {
    await wholeRun();
    const again = await call(['run', '--resume', '--out', place.at('whole')]);
    expect(again).toMatchObject({ status: 0, out: expect.stringContaining('finished') });
    const nothing = await call(['run', '--resume', '--out', place.at('nothing')]);
    expect(nothing.status).toBe(2);
    expect(nothing.err).toMatch(oneLine);
    const fresh = await call(['run', place.scene, '--resume', '--out', place.at('fresh')]);
    expect(fresh.status).toBe(0);
  });
});

describe('what is on the disk stays', () => {
  test('a directory that is not empty is refused, whatever is in it', async () => {
    await wholeRun();
    mkdirSync(place.at('mine'));
    writeFileSync(place.at('mine', 'notes.txt'), 'mine');
    for (const [directory, words] of [
      ['whole', 'finished run'],
      ['mine', 'not empty'],
    ]) {
      const before = place.names(directory);
      const { status, err } = await call(['run', place.scene, '--out', place.at(directory)]);
      expect(status).toBe(2);
      expect(err).toMatch(oneLine);
      expect(err).toContain(words);
      expect(place.names(directory)).toEqual(before);
    }
    const { err } = await call(['run', place.scene, '--resume', '--out', place.at('mine')]);
    expect(err).toMatch(oneLine);
    expect(place.read('mine', 'notes.txt').toString()).toBe('mine');
  });

  test('a run into which another process writes is refused', async () => {
    mkdirSync(place.at('busy'));
    const owner = newOwner(testIo({ processes: fakeProcesses('gone', 12345) }));
    writeFileSync(place.at('busy', 'upslope.lock'), writeLockRecord({ owner }));
    const busy = await call(['run', place.scene, '--out', place.at('busy')], testIo({ processes: fakeProcesses('alive') }));
    expect(busy).toMatchObject({ status: 2, err: expect.stringContaining('process 12345 on here is writing in') });
    expect(busy.err).toMatch(oneLine);
    // Its process is gone: the lock is only what a kill left.
    expect((await call(['run', place.scene, '--out', place.at('busy')])).status).toBe(0);
  });

  test('a link in the place of any of its files leads nowhere', async () => {
    await wholeRun();
    writeFileSync(place.at('mine.txt'), 'mine');
    mkdirSync(place.at('linked'));
    const link = (name: string) => symlinkSync(place.at('mine.txt'), place.at('linked', name));
    for (const name of tables) link(`${name}.partial`);
    link('checkpoint.upslope.partial');
    const run = ['run', place.scene, '--seed', '7', '--every', '20', '--out', place.at('linked')];
    const first = await call(run, stoppedAfter(3));
    expect(first.status, first.err).toBe(130);
    expect(place.read('mine.txt').toString()).toBe('mine');
    // A table that is gone on with is the one that was begun, and nothing else.
    renameSync(place.at('linked', 'organisms.parquet.partial'), place.at('organisms'));
    symlinkSync(place.at('organisms'), place.at('linked', 'organisms.parquet.partial'));
    const { length } = place.read('organisms');
    const refused = await call([...run, '--resume']);
    expect(refused.status).toBe(2);
    expect(refused.err).toMatch(/cannot open \S+organisms\.parquet\.partial: it is a symbolic link/);
    expect(place.read('organisms').length).toBe(length);
    renameSync(place.at('organisms'), place.at('linked', 'organisms.parquet.partial'));
    for (const name of ['summary.json', 'provenance.json.partial', 'probes.parquet']) link(name);
    expect((await call([...run, '--resume'])).status).toBe(0);
    expect(place.read('mine.txt').toString()).toBe('mine');
    expectSameFiles('linked');
  });

  test('a run whose owner stood still goes on in files of its own, and that owner writes no more', async () => {
    await wholeRun();
    const run = ['run', place.scene, '--seed', '7', '--every', '20', '--checkpoint', '60', '--out', place.at('frozen')];
    let second: Promise<Outcome> | undefined;
    let slept = 0;
    let breaths = 0;
    const first = testIo({
      async breathe() {
        if (++breaths !== 8) return;
        // Halted here, on a machine that others cannot look into.
        const other = testIo({ processes: fakeProcesses('unknown'), now: () => slept, sleep: async (ms) => void (slept += ms) });
        second = call(['run', '--resume', '--out', place.at('frozen')], other);
        await second;
      },
    });
    const outcome = await call(run, first);
    expect(await second).toMatchObject({ status: 0 });
    expect(slept).toBe(60_000);
    expect(outcome.status).toBe(2);
    expect(outcome.err).toMatch(/took over \S+frozen while this one was halted/);
    expect(place.names('frozen')).toEqual(finishedFiles);
    expectSameFiles('frozen');
  });

  test('a full disk: one line, exit 2, and the run goes on from the last checkpoint when there is room', async () => {
    await wholeRun();
    const whole = tables.reduce((sum, name) => sum + place.read('whole', name).length, 0);
    let refused = 0;
    for (const share of [0.01, 0.2, 0.6, 0.9, 0.999]) {
      const directory = `full ${share}`;
      let room = Math.round(whole * share) + 40_000;
      const files: Files = {
        ...nodeFiles,
        writeSync: ((descriptor: number, bytes: Uint8Array, offset: number, length: number) => {
          if (room <= 0)
            throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
          const fits = Math.max(1, Math.min(length, room));
          room -= fits;
          return nodeFiles.writeSync(descriptor, bytes, offset, fits);
        }) as Files['writeSync'],
      };
      const args = ['run', place.scene, '--seed', '7', '--every', '20', '--checkpoint', '20', '--out', place.at(directory)];
      const { status, err } = await call(args, testIo({ files }));
      if (status === 0) continue;
      refused++;
      expect(status).toBe(2);
      expect(err.split('\n').filter((line) => line.startsWith('upslope: '))).toHaveLength(1);
      expect(err).toContain('the disk is full');
      const names = readdirSync(place.at(directory));
      expect(names.filter((name) => name.endsWith('.tmp') || name === 'upslope.lock')).toEqual([]);
      const resumed = await call([...args, '--resume']);
      expect(resumed.status, resumed.err).toBe(0);
      expectSameFiles(directory);
    }
    expect(refused).toBeGreaterThanOrEqual(3);
  });

  test('a damaged checkpoint is named', async () => {
    const io = testIo({ breathe: async () => io.stop('SIGINT') });
    await call(['run', place.scene, '--out', place.at('cut'), '--every', '1'], io);
    const path = place.at('cut', 'checkpoint.upslope');
    const good = place.read('cut', 'checkpoint.upslope');
    const flipped = Buffer.from(good);
    flipped[good.length >> 1] ^= 1;
    for (const bad of [Buffer.alloc(0), good.subarray(0, 100), flipped, Buffer.from('hello')]) {
      writeFileSync(path, bad);
      const { status, err } = await call(['run', '--resume', '--out', place.at('cut')]);
      expect(status).toBe(2);
      expect(err).toMatch(oneLine);
      expect(err).toContain('damaged');
    }
    writeFileSync(path, good);
    writeFileSync(place.at('cut', 'organisms.parquet.partial'), '');
    const shorter = await call(['run', '--resume', '--out', place.at('cut')]);
    expect(shorter).toMatchObject({ status: 2, err: expect.stringMatching(oneLine) });
  });
});
