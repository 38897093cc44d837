import { expect, test } from 'vitest';
import { landscapeForms } from '../../../src/habitat/landscape/forms.ts';
import { frameStride } from '../../../src/worker/frame-layout.ts';
import type { PlaneChoice } from '../../../src/worker/landscape/choose-plane.ts';
import type { LandscapeFrame } from '../../../src/worker/landscape/landscape-show.ts';
import { Session } from '../../../src/worker/session.ts';

const scene = (habitat: object, population: object = {}) => ({
  version: 1,
  name: 'bowl',
  title: 'Bowl',
  habitat: { kind: 'landscape', form: 'bowl', dimensions: 6, ...habitat },
  populations: {
    lineage: {
      founders: 100,
      start: { mean: 1, deviation: 0.05 },
      mechanisms: { mutation: { on: true, rate: 1, deviation: 0.02 } },
      ...population,
    },
  },
});

function open(habitat: object = {}, population: object = {}): Session {
  const session = new Session();
  session.run.load({ scene: scene(habitat, population), file: 'bowl', seed: '7', changes: [] });
  return session;
}

const look = (session: Session, shown = ''): LandscapeFrame =>
  session.view.landscape({ buffer: new ArrayBuffer(0), rectangle: [0, 0, 512, 512], shown });
const heightsOf = ({ buffer, columns, rows, base }: LandscapeFrame) =>
  new Float32Array(buffer, 0, columns * rows).map((height) => height + base);

test('heights are log fitness on the plane through the mean, and organisms lie in it', () => {
  const session = open();
  session.transport.step(20);
  const frame = look(session);
  const { plane, columns, rows } = frame;
  const { buffer, count, capacity } = session.view.frame({ buffer: new ArrayBuffer(0), palette: 'fitness', shown: '' });
  const floats = new Float32Array(buffer, 0, capacity * frameStride);
  let [x, y] = [0, 0];
  for (let i = 0; i < count; i++) {
    x += floats[frameStride * i] / count;
    y += floats[frameStride * i + 1] / count;
    expect(floats[frameStride * i + 5]).toBeGreaterThanOrEqual(0);
    expect(floats[frameStride * i + 5]).toBeLessThanOrEqual(1);
  }
  expect(x).toBeCloseTo(frame.mean[0], 2);
  expect(y).toBeCloseTo(frame.mean[1], 2);
  // Every locus but the plane's two stands at its mean; the bowl is -|z|^2 / 2.
  const unitOf = (place: number) => place / plane.perUnit;
  const meanSquare = (plane.left + unitOf(x)) ** 2 + (plane.top - unitOf(y)) ** 2;
  const rest = -2 * frame.meanFitness - meanSquare;
  const heights = heightsOf(frame);
  for (const [column, row] of [
    [0, 0],
    [columns - 1, 3],
    [7, rows - 1],
  ]) {
    const u = plane.left + unitOf((512 * column) / (columns - 1));
    const v = plane.top - unitOf((512 * row) / (rows - 1));
    expect(heights[row * columns + column]).toBeCloseTo(-0.5 * (u * u + v * v + rest), 3);
  }
  expect(frame.optimum?.x).toBeCloseTo((0 - plane.left) * plane.perUnit, 6);
  expect(frame.path.at(-1)).toBeCloseTo(frame.mean[1], 3);
});

test('the plane of the gradient has all of the gradient in its first axis, and stays until it is chosen anew', () => {
  const session = open();
  session.transport.step(5);
  session.view.choosePlane({ kind: 'gradient' });
  const { gradient, plane } = look(session);
  expect(gradient.x).toBeCloseTo(gradient.length, 9);
  expect(gradient.y).toBeCloseTo(0, 9);
  expect(plane.titles).toEqual(['along the gradient', 'main direction of G']);
  session.transport.step(30);
  const later = look(session);
  expect(later.plane).toEqual(plane);
  expect(Math.abs(later.gradient.x)).toBeLessThan(later.gradient.length);
  session.view.choosePlane({ kind: 'gradient' });
  expect(look(session).gradient.y).toBeCloseTo(0, 9);
});

test('a plane that there is not is refused and the former one stays', () => {
  const session = open();
  const { plane } = look(session);
  const wrong: PlaneChoice[] = [
    { kind: 'loci', x: 0, y: 6 },
    { kind: 'loci', x: 2, y: 2 },
  ];
  for (const choice of wrong) expect(() => session.view.choosePlane(choice)).toThrow(/^plane: /);
  expect(look(session).plane).toEqual(plane);
});

test('looking changes nothing, on landscapes that depend on who lives and when too', () => {
  for (const habitat of [
    {},
    { form: 'moving', forms: { moving: { path: 'walk' } } },
    { form: 'competition', dimensions: 1 },
    { model: 'annealing' },
    { model: 'moran' },
  ]) {
    const founders = habitat.model === 'annealing' ? { founders: 1 } : {};
    const alone = open(habitat, founders);
    alone.transport.step(16);
    const watched = open(habitat, founders);
    for (let tick = 0; tick < 16; tick++) {
      look(watched);
      watched.view.frame({ buffer: new ArrayBuffer(0), palette: 'trait:x1', shown: '' });
      if (tick === 9) watched.view.choosePlane({ kind: 'gradient' });
      watched.transport.step(1);
    }
    expect(watched.run.hash()).toBe(alone.run.hash());
    expect(new Uint8Array(watched.run.snapshot())).toEqual(new Uint8Array(alone.run.snapshot()));
  }
});

test('nothing is painted anew when nothing has changed', () => {
  const session = open();
  const { stamp } = look(session);
  expect(look(session, stamp).fresh).toBe(false);
  session.transport.step(1);
  expect(look(session, stamp).fresh).toBe(true);
});

test('the mean stays in sight on an endless slope', () => {
  const session = open({ form: 'linear' }, { mechanisms: { mutation: { on: true, rate: 1, deviation: 0.3 } } });
  const before = look(session).plane.perUnit;
  session.transport.step(200);
  const { mean, plane } = look(session);
  for (const place of mean) {
    expect(place).toBeGreaterThan(0);
    expect(place).toBeLessThan(512);
  }
  expect(plane.perUnit).toBeLessThan(before);
});

test('an optimum that moves in a circle stays in sight, at a size at which the circle is still most of it', () => {
  const session = open({ form: 'moving', dimensions: 2, forms: { moving: { path: 'circle', radius: 2, speed: 0.2 } } });
  for (let tick = 0; tick < 70; tick++) {
    session.transport.step(1);
    const { optimum } = look(session);
    for (const place of [optimum?.x, optimum?.y]) expect(Math.abs((place ?? Number.NaN) - 256)).toBeLessThan(256);
  }
  const { plane } = look(session);
  // The circle is four units wide.
  expect(512 / plane.perUnit).toBeGreaterThan(4);
  expect(512 / plane.perUnit).toBeLessThan(7);
});

test('most of a population that spreads stays in sight', () => {
  const session = open(
    { form: 'hawk-dove', dimensions: 1 },
    { start: { mean: -0.7, deviation: 0.05 }, mechanisms: { mutation: { on: true, rate: 1, deviation: 0.2 } } },
  );
  look(session);
  session.transport.step(150);
  look(session);
  const { buffer, count, capacity } = session.view.frame({ buffer: new ArrayBuffer(0), palette: 'fitness', shown: '' });
  const floats = new Float32Array(buffer, 0, capacity * frameStride);
  let seen = 0;
  for (let i = 0; i < count; i++) if (Math.abs(floats[frameStride * i] - 256) < 256) seen++;
  expect(seen / count).toBeGreaterThan(0.9);
});

test('series tell cosine, speed and what theory expects, and go on after going back', () => {
  const session = open();
  const { columns } = session.run.load({ scene: scene({}), file: 'bowl', seed: '7', changes: [] });
  const place = (name: string) => columns.findIndex((column) => column.name === `lineage.${name}`);
  session.transport.step(150);
  const names = ['cosine.together', 'along', 'along.variance', 'along.expected', 'rank', 'fitness.mean', 'x1.mean'];
  const { mean } = session.record.series(names.map(place));
  const last = mean.map((values) => values.at(-1) as number);
  expect(last[0]).toBeGreaterThan(0.5);
  expect(Math.abs(last[1] - last[3])).toBeLessThan(5 * Math.sqrt(last[2]));
  expect(last[4]).toBeGreaterThanOrEqual(1);
  expect(last[5]).toBeGreaterThan(mean[5][0]);
  // In locus units: the view may widen meanwhile.
  const begin = ({ path, plane }: LandscapeFrame) =>
    Array.from(path.slice(0, 20), (at, i) => (i % 2 === 0 ? plane.left + at / plane.perUnit : plane.top - at / plane.perUnit));
  const before = begin(look(session));
  const [first] = session.past.snapshots().kept;
  session.past.goTo(first.id);
  session.transport.step(300 - first.tick);
  expect(begin(look(session))).toEqual(before.map((value) => expect.closeTo(value, 5)));
});

test('every form of landscape is shown in both planes, one of a single dimension too', () => {
  for (const { id, parameters, dimensionsOf } of landscapeForms()) {
    const dimensions = id === 'competition' ? 1 : (dimensionsOf?.(parameters.parse({})) ?? 6);
    const session = open({ form: id, dimensions }, { founders: 30 });
    for (const choice of [{ kind: 'loci', x: 0, y: 1 }, { kind: 'gradient' }] as const) {
      session.view.choosePlane(choice);
      session.transport.step(3);
      const { rectangle, gradient, step, mean, path, interval, low, high, ...frame } = look(session);
      const numbers = [...rectangle, ...mean, gradient.length, step.length, interval, low, high, frame.base, frame.plane.perUnit];
      expect(
        numbers.filter((value) => !Number.isFinite(value)),
        id,
      ).toEqual([]);
      expect([...path, ...heightsOf({ ...frame } as LandscapeFrame)].every(Number.isFinite), id).toBe(true);
      expect(frame.plane.titles[1] === '', id).toBe(dimensions === 1);
      const { count } = session.view.frame({ buffer: new ArrayBuffer(0), palette: 'fitness', shown: '' });
      expect(count).toBe(30);
    }
  }
});

test('a line of descent runs over the places of its genomes in the plane', () => {
  const session = open();
  session.transport.step(60);
  const { buffer, capacity } = session.view.frame({ buffer: new ArrayBuffer(0), palette: 'lineage', shown: '' });
  const [id] = new Float64Array(buffer, capacity * frameStride * 4, 1);
  const floats = new Float32Array(buffer, 0, 8);
  const line = session.record.lineOf(id);
  expect(line?.birthX[0]).toBeCloseTo(floats[0], 3);
  expect(line?.birthY[0]).toBeCloseTo(floats[1], 3);
  session.view.choosePlane({ kind: 'loci', x: 4, y: 5 });
  expect(session.record.lineOf(id)?.birthX[0]).not.toBe(line?.birthX[0]);
});

test('a world in the plane has no landscape to show', () => {
  const session = new Session();
  const meadow = {
    version: 1,
    name: 'm',
    title: 'M',
    habitat: { kind: 'plane', width: 64, height: 64 },
    populations: { one: { founders: 5 } },
  };
  session.run.load({ scene: meadow, file: 'm', seed: '7', changes: [] });
  expect(() => look(session)).toThrow('this world has no landscape');
  expect(() => session.view.choosePlane({ kind: 'gradient' })).toThrow('this world has no landscape');
});
