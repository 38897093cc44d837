import { describe, expect, test } from 'vitest';
import meadow from '../../../scenes/meadow.json';
import peacocks from '../../../scenes/peacocks.json';
import { deathCauses } from '../../../src/population/death-causes.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { type LifeEventKind, lifeEventKinds, lifeEventStride } from '../../../src/worker/life-event-kinds.ts';
import { LifeEvents } from '../../../src/worker/life-events.ts';
import { Run } from '../../../src/worker/live-run.ts';

/** Rows of a list by kind. */
function byKind(events: Float64Array): Record<LifeEventKind, number[][]> {
  const rows = Object.fromEntries(lifeEventKinds.map((kind): [LifeEventKind, number[][]] => [kind, []]));
  for (let i = 0; i < events.length; i += lifeEventStride) {
    rows[lifeEventKinds[events[i]]].push([...events.subarray(i + 1, i + lifeEventStride)]);
  }
  return rows as Record<LifeEventKind, number[][]>;
}

const transferring = structuredClone(meadow) as unknown as Record<string, Record<string, Record<string, unknown>>>;
transferring.populations.foragers.mechanisms = {
  ...(transferring.populations.foragers.mechanisms as object),
  transfer: { on: true },
};

describe('life events', () => {
  test('are the births, deaths, matings and transfers of the ticks between two calls', () => {
    for (const scene of [transferring, peacocks]) {
      const run = Run.found(parseScene(scene, 'test'), '7', []);
      const events = new LifeEvents();
      events.take(run, lifeEventKinds);
      for (let tick = 0; tick < 60; tick++) {
        run.step();
        const found = byKind(events.take(run, lifeEventKinds));
        const [population] = run.world.populations;
        const births = run.world.births(population);
        const expected = Array.from({ length: births.count }, (_, k) => [
          births.id[k],
          births.parent[k],
          births.x[k],
          births.y[k],
        ]);
        expect(found.birth).toEqual(expected.slice(-48));
        const pairs = Array.from({ length: births.count }, (_, k) => k).filter((k) => births.mate[k] >= 0);
        expect(found.mating.map(([one, other]) => [one, other])).toEqual(
          pairs.map((k) => [births.parent[k], births.mate[k]]).slice(-48),
        );
        const deaths = run.world.deaths(population);
        const bitten = Array.from(deaths.cause.subarray(0, deaths.count)).filter(
          (cause) => deathCauses[cause] === 'predation',
        ).length;
        expect(found.bite.length).toBe(bitten);
        expect(found.death.length + bitten).toBe(deaths.count);
        const transfers = run.world.transfers(population);
        expect(found.transfer.length).toBe(Math.min(48, transfers.count));
      }
      run.dispose();
    }
  });

  test('are not collected before somebody looks, nor those of kinds that nobody wants, nor of another world', () => {
    const run = Run.found(parseScene(meadow, 'meadow'), '7', []);
    const events = new LifeEvents();
    for (let tick = 0; tick < 30; tick++) run.step();
    expect(events.take(run, ['death']).length).toBe(0);
    for (let tick = 0; tick < 30; tick++) run.step();
    const found = byKind(events.take(run, ['death']));
    expect(found.death.length).toBeGreaterThan(0);
    expect(found.birth).toEqual([]);
    for (let tick = 0; tick < 30; tick++) run.step();
    const other = Run.found(parseScene(meadow, 'meadow'), '8', []);
    expect(events.take(other, ['death']).length).toBe(0);
    events.forget();
    run.dispose();
    other.dispose();
  });

  test('stay few however long nobody takes them', () => {
    const run = Run.found(parseScene(meadow, 'meadow'), '7', []);
    const events = new LifeEvents();
    events.take(run, lifeEventKinds);
    for (let tick = 0; tick < 300; tick++) run.step();
    const found = byKind(events.take(run, lifeEventKinds));
    for (const kind of lifeEventKinds) expect(found[kind].length).toBeLessThanOrEqual(96);
    expect(found.death.length).toBeGreaterThanOrEqual(48);
    run.dispose();
  });
});
