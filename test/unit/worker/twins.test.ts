import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, expect, test } from 'vitest';
import { differencesOf } from '../../../src/experiment/differences.ts';
import { expandPlan } from '../../../src/experiment/expand-plan.ts';
import { performRun, runTask } from '../../../src/experiment/perform-run.ts';
import { readPlan } from '../../../src/experiment/plan.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { frameStride } from '../../../src/worker/frame-layout.ts';
import { joinArchives } from '../../../src/worker/join-archives.ts';
import { Session } from '../../../src/worker/session.ts';
import { mostSkew } from '../../../src/worker/twins/tether.ts';

const meadow = JSON.parse(readFileSync(new URL('../../../scenes/meadow.json', import.meta.url), 'utf8'));
const small = { ...meadow, populations: { foragers: { ...meadow.populations.foragers, founders: 200 } } };
const request = { scene: small, file: 'meadow', seed: '7', changes: [] };
const mutation = 'populations.foragers.mechanisms.mutation.on';

const tied: Session[] = [];
afterEach(() => {
  for (const session of tied.splice(0)) session.twins.untie();
});

/** A world at a tick and its twin, in step. */
function twinsAt(tick: number, given: Parameters<Session['run']['load']>[0] = request): readonly [Session, Session] {
  const [first, second] = [new Session(), new Session()];
  first.run.load(given);
  if (tick > 0) first.transport.step(tick);
  first.twins.haltAtSample();
  second.twins.adopt(first.twins.hand());
  first.twins.resume();
  const { port1, port2 } = new MessageChannel();
  first.twins.tie(port1, true);
  second.twins.tie(port2, false);
  tied.push(first, second);
  return [first, second];
}

/** Plays both to a tick. */
async function play([first, second]: readonly [Session, Session], tick: number): Promise<void> {
  expect(await first.transport.runTo(tick, () => {})).toBe(true);
  await second.twins.reached(tick);
}

test.each([60, 64])(
  'a twin that is asked for at tick %i and differs in nothing has the state of its world at every look, and no difference in any measure',
  async (asked) => {
    const twins = twinsAt(asked);
    const [first, second] = twins;
    // Measures that count since their last sample begin with one.
    expect(first.run.address().tick % 10).toBe(0);
    for (let tick = 100; tick <= 400; tick += 100) {
      await play(twins, tick);
      expect(second.run.hash(), `tick ${tick}`).toBe(first.run.hash());
    }
    const { columns: all } = new Session().run.load(request);
    const columns = [...all.keys()];
    expect(second.twins.series(columns)).toEqual(first.twins.series(columns));
    expect(second.record.phylogeny()).toEqual(first.record.phylogeny());
  },
);

test('a world and its twin are the pair that `upslope compare` makes, state by state and measure by measure', async () => {
  const twins = twinsAt(60);
  const [first, second] = twins;
  second.parameters.set(mutation, false);
  const plan = {
    ...{ version: 1, name: 'compare', scene: small, seeds: ['7'], ticks: 300, every: 10 },
    vary: { [`60:${mutation}`]: [true, false] },
  };
  const sweep = expandPlan(readPlan(plan, 'plan'), () => parseScene(small, 'meadow'), 'plan');
  const headless = [true, false].map((on) => {
    const world = createSimulation(parseScene(small, 'meadow'), '7');
    world.schedule(60, mutation, on);
    return world;
  });
  for (let tick = 100; tick <= 300; tick += 100) {
    await play(twins, tick);
    const hashes = headless.map((world) => {
      world.step(tick - world.tick);
      return world.hash();
    });
    expect([first.run.hash(), second.run.hash()], `tick ${tick}`).toEqual(hashes);
  }
  expect(first.run.hash()).not.toBe(second.run.hash());
  const runs = new Map(sweep.runs.map((run) => [run.id, performRun(runTask(sweep, run))]));
  expect(sweep.runs.map(({ id }) => runs.get(id)?.summary.hash)).toEqual([first.run.hash(), second.run.hash()]);
  const differences = differencesOf(sweep, (id) => runs.get(id));
  const { columns } = new Session().run.load(request);
  const [own, other] = [first, second].map((session) => session.twins.series([...columns.keys()]).data);
  const seen = differences.map(({ measure, tick, mean }) => {
    const column = columns.findIndex(({ name, probe }) => name === measure.name && probe === measure.probe);
    return { measure, tick, column, mean, page: own.mean[column][tick / 10] - other.mean[column][tick / 10] };
  });
  expect(new Set(seen.map(({ column }) => column)).size).toBe(columns.length);
  expect(seen.filter(({ mean, page }) => !Object.is(mean, page) && !(Number.isNaN(mean) && Number.isNaN(page)))).toEqual([]);
  expect(seen.some(({ tick, mean }) => tick === 300 && mean !== 0)).toBe(true);
});

test('frames of both are of one tick although they play, and neither runs away', async () => {
  const [first, second] = twinsAt(20);
  first.transport.speed(0);
  first.transport.play();
  let shown = '';
  for (let look = 0; look < 40; look++) {
    await new Promise((resolve) => setTimeout(resolve, 4));
    const frame = first.view.frame({ buffer: new ArrayBuffer(0), palette: 'age', shown, hold: true });
    const { tick } = frame.figures;
    await new Promise((resolve) => setTimeout(resolve, look % 5));
    const ahead = first.run.address().tick - second.run.address().tick;
    expect(ahead).toBeGreaterThanOrEqual(0);
    expect(ahead).toBeLessThanOrEqual(mostSkew);
    const other = await second.twins.frameAt(tick, { buffer: new ArrayBuffer(0), palette: 'age', shown: '' });
    expect(other.figures.tick).toBe(tick);
    shown = frame.stamp;
  }
  expect(first.run.address().tick).toBeGreaterThan(40);
  first.transport.pause();
});

test('a world that is halted makes no tick, and changes come at one tick in both', async () => {
  const [first, second] = twinsAt(20);
  first.transport.speed(0);
  first.transport.play();
  await new Promise((resolve) => setTimeout(resolve, 30));
  const tick = first.twins.halt();
  await second.twins.reached(tick);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect([first.run.address().tick, second.run.address().tick]).toEqual([tick, tick]);
  second.parameters.set(mutation, false);
  expect(second.parameters.log().changes).toEqual([{ at: tick, path: mutation, value: false }]);
  first.twins.resume();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(first.run.address().tick).toBeGreaterThan(tick);
  first.transport.pause();
});

const idsOf = (session: Session): number[] => {
  const { buffer, capacity, count } = session.view.frame({ buffer: new ArrayBuffer(0), palette: 'age', shown: '' });
  return [...new Float64Array(buffer, capacity * frameStride * 4, count)];
};

test('a twin that dies out lets its world continue', async () => {
  const [first, second] = twinsAt(20);
  second.parameters.set('acts.remove', { population: 'foragers', ids: idsOf(second) });
  expect(await first.transport.runTo(60, () => {})).toBe(true);
  const frame = await second.twins.frameAt(60, { buffer: new ArrayBuffer(0), palette: 'age', shown: '' });
  expect([frame.figures.status, frame.count]).toEqual(['extinct', 0]);
});

test('an organism is found in the twin by its key, also one that was born after they parted', async () => {
  const twins = twinsAt(40);
  const [first, second] = twins;
  second.parameters.set(mutation, false);
  await play(twins, 90);
  const found = idsOf(first).map((id) =>
    second.twins.withKey('foragers', first.twins.keyOf('foragers', id) ?? { low: 0, high: 0 }),
  );
  const alike = idsOf(first).filter((id, k) => found[k] === id);
  expect(alike.length).toBeGreaterThan(20);
  expect(found.filter((id) => id !== undefined && id >= 200).length).toBeGreaterThan(0);
  expect(first.twins.keyOf('foragers', 1e9)).toBeUndefined();
});

test('both records go into one archive, each with a provenance that makes its world again', async () => {
  const twins = twinsAt(60);
  const [first, second] = twins;
  second.parameters.set(mutation, false);
  await play(twins, 120);
  const zips = [
    await first.exports.zip(['csv', 'parquet'], () => {}, 'this-world/'),
    await second.exports.zip(['csv', 'parquet'], () => {}, 'twin/'),
  ];
  const whole = joinArchives(zips[0].bytes, zips[1].bytes);
  const files = unzipSync(new Uint8Array(whole));
  const apart = zips.map(({ bytes }) => unzipSync(new Uint8Array(bytes)));
  expect(files).toEqual({ ...apart[0], ...apart[1] });
  expect(Object.keys(files)).toHaveLength(zips[0].files + zips[1].files);
  const hashes = ['this-world', 'twin'].map((folder) => JSON.parse(strFromU8(files[`${folder}/provenance.json`])).hash);
  expect(hashes).toEqual([first.run.hash(), second.run.hash()]);
  expect(() => joinArchives(zips[0].bytes, zips[1].bytes.slice(0, -1))).toThrow('archive: its end is missing; write it again');
  // The twin still follows.
  await play(twins, 140);
  expect(second.run.address().tick).toBe(140);
});

test('the twin is kept as another line of the world, to which one can go back', async () => {
  const twins = twinsAt(60);
  const [first, second] = twins;
  second.parameters.set(mutation, false);
  await play(twins, 100);
  const [own, other] = [first.run.hash(), second.run.hash()];
  const text = first.twins.take(second.twins.hand());
  expect(text.seed).toBe('7');
  expect(first.run.hash()).toBe(other);
  expect(first.parameters.log().changes).toEqual([{ at: 60, path: mutation, value: false }]);
  const { lines, kept } = first.past.snapshots();
  expect(lines).toHaveLength(2);
  first.past.goTo(kept.findLast(({ line }) => line === 0)?.id ?? -1);
  expect(first.run.hash()).toBe(own);
});
