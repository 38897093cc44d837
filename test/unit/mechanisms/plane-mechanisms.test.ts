import { describe, expect, it } from 'vitest';
import { mechanisms as registered } from '../../../src/mechanisms/index.ts';
import type { PlanePopulation } from '../../../src/population/plane-population.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import type { Simulation } from '../../../src/simulation/types.ts';

/** A small world in which nobody pays, is born or dies. */
function still(mechanisms: Record<string, unknown>, more: Record<string, unknown> = {}, habitat: Record<string, unknown> = {}) {
  const scene = parseScene(
    {
      version: 1,
      name: 'still',
      title: 'Still',
      habitat: { kind: 'plane', width: 64, height: 64, grass: { capacity: 2, cover: 1 }, ...habitat },
      populations: {
        grazers: {
          founders: 80,
          senses: ['grass', 'neighbours', 'energy'],
          policy: { hidden: 4 },
          genome: { carries: registered.optionalTraits('plane').map(({ id }) => id) },
          energy: { founder: 4, storage: 8, living: 0, moving: 0, swiftness: 0, feeding: 0 },
          life: { maturity: 100_000, span: 100_000, accident: 0 },
          ...more,
          mechanisms,
        },
      },
    },
    'test',
  );
  return createSimulation(scene, 'still');
}

const first = (simulation: Simulation) => simulation.populations[0] as PlanePopulation;

describe('imitation', () => {
  /** Mean over rows of the log-probability that a learner's present policy eats as its model did. */
  it('moves the policy towards what was seen and leaves the genes alone', () => {
    const simulation = still({
      imitation: { on: true, attention: 1, reach: 30, model: 'elder' },
      mutation: { on: false },
    });
    const { table, layout } = first(simulation);
    // One old model that always eats, and learners that hardly ever do.
    const slot = layout.loci.find(({ name }) => name === 'bias>eat')?.slot as number;
    const [weights, genome, birthTick] = [table.f32('weights'), table.f32('genome'), table.i32('birthTick')];
    for (let row = 0; row < table.count; row++) {
      birthTick[row] = row === 0 ? -1000 : 0;
      for (const column of [weights, genome]) column[row * layout.stride + slot] = row === 0 ? 9 : -3;
    }
    const inherited = genome.slice(0, table.count * layout.stride);
    const biases = () => Array.from({ length: table.count }, (_, row) => table.f32('weights')[row * layout.stride + slot]);
    const byId = () => new Map(biases().map((bias, row) => [table.f64('id')[row], bias]));
    const before = byId();
    simulation.step(300);
    const after = byId();
    const risen = [...after].filter(([id, bias]) => bias > (before.get(id) as number) + 0.5).length;
    expect(risen).toBeGreaterThan(table.count / 2);
    const ids = Float64Array.from(table.f64('id').subarray(0, table.count)).sort();
    expect(ids.length).toBe(80);
    expect(Math.max(...table.f32('genome').subarray(0, table.count * layout.stride))).toBe(Math.max(...inherited));
    simulation.dispose();
  });
});

describe('curiosity', () => {
  it('what is met again and again is less and less new, and is forgotten', () => {
    const simulation = still(
      { curiosity: { on: true, forgetting: 0 }, mutation: { on: false } },
      { policy: { hidden: 1, deviation: 0 } },
    );
    const { table } = first(simulation);
    simulation.step(1);
    expect(Array.from(table.f32('novelty').subarray(0, table.count))).toEqual(Array.from({ length: table.count }, () => 1));
    simulation.step(99);
    const visits = table.f32('visits');
    for (let row = 0; row < table.count; row++) {
      let sum = 0;
      for (let k = 0; k < 64; k++) sum += visits[row * 64 + k];
      expect(sum).toBe(100);
    }
    const mean =
      table
        .f32('novelty')
        .subarray(0, table.count)
        .reduce((sum, value) => sum + value, 0) / table.count;
    expect(mean).toBeLessThan(0.5);
    simulation.set('populations.grazers.mechanisms.curiosity.forgetting', 1);
    simulation.step(2);
    expect(table.f32('novelty')[0]).toBe(1);
    simulation.dispose();
  });
});

describe('payoffs', () => {
  it('pays each what its strategy earns against those near: the shares of the softmax', () => {
    const simulation = still(
      {
        payoffs: {
          on: true,
          encounters: 1,
          energy: 1,
          reach: 30,
          payoffs: [
            [3, 3],
            [0, 0],
          ],
        },
        mutation: { on: false },
      },
      { diet: { appetite: 0 }, energy: { founder: 4, storage: 1000, living: 0, moving: 0, swiftness: 0, feeding: 0 } },
    );
    const { table } = first(simulation);
    const before = new Map(Array.from(table.f64('id').subarray(0, table.count), (id, row) => [id, table.f32('energy')[row]]));
    simulation.step();
    let paid = 0;
    for (let row = 0; row < table.count; row++) {
      const gain = table.f32('energy')[row] - (before.get(table.f64('id')[row]) as number);
      const played = table.f32('played')[row];
      expect(Math.abs(gain - (played === 0 ? 3 : 0))).toBeLessThan(1e-5);
      if (played === 0) paid++;
    }
    // Founders lean to neither: half of them play the first.
    expect(Math.abs(paid - 40)).toBeLessThan(4 * Math.sqrt(20));
    simulation.dispose();
  });
});

describe('payoffs of five strategies', () => {
  const circle = Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (__, j) => [0, 1, -1, 1, -1][(j - i + 5) % 5]));
  const path = 'populations.grazers.mechanisms.payoffs.payoffs';

  it('are read from as many loci, and every one of them is played', () => {
    const simulation = still({ payoffs: { on: true, encounters: 1, energy: 0.1, reach: 30, payoffs: circle } }, { genome: {} });
    const { table, traits } = first(simulation);
    expect(traits.filter(({ id }) => id.startsWith('strategy.'))).toHaveLength(5);
    simulation.step();
    expect(new Set(table.f32('played').subarray(0, table.count)).size).toBe(5);
    expect(() => simulation.set(path, [...circle.map((row) => [...row, 0]), [1, 2, 3, 4, 5]])).toThrow(
      /payoffs: there are 6 rows, but row 5 has 5 entries; give 6/,
    );
    const six = Array.from({ length: 6 }, () => [1, 0, 0, 0, 0, 0]);
    expect(() => simulation.set(path, six)).toThrow(/genomes carry no locus 'strategy\.6'; add it to genome\.carries/);
    simulation.set(path, [
      [1, 0],
      [0, 1],
    ]);
    simulation.step();
    expect(new Set(table.f32('played').subarray(0, table.count)).size).toBe(2);
    simulation.dispose();
  });
});

describe('migration in the plane', () => {
  it('carries the chosen share of all to open ground anywhere', () => {
    const simulation = still(
      { migration: { on: true, rate: 0.5 } },
      { policy: { deviation: 0, biases: { thrust: -20 } } },
      {
        barriers: [{ x: 0, y: 0, width: 32, height: 64 }],
      },
    );
    const { table } = first(simulation);
    const place = () => new Map(Array.from(table.f64('id').subarray(0, table.count), (id, row) => [id, table.f32('x')[row]]));
    const before = place();
    simulation.step();
    const moved = [...place()].filter(([id, x]) => Math.abs(x - (before.get(id) as number)) > 1).length;
    expect(Math.abs(moved - 40)).toBeLessThan(4 * Math.sqrt(20) + 4);
    simulation.step(20);
    for (const x of place().values()) expect(x).toBeGreaterThanOrEqual(32);
    simulation.dispose();
  });
});

describe('culture in the plane', () => {
  it('saves living costs as skill says', () => {
    const simulation = still(
      { culture: { on: true, benefit: 0.5 }, mutation: { on: false } },
      {
        diet: { appetite: 0 },
        energy: { founder: 4, storage: 8, living: 0.5, moving: 0, swiftness: 0, feeding: 0 },
        policy: { deviation: 0, biases: { thrust: -20 } },
      },
    );
    const { table } = first(simulation);
    for (let row = 0; row < table.count; row++) table.f32('skill')[row] = row % 2 === 0 ? 2 : -2;
    const rows = () =>
      Array.from(table.f64('id').subarray(0, table.count), (id, row) => ({
        id,
        skill: table.f32('skill')[row],
        energy: table.f32('energy')[row],
        cost: table.f32('cost')[row],
      }));
    const before = new Map(rows().map((row) => [row.id, row]));
    simulation.step();
    for (const { id, energy, skill, cost } of rows()) {
      const paid = (before.get(id)?.energy as number) - energy;
      expect(Math.abs(paid - cost / (skill > 0 ? 2 : 1))).toBeLessThan(1e-5);
    }
    simulation.dispose();
  });
});

describe('what has no room is refused in words', () => {
  it.each([
    ['transposons', 'genomes have no sites for them; set genome.transposons.sites'],
    ['segregation-distortion', 'it needs two haplotypes; set genome.ploidy to 2'],
  ])('%s', (mechanism, words) => {
    const simulation = still({});
    expect(() => simulation.set(`populations.grazers.mechanisms.${mechanism}.on`, true)).toThrow(words);
    simulation.dispose();
  });
});

describe('marks in the plane', () => {
  it('newborns begin with a share of what their bearing parent has learned', () => {
    const simulation = still(
      { learning: { on: true }, 'epigenetic-marks': { on: true, share: 0.5 }, mutation: { on: true, rate: 0.2 } },
      {
        life: { maturity: 1, span: 100_000, accident: 0 },
        traits: { 'reward.energy': { founder: 1 }, 'learning.rate': { founder: 0.5 } },
      },
    );
    const { table, layout } = first(simulation);
    simulation.step(40);
    // Look at newborns of a tick: their offset against half of their parent's, which has gone on learning for none.
    let seen = 0;
    for (let tick = 0; tick < 60; tick++) {
      simulation.step();
      const ids = new Map(Array.from(table.f64('id').subarray(0, table.count), (id, row) => [id, row]));
      const births = simulation.births(first(simulation));
      for (let k = 0; k < births.count; k++) {
        const [child, parent] = [ids.get(births.id[k]) as number, ids.get(births.parent[k])];
        if (parent === undefined) continue;
        const offset = (row: number, l: number) =>
          table.f32('weights')[row * layout.stride + l] - table.f32('genome')[row * layout.stride + l];
        for (let l = 0; l < layout.stride; l++) {
          expect(Math.abs(offset(child, l) - 0.5 * offset(parent, l))).toBeLessThan(1e-5);
        }
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(0);
    simulation.dispose();
  });
});
