import { describe, expect, it } from 'vitest';
import { simulationFromSnapshot } from '../../../src/simulation/create.ts';
import type { PlaneSimulation } from '../../../src/simulation/kinds.ts';
import { huntWorld, makeWorld, smallWorld } from './worlds.ts';

const population = 'foragers';
const world = () => makeWorld(smallWorld(), 'driven') as PlaneSimulation;
const headingOf = ({ populations: [{ table, rowOf }], populations }: PlaneSimulation, id: number) => {
  const row = rowOf.call(populations[0], id);
  return [table.f32('headingX')[row], table.f32('headingY')[row]] as const;
};
const placeOf = ({ populations: [foragers] }: PlaneSimulation, id: number) =>
  (['x', 'y'] as const).map((side) => foragers.table.f32(side)[foragers.rowOf(id)]);

describe('a driven organism', () => {
  it('turns, moves and eats as ordered, then decides again', () => {
    const simulation = world();
    const [foragers] = simulation.populations;
    const id = 7;
    const read = (column: string) => foragers.table.f32(column as 'turn')[foragers.rowOf(id)];
    simulation.set('acts.drive', { population, id, turn: 0, thrust: 1, eat: false, ticks: 3 });
    const heading = headingOf(simulation, id);
    const [x] = placeOf(simulation, id);
    for (let tick = 0; tick < 3; tick++) {
      simulation.step();
      expect([read('turn'), read('thrust'), read('eat')]).toEqual([0, 1, 0]);
      expect(headingOf(simulation, id)).toEqual(heading);
    }
    // Full thrust without eating: its top speed, straight ahead, around the edge of the torus.
    const went = placeOf(simulation, id)[0] - x;
    const expected = 3 * read('body.speed') * heading[0];
    expect(Math.abs(went - expected) % 96).toBeCloseTo(0, 3);
    simulation.step();
    expect([read('turn'), read('thrust')]).not.toEqual([0, 1]);
    simulation.dispose();
  });

  it('turns right, clockwise as the world is drawn, at 1 and left at -1', () => {
    for (const [turn, sign] of [
      [1, 1],
      [-1, -1],
    ]) {
      const simulation = world();
      const [ux, uy] = headingOf(simulation, 7);
      simulation.set('acts.drive', { population, id: 7, turn, ticks: 1 });
      simulation.step();
      const [vx, vy] = headingOf(simulation, 7);
      // Down is positive: a positive cross product turns clockwise.
      expect(Math.sign(ux * vy - uy * vx)).toBe(sign);
      simulation.dispose();
    }
  });

  it('shifts no draw of others', () => {
    const [here, there] = [world(), world()];
    here.set('acts.drive', { population, id: 7, turn: 1, thrust: 1, ticks: 1 });
    here.step();
    there.step();
    const [a, b] = [here.populations[0], there.populations[0]];
    for (const column of ['turn', 'thrust', 'eat'] as const) {
      const [driven, free] = [a, b].map(({ table }) => [...table.f32(column).slice(0, 150)]);
      expect(driven.filter((value, row) => value !== free[row] && row !== a.rowOf(7))).toEqual([]);
    }
    here.dispose();
    there.dispose();
  });

  it('is driven on in a world from a snapshot and in a replay, and forgotten by a state without it', () => {
    const simulation = world();
    const free = simulation.snapshot();
    simulation.set('acts.drive', { population, id: 7, turn: 0.5, thrust: 1, ticks: 20 });
    simulation.step(5);
    const twin = simulationFromSnapshot(simulation.snapshot());
    for (const one of [simulation, twin]) one.step(20);
    expect(twin.hash()).toBe(simulation.hash());
    const again = world();
    again.schedule(0, 'acts.drive', { population, id: 7, turn: 0.5, thrust: 1, ticks: 20 });
    again.step(25);
    expect(again.hash()).toBe(simulation.hash());
    again.restore(free);
    again.step(25);
    const without = world();
    without.step(25);
    expect(again.hash()).toBe(without.hash());
    for (const one of [simulation, twin, again, without]) one.dispose();
  });

  it('obeys the last order, and none once that is taken back', () => {
    const simulation = world();
    const [foragers] = simulation.populations;
    const thrust = () => foragers.table.f32('thrust')[foragers.rowOf(7)];
    simulation.set('acts.drive', { population, id: 7, thrust: 1, ticks: 50 });
    simulation.set('acts.drive', { population, id: 7, thrust: 0.25, ticks: 50 });
    simulation.step();
    expect(thrust()).toBe(0.25);
    simulation.set('acts.drive', { population, id: 7, ticks: 0 });
    simulation.step();
    expect(thrust()).not.toBe(0.25);
    simulation.dispose();
  });

  it('bites only where there is something to bite', () => {
    const hunt = makeWorld(huntWorld(), 'driven') as PlaneSimulation;
    const hunters = hunt.populations.find(({ table }) => table.find('bite' as never));
    if (!hunters) throw new Error('no hunters');
    const [id] = hunters.table.f64('id');
    hunt.set('acts.drive', { population: hunters.name, id, bite: true, ticks: 1 });
    hunt.step();
    // A bite that hits counts for more than one that misses.
    expect(hunters.table.f32('bite' as never)[hunters.rowOf(id)]).toBeGreaterThanOrEqual(1);
    hunt.dispose();
    const simulation = world();
    expect(() => simulation.set('acts.drive', { population, id: 7, bite: true })).toThrow('have nothing to bite; leave bite out');
    expect(() => simulation.set('acts.drive', { population, id: 1e9 })).toThrow('does not live at this tick');
    simulation.dispose();
  });
});
