import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeFiles } from '../../../src/cli/files.ts';
import { newOwner, ownerName } from '../../../src/cli/ownership/owner.ts';
import { performTask } from '../../../src/cli/sweep/perform-task.ts';
import { inThread, type Performer } from '../../../src/cli/sweep/performer.ts';
import { software } from '../../../src/export/index.ts';
import { hashBytes } from '../../../src/math/hash.ts';
import { call, fakeProcesses } from '../cli/test-io.ts';
import { smallPlan, sweepOf, tinyScene } from '../experiment/small-plan.ts';
import { processIo, SweepPlace } from './sweep-place.ts';

/** The same result as another version of the program would have written it. */
function ofVersion(bytes: Buffer, version: string): Uint8Array {
  const head = 24;
  const text = bytes.toString('latin1', head).replace(`["software","${software.version}"]`, `["software","${version}"]`);
  const payload = Buffer.from(text, 'latin1');
  const whole = Buffer.concat([bytes.subarray(0, head), payload]);
  const [low, high] = hashBytes(payload);
  whole.writeUInt32LE(low, head - 8);
  whole.writeUInt32LE(high, head - 4);
  return whole;
}

let place: SweepPlace;
beforeAll(() => {
  place = new SweepPlace();
});
afterAll(() => place.remove());

const ids = sweepOf(smallPlan).runs.map(({ id }) => id);
const results = (folder: string) => place.names(folder, 'results');
const expectWhole = (folder: string) => {
  expect(results(folder)).toEqual(ids.map((id) => `${id}.run`).sort());
  expect(place.names(folder, 'claims')).toEqual([]);
};

/** Makes as many runs as it is told, then everything at once ends without another word, as if killed. */
const killedAfter = (count: number): Performer => {
  let left = count;
  return {
    ...inThread,
    perform: (task) => (left-- > 0 ? inThread.perform(task) : new Promise(() => {})),
  };
};

/** A process that is killed: it claims and publishes until it has made so many runs, and leaves all as it is. */
async function killed(folder: string, count: number, io = processIo()): Promise<void> {
  const performer = killedAfter(count);
  void place.sweep(place.plan, { out: place.at(folder) }, io, performer);
  for (let i = 0; i < 500 && readdirSync(place.at(folder, 'results')).length < count; i++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
}

test('makes every run once, and a second call makes none', async () => {
  const first = await place.sweep(place.plan, { out: place.at('whole') });
  expect(first).toMatchObject({ status: 0, out: '12 of 12 runs done\n' });
  expectWhole('whole');
  const bytes = place.read('whole', 'results', `${ids[5]}.run`);
  const again = await place.sweep(place.at('whole'), {}, processIo(), {
    ...inThread,
    perform: () => Promise.reject(new Error('made anew')),
  });
  expect(again).toMatchObject({ status: 0, out: '12 of 12 runs done\n' });
  expect(again.err).not.toContain(' runs, about');
  expect(place.read('whole', 'results', `${ids[5]}.run`)).toEqual(bytes);
});

test('the folder is enough to go on, and a result depends on its run alone', async () => {
  await place.sweep(place.plan, { out: place.at('part'), shard: { index: 2, count: 3 } });
  expect(results('part')).toHaveLength(4);
  rmSync(place.plan.replace('plan.json', 'nothing'), { force: true });
  expect((await place.sweep(place.at('part'), {})).status).toBe(0);
  expectWhole('part');
  for (const id of ids) {
    expect(place.read('part', 'results', `${id}.run`)).toEqual(place.read('whole', 'results', `${id}.run`));
  }
});

test('flags make the same plan as a file', async () => {
  writeFileSync(place.at('tiny.json'), JSON.stringify(tinyScene));
  const vary = [
    { path: 'habitat.grass.regrowth', values: [0.01, 0.03] },
    { path: 'populations.grazers.mechanisms.mutation.on', values: [true, false] },
  ];
  const flags = { scene: place.at('tiny.json'), vary, seeds: '1..3', every: 20, out: place.at('whole') };
  expect(await place.sweep(undefined, flags)).toMatchObject({ status: 0, out: '12 of 12 runs done\n' });
});

describe('processes that end', () => {
  const sameHost = { processes: fakeProcesses('gone', 5) };

  test('of one that was killed on this machine, its runs are taken over at once', async () => {
    await killed('killed', 5);
    expect(results('killed').filter((name) => name.endsWith('.run'))).toHaveLength(5);
    expect(place.names('killed', 'claims').length).toBeGreaterThan(0);
    expect((await place.sweep(place.at('killed'), { status: true }, processIo(sameHost))).out).toMatch(
      /done +5 .*\n.*\nstale +[12] /,
    );
    expect((await place.sweep(place.at('killed'), {}, processIo(sameHost))).status).toBe(0);
    expectWhole('killed');
  });

  test('of one that fell silent elsewhere, when it was seen to be silent for a lease', async () => {
    await killed('silent', 5);
    const claims = place.names('silent', 'claims');
    for (const name of claims) writeFileSync(place.at('silent', 'claims', name), '77-0123abcd-elsewhere');
    // What the clock of another machine says does not count.
    for (const name of claims) utimesSync(place.at('silent', 'claims', name), new Date(0), new Date(0));
    const start = performance.now();
    const waiting = await place.sweep(place.at('silent'), { lease: 2 });
    expect(waiting.status).toBe(0);
    expect(performance.now() - start).toBeGreaterThan(1900);
    expectWhole('silent');
  });

  test('of one that seems to be silent, its claims are told as stale', async () => {
    await killed('stale', 3);
    for (const name of place.names('stale', 'claims')) {
      utimesSync(place.at('stale', 'claims', name), new Date(Date.now() - 400_000), new Date(Date.now() - 400_000));
    }
    expect((await place.sweep(place.at('stale'), { status: true })).out).toMatch(/stale +[12] /);
  });

  test('what they left half written is taken away', async () => {
    mkdirSync(place.at('left', 'results'), { recursive: true });
    const by = ownerName(newOwner(processIo()));
    writeFileSync(place.at('left', 'results', `.${ids[0]}.run.${by}.tmp`), 'half');
    await place.sweep(place.plan, { out: place.at('left') }, processIo(sameHost));
    expectWhole('left');
  });

  test('one that is asked to stop gives back what it has begun', async () => {
    const io = processIo();
    const stopping: Performer = {
      capacity: 2,
      perform: (task) => {
        if (task.run.seed === '2') setImmediate(() => io.stop('SIGINT'));
        return task.run.seed === '2' ? new Promise(() => {}) : inThread.perform(task);
      },
      close: async () => {},
    };
    const outcome = await place.sweep(place.plan, { out: place.at('stopped') }, io, stopping);
    expect(outcome.status).toBe(130);
    expect(outcome.err).toMatch(/stopped with \d+ of 12 runs done; continue with: upslope sweep \S+stopped\n$/);
    expect(place.names('stopped', 'claims')).toEqual([]);
    expect((await place.sweep(place.at('stopped'), {})).status).toBe(0);
    expectWhole('stopped');
  });
});

test('two processes at once share the runs and publish each once', async () => {
  const made: string[] = [];
  const counting: Performer = {
    capacity: 2,
    async perform(task) {
      await new Promise((resolve) => setTimeout(resolve, 3));
      const outcome = await performTask(task);
      if (outcome.kind === 'done' && outcome.first) made.push(task.run.id);
      return outcome;
    },
    close: async () => {},
  };
  const both = [1, 2].map(() => place.sweep(place.plan, { out: place.at('both') }, processIo(), counting));
  for (const { status } of await Promise.all(both)) expect(status).toBe(0);
  expect(made.toSorted()).toEqual(ids.toSorted());
  expectWhole('both');
});

test('a copy that lacks the folders that were empty is gone on with', async () => {
  await place.sweep(place.plan, { out: place.at('copy'), shard: { index: 1, count: 2 } });
  rmSync(place.at('copy', 'claims'), { recursive: true });
  expect((await place.sweep(place.at('copy'), { status: true })).out).toMatch(/done +6 /);
  expect((await place.sweep(place.at('copy'), {})).status).toBe(0);
  expectWhole('copy');
});

test('a run that fails is put down, told, and made again with --retry', async () => {
  const failing: Performer = {
    ...inThread,
    perform: async (task) =>
      task.run.id === ids[3] ? { kind: 'failed', message: 'no memory for\nthis world' } : inThread.perform(task),
  };
  const first = await place.sweep(place.plan, { out: place.at('failed') }, processIo(), failing);
  expect(first).toMatchObject({ status: 1, out: '11 of 12 runs done, 1 failed\n' });
  expect(first.err).toContain(
    'seed 1, habitat.grass.regrowth 0.01, populations.grazers.mechanisms.mutation.on false failed: no memory for this world\n',
  );
  const still = await place.sweep(place.at('failed'), {});
  expect(still.err).not.toContain(' runs, about');
  expect((await place.sweep(place.at('failed'), { status: true })).out).toMatch(/done +11 .*\n.*\n.*\nfailed +1 /);
  expect((await place.sweep(place.at('failed'), { retry: true })).status).toBe(0);
  expectWhole('failed');
});

test('a thread that breaks down fails its run alone', async () => {
  const breaking: Performer = {
    ...inThread,
    perform: (task) => (task.run.id === ids[3] ? Promise.reject(new Error('out of memory')) : inThread.perform(task)),
  };
  const { status, err } = await place.sweep(place.plan, { out: place.at('broken') }, processIo(), breaking);
  expect(status).toBe(1);
  expect(err).toContain('its thread ended: out of memory');
});

test('a full disk stops the sweep in one line, and nothing that was published is lost', async () => {
  let left = 6;
  const full: typeof nodeFiles = {
    ...nodeFiles,
    writeSync: ((...args: Parameters<typeof nodeFiles.writeSync>) => {
      if (left-- > 0) return nodeFiles.writeSync(...args);
      throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', syscall: 'write' });
    }) as typeof nodeFiles.writeSync,
  };
  const performer: Performer = { ...inThread, perform: (task) => performTask(task, full) };
  const work = place.sweep(place.plan, { out: place.at('full') }, processIo(), performer);
  await expect(work).rejects.toThrow(/^cannot write \S+\.run: the disk is full; correct this and give the same command again/);
  expect(results('full')).toHaveLength(3);
  expect(place.names('full', 'claims')).toEqual([]);
  expect((await place.sweep(place.at('full'), {})).status).toBe(0);
  expectWhole('full');
});

describe('one line that says what, where and what to do', () => {
  const line = async (args: readonly string[], what: RegExp) => {
    const { status, err, out } = await call(['sweep', ...args]);
    expect(status).toBe(2);
    expect(err).toMatch(/^upslope: [^\n]+\n$/);
    expect(err).toMatch(what);
    expect(out).toBe('');
  };

  test('flags', async () => {
    const scene = place.at('tiny.json');
    writeFileSync(scene, JSON.stringify(tinyScene));
    const out = place.at('never');
    await line([], /plan is missing/);
    await line(['--scene', scene, '--out', out], /--seeds is missing/);
    await line(['--seeds', '1..3', '--out', out], /--scene is missing/);
    await line(['--scene', scene, '--seeds', '1..3'], /--out is missing/);
    await line(['--scene', scene, '--seeds', '3..1', '--out', out], /backwards/);
    await line(['--scene', 'nowhere', '--seeds', '1', '--out', out], /no scene 'nowhere'/);
    await line(['--scene', scene, '--seeds', '1', '--vary', 'habitat.grass.regrowth', '--out', out], /path=a,b,c/);
    await line(
      ['--scene', scene, '--seeds', '1', '--vary', 'habitat.grass.regrowth=0.1,7', '--out', out],
      /flags: vary.*7 is too large/,
    );
    await line(['--scene', scene, '--seeds', '1', '--vary', 'habitat.gras=1', '--out', out], /habitat.grass/);
    await line(['--scene', scene, '--seeds', '1', '--vary', 'ticks=1,2', '--vary', 'ticks=3', '--out', out], /already varies/);
    await line([place.plan, '--seeds', '1', '--out', out], /leave one of them out/);
    await line([place.plan], /--out is missing/);
    await line([place.plan, '--out', out, '--shard', '3/2'], /i\/n/);
    await line([place.plan, '--out', out, '--keep', 'organism'], /organisms/);
    await line([place.at('nowhere.json'), '--out', out], /cannot read \S+nowhere.json/);
    await line([place.path, '--out', out], /is a directory/);
    await line(
      [place.plan, '--out', place.at('tiny.json', 'x')],
      /cannot \S+ .*tiny.json.x: a part of the path is not a directory/,
    );
    expect(place.names()).not.toContain('never');
  });

  test('folders', async () => {
    await line([place.plan, '--out', place.path], /is not empty/);
    writeFileSync(place.at('other.json'), JSON.stringify({ ...smallPlan, every: 30 }));
    await line([place.at('other.json'), '--out', place.at('whole')], /another plan/);
    await line([place.at('whole'), '--out', place.at('whole')], /leave out --out/);
    mkdirSync(place.at('older'));
    const plan = JSON.parse(readFileSync(place.at('whole', 'sweep.json'), 'utf8'));
    writeFileSync(place.at('older', 'sweep.json'), JSON.stringify({ ...plan, software: { name: 'upslope', version: '0.0.1' } }));
    await line([place.at('older')], /begun by version 0.0.1, this is/);
    writeFileSync(place.at('older', 'sweep.json'), '{"version": 1');
    await line([place.at('older')], /ends in the middle of the plan/);
    writeFileSync(place.at('older', 'sweep.json'), '');
    await line([place.at('older')], /is empty/);
    rmSync(place.at('older'), { recursive: true });
    mkdirSync(place.at('older', 'sweep.json'), { recursive: true });
    await line([place.at('older')], /cannot read \S+sweep.json: it is a directory/);
    writeFileSync(place.at('older', 'results'), '');
    await line([place.plan, '--out', place.at('older', 'results')], /a part of the path is not a directory/);
  });

  test('plans', async () => {
    const refused = async (part: Record<string, unknown>, what: RegExp) => {
      writeFileSync(place.at('wrong.json'), JSON.stringify({ ...smallPlan, ...part }));
      await line([place.at('wrong.json'), '--out', place.at('never')], what);
      expect(place.names()).not.toContain('never');
    };
    const regrowth = 'habitat.grass.regrowth';
    await refused(
      { vary: { 'habitat.gras.regrowth': [1] } },
      /wrong.json: vary: .*unknown key 'gras'.*did you mean habitat.grass/,
    );
    await refused({ set: { 'populations.wolves.founders': 3 } }, /wrong.json: set: .*unknown population 'wolves'/);
    await refused({ vary: { habitat: [1] } }, /habitat: is a group of parameters/);
    await refused({ vary: { [regrowth]: [0.01, 7] } }, /7 is too large; give a number from 0 to 1/);
    await refused({ vary: { [regrowth]: [] } }, /has 0 entries; give a list/);
    await refused({ vary: { [regrowth]: { from: 0, to: 1 } } }, /give a list/);
    await refused({ vary: { 'populations.grazers.founders': [10, 200] } }, /200 are more than the capacity, 100/);
    await refused({ seeds: '5..1' }, /goes backwards/);
    await refused({ seeds: '1..100001' }, /are 100001 seeds; give at most 100000/);
    await refused({ seeds: '1..100000' }, /the plan has 400000 runs; give at most 100000/);
    await refused({ changes: [{ at: 500, path: regrowth, value: 0.1 }] }, /at tick 500 would have no effect/);
    await refused({ version: 2 }, /version: 2 is not allowed here; give 1/);
    await refused({ vari: {} }, /unknown key 'vari'; did you mean 'vary'/);
  });
});

describe('--collect', () => {
  test('gives the same bytes whoever made the runs, and works while the sweep goes on', async () => {
    for (const folder of ['whole', 'part']) {
      const { status, out } = await place.sweep(place.at(folder), { collect: true });
      expect(status).toBe(0);
      expect(out).toMatch(/^12 of 12 runs collected: \S+collected, \d+ figures\n$/);
    }
    const signed = await call(['validate', place.at('whole')]);
    expect(signed).toMatchObject({ status: 0, out: expect.stringMatching(/: whole, 13 files as they were written/) });
    const names = place.names('whole', 'collected');
    expect(names).toEqual(['figures', 'manifest.json', 'means.parquet', 'probes.parquet', 'provenance.json', 'summary.parquet']);
    expect(place.names('part', 'collected')).toEqual(names);
    for (const name of names.slice(1)) {
      expect(place.read('part', 'collected', name)).toEqual(place.read('whole', 'collected', name));
    }
    for (const name of place.names('whole', 'collected', 'figures')) {
      expect(place.read('part', 'collected', 'figures', name)).toEqual(place.read('whole', 'collected', 'figures', name));
    }
    await place.sweep(place.plan, { out: place.at('begun'), shard: { index: 1, count: 4 } });
    const checked = await call(['validate', place.at('whole', 'collected')]);
    expect(checked).toMatchObject({ status: 0, err: '' });
    for (const name of ['probes', 'summary', 'means']) expect(checked.out).toContain(`${name}.parquet: valid Parquet`);
    expect(checked.out).toContain('provenance.json: valid provenance of a sweep, 12 of 12 runs');
    expect((await place.sweep(place.at('begun'), { collect: true })).out).toMatch(/^3 of 12 runs collected/);
    await place.sweep(place.at('begun'), {});
    await place.sweep(place.at('begun'), { collect: true });
    expect(place.read('begun', 'collected', 'means.parquet')).toEqual(place.read('whole', 'collected', 'means.parquet'));
  });

  test('refuses a damaged result in one line and leaves what was collected before', async () => {
    const path = place.at('begun', 'results', `${ids[4]}.run`);
    const bytes = readFileSync(path);
    const before = place.read('begun', 'collected', 'probes.parquet');
    writeFileSync(path, bytes.subarray(0, 1000));
    await expect(place.sweep(place.at('begun'), { collect: true })).rejects.toThrow(
      /\.run is cut off or damaged; remove it and run/,
    );
    expect(place.names('begun', 'collected')).toEqual(place.names('whole', 'collected'));
    expect(place.read('begun', 'collected', 'probes.parquet')).toEqual(before);
    rmSync(path);
    expect((await place.sweep(place.at('begun'), {})).err).toContain(': 1 run, about');
    expect(readFileSync(path)).toEqual(bytes);
  });

  test('refuses a result of another version, and one of another run, in one line', async () => {
    const path = place.at('begun', 'results', `${ids[4]}.run`);
    const bytes = readFileSync(path);
    writeFileSync(path, ofVersion(bytes, '0.0.1'));
    await expect(place.sweep(place.at('begun'), { collect: true })).rejects.toThrow(
      /\.run was written by version 0\.0\.1 and this is \S+; remove it and run the sweep again, which makes only that run$/,
    );
    writeFileSync(path, place.read('begun', 'results', `${ids[5]}.run`));
    await expect(place.sweep(place.at('begun'), { collect: true })).rejects.toThrow(/is the result of another run, /);
    rmSync(path);
    expect((await place.sweep(place.at('begun'), {})).err).toContain(': 1 run, about');
    expect(readFileSync(path)).toEqual(bytes);
  });

  test('of nothing is refused', async () => {
    const { sweep, folder } = { sweep: place.plan, folder: place.at('empty') };
    await expect(place.sweep(sweep, { out: folder, collect: true })).rejects.toThrow(/no run is finished yet/);
  });
});
