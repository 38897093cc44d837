import { expect, it } from 'vitest';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { simulationFromSnapshot } from '../../../src/simulation/create.ts';
import { first, still } from './plane-world.ts';

const ground = { grass: { capacity: 2, cover: 1, pattern: 'uniform', regrowth: 1 } };
const eaters = {
  policy: { hidden: 1, deviation: 0, biases: { eat: 0, thrust: -20 } },
  energy: { founder: 1, storage: 1000, living: 0, moving: 0, swiftness: 0, feeding: 0 },
};

it.each([1, 10, 64])('the energy of a meal arrives %d ticks after it', (delay) => {
  const simulation = still({ digestion: { on: true, delay } }, eaters, ground);
  const twin = still({ digestion: { on: false } }, eaters, ground);
  const { table } = first(simulation);
  // There is room and food for all, so that what both eat is the same.
  const eaten: number[][] = [];
  // Rows are sorted by place in every tick.
  const intakeOf = (world: typeof simulation) => {
    const [id, intake] = [first(world).table.f64('id'), first(world).table.f32('intake')];
    const byId = new Array<number>(table.count).fill(0);
    for (let row = 0; row < table.count; row++) byId[id[row]] = intake[row];
    return byId;
  };
  for (let tick = 0; tick < delay + 30; tick++) {
    simulation.step();
    twin.step();
    eaten.push(intakeOf(twin));
    if (tick < delay) expect(intakeOf(simulation).every((one) => one === 0)).toBe(true);
    else expect(intakeOf(simulation)).toEqual(eaten[tick - delay]);
  }
  expect(eaten[0].some((one) => one > 0) && eaten[0].some((one) => one === 0)).toBe(true);
  const pending = table.f32(floatsNamed('meals'));
  const mine = table.f32('energy');
  const theirs = first(twin).table.f32('energy');
  for (let row = 0; row < table.count; row++) {
    let due = 0;
    for (let k = 0; k < 65; k++) due += pending[row * 65 + k];
    expect(mine[row] + due).toBeCloseTo(theirs[row], 3);
  }
  const restored = simulationFromSnapshot(simulation.snapshot());
  for (const world of [simulation, restored]) world.step(20);
  expect(restored.hash()).toBe(simulation.hash());
  for (const world of [simulation, twin, restored]) world.dispose();
});

it('what finds no room is lost', () => {
  const simulation = still(
    { digestion: { on: true, delay: 40 } },
    { ...eaters, policy: { hidden: 1, deviation: 0, biases: { eat: 20 } }, energy: { ...eaters.energy, storage: 2 } },
    ground,
  );
  const { table } = first(simulation);
  simulation.step(200);
  for (let row = 0; row < table.count; row++)
    expect(table.f32('energy')[row]).toBeLessThanOrEqual(table.f32('storage')[row] * (1 + 1e-6));
  simulation.dispose();
});
