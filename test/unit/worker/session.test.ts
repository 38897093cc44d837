import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Session } from '../../../src/worker/session.ts';

const meadow = JSON.parse(readFileSync(new URL('../../../scenes/meadow.json', import.meta.url), 'utf8'));
const small = { ...meadow, populations: { foragers: { ...meadow.populations.foragers, founders: 200 } } };
const request = { scene: small, file: 'meadow', seed: '7', changes: [] };
const rate = 'populations.foragers.mechanisms.mutation.rate';

test('a run with changes is made again from its link to the bit', async () => {
  const session = new Session();
  session.load(request);
  session.step(50);
  session.set(rate, 0.3);
  session.step(30);
  session.set('habitat.grass.regrowth', 0.01);
  session.set(rate, 0.02);
  session.step(40);
  const hash = session.hash();
  const address = session.readLink(session.writeLink('').text);
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
  session.load({ ...request, changes: address.changes });
  expect(await session.runTo(120, () => {})).toBe(true);
  expect(session.hash()).toBe(hash);
  expect(session.log().changes).toEqual(address.changes);
});

test('frames, grounds, reports and series leave the state alone', () => {
  const session = new Session();
  session.load(request);
  session.step(60);
  const plain = session.hash();
  session.load(request);
  for (let tick = 0; tick < 60; tick++) {
    const palette = (['lineage', 'energy', 'age', 'trait:diet.fruit'] as const)[tick % 4];
    const frame = session.frame({ buffer: new ArrayBuffer(0), palette, shown: '' });
    const ids = new Float64Array(frame.buffer, frame.capacity * 32, frame.count);
    session.pick('foragers', ids[tick % frame.count]);
    session.ground(new ArrayBuffer(0));
    session.series([0, 1, 2]);
    session.controls();
    session.step(1);
  }
  expect(session.hash()).toBe(plain);
});

test('a frame holds every organism once, and is not written again when nothing has changed', () => {
  const session = new Session();
  session.load(request);
  session.step(20);
  const first = session.frame({ buffer: new ArrayBuffer(0), palette: 'age', shown: '' });
  expect(first.fresh).toBe(true);
  expect(first.count).toBe(first.figures.alive[0]);
  const ids = new Float64Array(first.buffer, first.capacity * 32, first.count);
  expect(new Set(ids).size).toBe(first.count);
  const floats = new Float32Array(first.buffer, 0, first.count * 8);
  for (let i = 0; i < floats.length; i += 8) {
    expect(floats[i]).toBeGreaterThanOrEqual(0);
    expect(floats[i]).toBeLessThan(small.habitat.width);
    expect(floats[i + 2] ** 2 + floats[i + 3] ** 2).toBeCloseTo(1, 4);
    expect(Number.isFinite(floats[i + 5])).toBe(true);
  }
  const again = session.frame({ buffer: first.buffer, palette: 'age', shown: first.stamp });
  expect(again.fresh).toBe(false);
  expect(session.frame({ buffer: again.buffer, palette: 'energy', shown: first.stamp }).fresh).toBe(true);
});

test('play on the way to a tick neither passes it nor goes on from it', async () => {
  const session = new Session();
  session.load(request);
  const arriving = session.runTo(80, () => {});
  session.play();
  expect(await arriving).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(session.address().tick).toBe(80);
});

test('a refused scene leaves the world that is there', () => {
  const session = new Session();
  session.load(request);
  session.step(5);
  const hash = session.hash();
  expect(() => session.load({ ...request, scene: { ...small, colour: 'green' } })).toThrow(/colour/);
  expect(() => session.open(new ArrayBuffer(10))).toThrow(/snapshot/);
  expect(session.hash()).toBe(hash);
});
