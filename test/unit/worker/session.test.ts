import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { frameStride } from '../../../src/worker/frame-layout.ts';
import { lifeEventKinds } from '../../../src/worker/life-event-kinds.ts';
import { Session } from '../../../src/worker/session.ts';

const meadow = JSON.parse(readFileSync(new URL('../../../scenes/meadow.json', import.meta.url), 'utf8'));
const small = { ...meadow, populations: { foragers: { ...meadow.populations.foragers, founders: 200 } } };
const request = { scene: small, file: 'meadow', seed: '7', changes: [] };
const rate = 'populations.foragers.mechanisms.mutation.rate';

test('a run with changes is made again from its link to the bit', async () => {
  const session = new Session();
  session.run.load(request);
  session.transport.step(50);
  session.parameters.set(rate, 0.3);
  session.transport.step(30);
  session.parameters.set('habitat.grass.regrowth', 0.01);
  session.parameters.set(rate, 0.02);
  session.transport.step(40);
  const hash = session.run.hash();
  const address = await session.run.readLink((await session.run.writeLink('')).text);
  expect(address).toEqual({
    scene: small,
    seed: '7',
    tick: 120,
    changes: [
      { at: 50, path: rate, value: 0.3 },
      { at: 80, path: 'habitat.grass.regrowth', value: 0.01 },
      { at: 80, path: rate, value: 0.02 },
    ],
  });
  session.run.load({ ...request, changes: address.changes });
  expect(await session.transport.runTo(120, () => {})).toBe(true);
  expect(session.run.hash()).toBe(hash);
  expect(session.parameters.log().changes).toEqual(address.changes);
});

test('frames, grounds, reports and series leave the state alone', () => {
  const session = new Session();
  session.run.load(request);
  session.transport.step(60);
  const plain = session.run.hash();
  session.run.load(request);
  for (let tick = 0; tick < 60; tick++) {
    const palette = (['lineage', 'energy', 'age', 'trait:diet.fruit'] as const)[tick % 4];
    const frame = session.view.frame({ buffer: new ArrayBuffer(0), palette, shown: '', events: lifeEventKinds });
    const ids = new Float64Array(frame.buffer, frame.capacity * frameStride * 4, frame.count);
    session.organisms.pick('foragers', ids[tick % frame.count]);
    session.view.ground(new ArrayBuffer(0));
    session.record.series([0, 1, 2]);
    session.parameters.controls();
    session.transport.step(1);
  }
  expect(session.run.hash()).toBe(plain);
});

test('a frame holds every organism once, and is not written again when nothing has changed', () => {
  const session = new Session();
  session.run.load(request);
  session.transport.step(20);
  const first = session.view.frame({ buffer: new ArrayBuffer(0), palette: 'age', shown: '' });
  expect(first.fresh).toBe(true);
  expect(first.count).toBe(first.figures.alive[0]);
  const ids = new Float64Array(first.buffer, first.capacity * frameStride * 4, first.count);
  expect(new Set(ids).size).toBe(first.count);
  const floats = new Float32Array(first.buffer, 0, first.count * frameStride);
  for (let i = 0; i < floats.length; i += frameStride) {
    expect(floats[i]).toBeGreaterThanOrEqual(0);
    expect(floats[i]).toBeLessThan(small.habitat.width);
    expect(floats[i + 2] ** 2 + floats[i + 3] ** 2).toBeCloseTo(1, 4);
    expect(Number.isFinite(floats[i + 5])).toBe(true);
  }
  const again = session.view.frame({ buffer: first.buffer, palette: 'age', shown: first.stamp });
  expect(again.fresh).toBe(false);
  expect(session.view.frame({ buffer: again.buffer, palette: 'energy', shown: first.stamp }).fresh).toBe(true);
});

test('play on the way to a tick neither passes it nor goes on from it', async () => {
  const session = new Session();
  session.run.load(request);
  const arriving = session.transport.runTo(80, () => {});
  session.transport.play();
  expect(await arriving).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(session.run.address().tick).toBe(80);
});

test('a refused scene leaves the world that is there', () => {
  const session = new Session();
  session.run.load(request);
  session.transport.step(5);
  const hash = session.run.hash();
  expect(() => session.run.load({ ...request, scene: { ...small, colour: 'green' } })).toThrow(/colour/);
  expect(() => session.run.open(new ArrayBuffer(10))).toThrow(/snapshot/);
  expect(session.run.hash()).toBe(hash);
});

const badChanges = [
  ['an unknown path', { at: 0, path: 'nope.x', value: 1 }, /^link: changes\[0\] at tick 0: nope/],
  ['an unknown path at a later tick', { at: 3, path: 'nope.x', value: 1 }, /^link: changes\[0\] at tick 3: nope/],
  ['a fixed parameter', { at: 3, path: 'habitat.width', value: 512 }, /^link: changes\[0\] at tick 3: habitat\.width: is fixed/],
  ['a bad value', { at: 3, path: rate, value: 7 }, /^link: changes\[0\] at tick 3: populations\.foragers.*rate/],
] as const;

test.each(badChanges)('a run with %s is refused in one line, and the world that is there goes on', async (_, change, line) => {
  const calm = new Session();
  calm.run.load(request);
  calm.transport.step(30);
  const session = new Session();
  session.run.load(request);
  session.transport.step(10);
  let told = '';
  try {
    session.run.load({ ...request, file: 'link', changes: [change] });
  } catch (error) {
    told = (error as Error).message;
  }
  expect(told).toMatch(line);
  expect(told).not.toContain('\n');
  expect(session.run.address().tick).toBe(10);
  expect(await session.transport.runTo(20, () => {})).toBe(true);
  session.transport.step(10);
  expect(session.run.hash()).toBe(calm.run.hash());
  expect(Array.from(session.record.series([0]).ticks)).toEqual([0, 10, 20, 30]);
});

test('changes that a snapshot still has before it are made once and stand in the log when they are', () => {
  const world = createSimulation(parseScene(small, 'meadow'), '7');
  world.step(5);
  world.set(rate, 0.2);
  world.schedule(8, rate, 0.4);
  const session = new Session();
  session.run.open(world.snapshot());
  expect(session.parameters.log().changes).toEqual([{ at: 5, path: rate, value: 0.2 }]);
  session.transport.step(2);
  session.parameters.set('habitat.grass.regrowth', 0.01);
  session.transport.step(5);
  const changes = [
    { at: 5, path: rate, value: 0.2 },
    { at: 7, path: 'habitat.grass.regrowth', value: 0.01 },
    { at: 8, path: rate, value: 0.4 },
  ];
  expect(session.parameters.log().changes).toEqual(changes);
  expect(session.parameters.log().notices).toHaveLength(3);
  const hash = session.run.hash();
  session.run.load({ ...request, changes });
  session.transport.step(12);
  expect(session.run.hash()).toBe(hash);
});

const idAt = (session: Session, tick: number) => session.past.snapshots().kept.find((one) => one.tick === tick)?.id ?? -1;

test('back at a kept snapshot, the same ticks and changes come again to the bit, record and plots with them', () => {
  const straight = new Session();
  straight.run.load(request);
  straight.transport.step(300);
  straight.parameters.set(rate, 0.3);
  straight.transport.step(400);
  const session = new Session();
  session.run.load(request);
  session.transport.step(300);
  session.parameters.set(rate, 0.3);
  session.transport.step(400);
  const tip = session.run.hash();
  session.past.goTo(idAt(session, 250));
  expect(session.run.address()).toMatchObject({ tick: 250, changes: [] });
  expect(session.record.series([0]).ticks.at(-1)).toBe(250);
  session.transport.step(450);
  expect(session.run.hash()).toBe(tip);
  expect(session.parameters.log().changes).toEqual([{ at: 300, path: rate, value: 0.3 }]);
  expect(session.record.phylogeny()).toEqual(straight.record.phylogeny());
  expect(session.record.fossils()).toEqual(straight.record.fossils());
  expect(session.record.series([0, 1, 7, 9])).toEqual(straight.record.series([0, 1, 7, 9]));
  const ids = session.record.fossils().map(({ organism }) => organism);
  for (const id of ids) expect(session.record.lineOf(id)).toEqual(straight.record.lineOf(id));
  // Once more, from a snapshot that knows the change and from one that does not.
  session.past.goTo(idAt(session, 500));
  expect(session.parameters.log().changes).toHaveLength(1);
  session.past.goTo(idAt(session, 0));
  expect(session.parameters.log().changes).toHaveLength(0);
  session.transport.step(700);
  expect(session.run.hash()).toBe(tip);
});

test('a change at an earlier snapshot begins a line of its own, which its address tells; the former line stays', async () => {
  const session = new Session();
  session.run.load(request);
  session.transport.step(300);
  session.parameters.set(rate, 0.3);
  session.transport.step(310);
  const former = session.run.hash();
  session.past.goTo(idAt(session, 250));
  session.parameters.set(rate, 0.4);
  expect(session.past.snapshots()).toMatchObject({ line: 1, lines: [{ tip: 610 }, { parent: 0, from: 250 }] });
  session.transport.step(350);
  const branched = session.run.hash();
  const address = await session.run.readLink((await session.run.writeLink('')).text);
  expect(address.changes).toEqual([{ at: 250, path: rate, value: 0.4 }]);
  session.past.goTo(idAt(session, 610));
  expect(session.run.hash()).toBe(former);
  expect(session.parameters.log().changes).toEqual([{ at: 300, path: rate, value: 0.3 }]);
  session.run.load({ ...request, changes: address.changes });
  await session.transport.runTo(address.tick, () => {});
  expect(session.run.hash()).toBe(branched);
  expect(session.past.snapshots()).toMatchObject({ line: 0, lines: [{ id: 0 }] });
});

test('a branch with another seed takes another course, keeps its record, and writes no link', async () => {
  const session = new Session();
  session.run.load(request);
  session.transport.step(250);
  const here = session.run.hash();
  const species = session.record.phylogeny().species;
  expect(() => session.past.branch('7')).toThrow(/another/);
  expect(session.past.branch('heath')).toMatchObject({ seed: 'heath', firstSeed: '7' });
  expect(session.run.hash()).toBe(here);
  expect(session.record.phylogeny().species).toEqual(species);
  await expect(session.run.writeLink('')).rejects.toThrow(/file/);
  session.transport.step(50);
  const other = session.run.hash();
  const saved = session.run.snapshot();
  session.past.goTo(session.past.snapshots().kept.find(({ tick, line }) => tick === 250 && line === 0)?.id ?? -1);
  session.transport.step(50);
  expect(session.run.hash()).not.toBe(other);
  expect((await session.run.writeLink('')).tick).toBe(300);
  // A file of the branch knows that it is one.
  expect(session.run.open(saved).world).toMatchObject({ seed: 'heath', firstSeed: '7' });
  await expect(session.run.writeLink('')).rejects.toThrow(/file/);
});

test('a frame says who stands out: members of species, or what lives of an organism', () => {
  const session = new Session();
  session.run.load(request);
  session.transport.step(400);
  const litIds = (highlight: Parameters<Session['view']['frame']>[0]['highlight']) => {
    const frame = session.view.frame({ buffer: new ArrayBuffer(0), palette: 'species', highlight, shown: '' });
    const floats = new Float32Array(frame.buffer, 0, frame.count * frameStride);
    const ids = new Float64Array(frame.buffer, frame.capacity * frameStride * 4, frame.count);
    return [...ids].filter((_, i) => floats[i * frameStride + 6] === 1);
  };
  const all = litIds(undefined);
  const species = session.record.phylogeny().species;
  expect(litIds({ kind: 'species', species: species.map(({ id }) => id) })).toEqual(all);
  expect(litIds({ kind: 'species', species: [] })).toEqual([]);
  const line = session.record.lineOf(all[0]);
  if (!line) throw new Error('no line');
  const founder = line.id.at(-1) as number;
  const kin = litIds({ kind: 'descendants', of: founder });
  expect(kin).toContain(all[0]);
  expect(kin).toEqual(all.filter((id) => session.record.lineOf(id)?.id.at(-1) === founder));
});

test('a line of descent has the columns of places that exported tables have', () => {
  const scene = JSON.parse(readFileSync(new URL('../../../scenes/archipelago.json', import.meta.url), 'utf8'));
  const session = new Session();
  session.run.load({ scene, file: 'archipelago', seed: '7', changes: [] });
  session.transport.step(60);
  const frame = session.view.frame({ buffer: new ArrayBuffer(0), palette: 'age', shown: '' });
  const ids = new Float64Array(frame.buffer, frame.capacity * frameStride * 4, frame.count);
  const patches = new Set<number>();
  for (const id of ids.slice(0, 200)) {
    const line = session.record.lineOf(id);
    if (!line) throw new Error('no line');
    expect(line.birthPlaces.map(({ name }) => name)).toEqual(['birth_patch']);
    const [{ values }] = line.birthPlaces;
    expect(values.length).toBe(line.id.length);
    for (const value of values) patches.add(value);
  }
  expect(Math.min(...patches)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...patches)).toBeLessThan(scene.habitat.nodes);
  expect(patches.size).toBeGreaterThan(3);
  session.run.load(request);
  session.transport.step(1);
  const [any] = new Float64Array(frame.buffer, frame.capacity * frameStride * 4, 1);
  expect(session.record.lineOf(any)?.birthPlaces ?? []).toEqual([]);
});

test('contests of a transplant are those of pairs of fossils, or one line says why there are none', () => {
  const session = new Session();
  session.run.load({ ...request, scene: { ...small, record: { ...small.record, fossils: { every: 50 } } } });
  session.transport.step(1);
  expect(() => session.transplants.start('foragers', 0, 0, 1, undefined)).toThrow(
    /^foragers: \d fossils, too few for 1 pairs near ticks 0 and 0: choose/,
  );
  session.transport.step(200);
  const { pairs, contests, segments, loci } = session.transplants.start('foragers', 0, 200, 2, undefined);
  expect(pairs.map(({ earlier, later }) => [earlier.tick, later.tick])).toEqual([
    [0, 200],
    [0, 200],
  ]);
  expect(segments.map(({ name }) => name)).toEqual(['policy', 'traits']);
  expect(segments.reduce((sum, one) => sum + one.loci, 0)).toBe(loci);
  expect(contests.map(({ pair, segment, background }) => `${pair} ${segment} ${background}`)).toEqual(
    [0, 1].flatMap((pair) =>
      [' undefined', 'policy earlier', 'policy later', 'traits earlier', 'traits later'].map((one) => `${pair} ${one}`),
    ),
  );
  const choices = session.transplants.segments('foragers');
  expect(choices.filter(({ usual }) => usual).map(({ name }) => name)).toEqual(['policy', 'traits']);
  expect(choices.map(({ name }) => name)).toContain('body.size');
  const own = session.transplants.start('foragers', 0, 200, 2, ['body.size', 'policy: to eat']);
  expect(own.segments.map(({ name }) => name)).toEqual(['policy: to eat', 'body.size']);
  expect(own.contests).toHaveLength(2 * 5);
  expect(() => session.transplants.start('foragers', 0, 200, 2, [])).toThrow(/no such part of the genome; choose one or more/);
  const landscape = JSON.parse(readFileSync(new URL('../../../scenes/mutations-in-flight.json', import.meta.url), 'utf8'));
  session.run.load({ scene: landscape, file: 'mutations-in-flight', seed: '7', changes: [] });
  session.transport.step(220);
  expect(() => session.transplants.start('', 0, 200, 1, undefined)).toThrow(/genomes are one segment|too few/);
});

test('a fossil is compared with the living of its population', () => {
  const session = new Session();
  session.run.load(request);
  session.transport.step(100);
  const frame = session.view.frame({ buffer: new ArrayBuffer(0), palette: 'age', shown: '' });
  const [id] = new Float64Array(frame.buffer, frame.capacity * frameStride * 4, frame.count);
  const kept = session.record.keepFossil('foragers', id);
  const { organism } = session.organisms.pick('foragers', id);
  const report = session.record.fossil(kept);
  expect(report.fossil).toMatchObject({ organism: id, tick: 100, reason: 'request' });
  expect(report.line.id[0]).toBe(id);
  expect(report.living).toBe(frame.count);
  expect(report.traits.map(({ value }) => value)).toEqual(organism?.traits.map(({ value }) => value));
  expect(report.segments.map(({ loci }) => loci.map(({ name, value }) => ({ name, value })))).toEqual(
    organism?.segments.map(({ loci }) => loci),
  );
  expect(() => session.record.fossil(999)).toThrow(/fossil 999/);
  expect(() => session.record.keepFossil('foragers', 1e9)).toThrow(/is not alive/);
});
