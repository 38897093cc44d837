import { describe, expect, it } from 'vitest';
import { learnsFromReward } from '../../../src/analysis/tangent/expected-reward.ts';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { mechanisms } from '../../../src/mechanisms/index.ts';
import { poison } from '../../../src/mechanisms/poison.ts';
import { simulationFromSnapshot } from '../../../src/simulation/create.ts';
import type { Simulation } from '../../../src/simulation/types.ts';
import { first, still } from './plane-world.ts';

const ground = {
  grass: { capacity: 0 },
  fruit: { capacity: 2, cover: 1, pattern: 'uniform', regrowth: 0.5 },
  kinds: { share: 0.5, grain: 4 },
};
const always = {
  policy: { hidden: 1, deviation: 0, biases: { eat: 20 } },
  energy: { founder: 4, storage: 8, living: 0, moving: 0, swiftness: 0, feeding: 0 },
};

const column = (simulation: Simulation, name: string) => {
  const { table } = first(simulation);
  return Array.from(table.f32(floatsNamed(name)).subarray(0, table.count));
};
const palates = (simulation: Simulation) => {
  const { table } = first(simulation);
  return Array.from(table.u32({ name: 'palate', type: 'u32' }).subarray(0, table.count));
};

/** Whether the fruit feeds an organism where it is, by its palate and the ground. */
function feedsHere(simulation: Simulation, row: number): boolean {
  const { table } = first(simulation);
  const plane = simulation.ground as unknown as { kindAt(x: number, y: number): number };
  return plane.kindAt(table.f32('x')[row], table.f32('y')[row]) === ((palates(simulation)[row] & 2) === 0 ? 0 : 1);
}

describe('poison', () => {
  it('half of the ground has the second kind, and poison takes its cost from those that eat it', () => {
    const simulation = still({ poison: { on: true, cost: 0.5 } }, always, ground);
    const kinds = (simulation.ground as unknown as { kinds: Uint8Array }).kinds;
    const share = kinds.reduce((sum, kind) => sum + kind, 0) / kinds.length;
    expect(Math.abs(share - 0.5)).toBeLessThan(0.01);
    const without = still({ poison: { on: false } }, always, ground);
    simulation.step();
    without.step();
    const [energy, intake, gained] = [column(simulation, 'energy'), column(simulation, 'intake'), column(without, 'intake')];
    let [fed, poisoned] = [0, 0];
    for (const [row, gain] of gained.entries()) {
      // All eat, and none may differ in where it is.
      expect(gain).toBeGreaterThan(0);
      const feeds = feedsHere(simulation, row);
      expect(intake[row]).toBeCloseTo(feeds ? gain : -0.5 * gain, 5);
      expect(energy[row]).toBeCloseTo(4 + intake[row], 5);
      expect(column(simulation, 'fruit')[row]).toBeCloseTo(feeds ? gain : -gain, 6);
      if (feeds) fed++;
      else poisoned++;
    }
    expect(Math.min(fed, poisoned)).toBeGreaterThan(20);
    simulation.dispose();
    without.dispose();
  });

  it('which kind feeds is drawn for the given share of lives, and stays in snapshots, forks and whatever is switched', () => {
    const simulation = still({ poison: { on: true, share: 1 } }, { ...always, founders: 2000 }, ground);
    // Before anything is drawn too: the draw has no seed of its own.
    const early = simulation.fork({ seed: 'early' });
    for (const world of [simulation, early]) world.step();
    const drawn = palates(simulation);
    expect(palates(early)).toEqual(drawn);
    // 2,000 fair coins: within 4 standard errors.
    expect(Math.abs(drawn.filter((palate) => (palate & 2) !== 0).length - 1000)).toBeLessThan(4 * Math.sqrt(500));
    const restored = simulationFromSnapshot(simulation.snapshot());
    const fork = simulation.fork({ seed: 'another' });
    for (const world of [simulation, restored, fork]) world.step(20);
    expect(restored.hash()).toBe(simulation.hash());
    expect(palates(fork)).toEqual(drawn);
    for (const world of [simulation, fork]) {
      world.set('populations.grazers.mechanisms.poison.on', false);
      world.step();
      world.set('populations.grazers.mechanisms.poison.on', true);
      world.step();
      expect(palates(world)).toEqual(drawn);
    }
    const elsewhere = still({ poison: { on: true, share: 1 } }, { ...always, founders: 2000 }, ground, 'another seed');
    elsewhere.step();
    expect(palates(elsewhere)).not.toEqual(drawn);
    elsewhere.dispose();
    early.dispose();
    const none = still({ poison: { on: true, share: 0 } }, always, ground);
    none.step();
    expect(palates(none).every((palate) => (palate & 2) === 0)).toBe(true);
    for (const world of [simulation, restored, fork, none]) world.dispose();
  });

  it('measures kinds of those that have drawn', () => {
    const simulation = still({ poison: { on: true, share: 1 } }, { ...always, founders: 2000 }, ground);
    const [measure] = poison.measures ?? [];
    const second = () => measure.sample(first(simulation) as never, {} as never)[1];
    simulation.step(0);
    expect(second()).toBeNaN();
    simulation.step();
    expect(Math.abs(second() - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 2000));
    simulation.dispose();
  });

  it.each([0, 0.5, 1])('taste correlates with value by its honesty, %d', (honesty) => {
    const simulation = still({ poison: { on: true, share: 1, honesty } }, { ...always, founders: 2000 }, ground);
    simulation.step();
    const [taste, fruit, appetite] = [column(simulation, 'taste'), column(simulation, 'fruit'), column(simulation, 'appetite')];
    let sum = 0;
    for (const [row, eaten] of fruit.entries()) {
      expect(Math.abs(taste[row])).toBeCloseTo(Math.abs(eaten) / appetite[row], 5);
      sum += Math.sign(taste[row]) * Math.sign(eaten);
    }
    expect(Math.abs(sum / 2000 - honesty)).toBeLessThanOrEqual(4 * Math.sqrt((1 - honesty * honesty) / 2000));
    simulation.dispose();
  });

  it('learning rewards taste and pain by their genes', () => {
    const trait = (founder: number) => ({ founder, deviation: 0 });
    const traits = {
      'reward.energy': trait(0),
      'reward.novelty': trait(0),
      'reward.taste': trait(0.5),
      'reward.pain': trait(-0.25),
      'reward.social': trait(0),
    };
    const simulation = still(
      { poison: { on: true, share: 1, honesty: 0, cost: 2 }, learning: { on: true } },
      { ...always, traits },
      ground,
    );
    simulation.step();
    const [reward, taste, intake, appetite] = ['reward', 'taste', 'intake', 'appetite'].map((name) => column(simulation, name));
    for (let row = 0; row < reward.length; row++) {
      expect(reward[row]).toBeCloseTo(0.5 * taste[row] - 0.25 * Math.max(0, -intake[row] / appetite[row]), 5);
    }
    expect(reward.some((one) => one > 0.1) && reward.some((one) => one < -0.1)).toBe(true);
    simulation.dispose();
  });
});

it('what reward can be expected is not known while food is worth something else than it brings', () => {
  for (const [more, known] of [
    [{}, true],
    [{ poison: { on: true } }, false],
    [{ digestion: { on: true } }, false],
  ] as const) {
    const simulation = still({ learning: { on: true }, ...more }, always, ground);
    expect(learnsFromReward(first(simulation), mechanisms)).toBe(known);
    simulation.dispose();
  }
});

describe('the sense of kinds', () => {
  it('is that of fruit where all is of the first kind, and its sign is the kind underfoot', () => {
    const senses = ['fruit', 'kinds'];
    const plain = still({}, { ...always, senses }, { ...ground, kinds: { share: 0 } });
    plain.step();
    const wide = first(plain).table.columns.inputs.width;
    const inputs = column(plain, 'inputs');
    const { table } = first(plain);
    const all = table.f32('inputs').subarray(0, table.count * wide);
    expect(inputs.length).toBeGreaterThan(0);
    for (let row = 0; row < table.count; row++) {
      for (let k = 0; k < 4; k++) expect(all[row * wide + 4 + k]).toBeCloseTo(all[row * wide + k], 5);
    }
    plain.dispose();
    const mixed = still(
      {},
      { ...always, senses, traits: { 'body.speed': { minimum: 0, maximum: 1e-6, founder: 5e-7 } } },
      ground,
    );
    mixed.step();
    const population = first(mixed).table;
    const seen = population.f32('inputs').subarray(0, population.count * wide);
    const plane = mixed.ground as unknown as { kindAt(x: number, y: number): number };
    for (let row = 0; row < population.count; row++) {
      const kind = plane.kindAt(population.f32('x')[row], population.f32('y')[row]);
      // Without speed it is, after the tick, where it was when it observed.
      expect(Math.sign(seen[row * wide + 8])).toBe(kind === 1 ? -1 : 1);
    }
    mixed.dispose();
  });
});
