import { describe, expect, it } from 'vitest';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import type { Simulation } from '../../../src/simulation/types.ts';

const path = 'populations.grazers.mechanisms.offspring-preference';

/** A world that stands still but for parents that feed their young: nobody pays, eats, moves, breeds or dies. */
function world(): Simulation {
  const scene = parseScene(
    {
      version: 1,
      name: 'care',
      title: 'Care',
      habitat: { kind: 'plane', width: 64, height: 64, grass: { capacity: 2 } },
      populations: {
        grazers: {
          founders: 200,
          policy: { hidden: 2 },
          genome: { carries: ['offspring.preference'] },
          life: { maturity: 5 },
          energy: { founder: 8 },
          mechanisms: { mutation: { on: true, deviation: 0.5, rate: 1 } },
        },
      },
    },
    'test',
  );
  const simulation = createSimulation(scene, 'care');
  simulation.step(25);
  for (const [name, value] of [
    ['energy.living', 0],
    ['energy.moving', 0],
    ['energy.swiftness', 0],
    ['energy.feeding', 0],
    ['diet.appetite', 0],
    ['life.accident', 0],
    ['life.span', 1_000_000],
    ['life.maturity', 100_000],
  ] as const) {
    simulation.set(`populations.grazers.${name}`, value);
  }
  return simulation;
}

const total = (simulation: Simulation) => {
  const [{ table, count }] = simulation.populations;
  let sum = 0;
  for (let row = 0; row < count; row++) sum += table.f32(floatsNamed('energy'))[row];
  return sum;
};

describe('offspring preference', () => {
  it('moves energy from parents to their young near them, and makes or loses none', () => {
    const simulation = world();
    const [{ table }] = simulation.populations;
    simulation.set(`${path}.share`, 0.5);
    simulation.set(`${path}.reach`, 32);
    simulation.set(`${path}.on`, true);
    const ids = table.f64('id').slice(0, table.count);
    const parents = table.f64('parent').slice(0, table.count);
    const before = new Map([...ids].map((id, row) => [id, table.f32(floatsNamed('energy'))[row]]));
    const sum = total(simulation);
    simulation.step(1);
    expect(simulation.populations[0].count).toBe(ids.length);
    let fed = 0;
    for (let row = 0; row < table.count; row++) {
      const gain = table.f32(floatsNamed('energy'))[row] - (before.get(table.f64('id')[row]) as number);
      if (gain <= 0) continue;
      fed++;
      expect(before.has(table.f64('parent')[row])).toBe(true);
    }
    expect(fed).toBeGreaterThan(5);
    expect(parents.some((parent) => parent >= 0)).toBe(true);
    expect(Math.abs(total(simulation) - sum)).toBeLessThan(1e-4 * sum);
    simulation.dispose();
  });

  it('favours like offspring where its locus is high and unlike ones where it is low', () => {
    const gains = [8, -8].map((locus) => {
      const simulation = world();
      const [population] = simulation.populations;
      const { table, layout } = population;
      const slot = layout.ranges.find(({ trait }) => trait === 'offspring.preference')?.slot ?? -1;
      for (let row = 0; row < table.count; row++) table.f32('genome')[row * layout.stride + slot] = locus;
      population.redevelopAll();
      simulation.set(`${path}.share`, 0.5);
      simulation.set(`${path}.keep`, 0);
      simulation.set(`${path}.reach`, 32);
      simulation.set(`${path}.on`, true);
      const before = new Map(
        Array.from(table.f64('id').subarray(0, table.count), (id, row) => [id, table.f32(floatsNamed('energy'))[row]]),
      );
      simulation.step(1);
      const gained = new Map<number, number>();
      for (let row = 0; row < table.count; row++) {
        const gain = table.f32(floatsNamed('energy'))[row] - (before.get(table.f64('id')[row]) as number);
        if (gain > 0) gained.set(table.f64('id')[row], gain);
      }
      simulation.dispose();
      return gained;
    });
    // Siblings share one gift: who gets more of it when like ones are favoured gets less when unlike ones are.
    expect(gains[0].size).toBeGreaterThan(5);
    const ratios = [...gains[0]].filter(([id]) => gains[1].has(id)).map(([id, gain]) => gain / (gains[1].get(id) as number));
    expect(ratios.some((ratio) => ratio > 1.05)).toBe(true);
    expect(ratios.some((ratio) => ratio < 0.95)).toBe(true);
  });

  it('cannot be misled by an unknown parameter', () => {
    const simulation = world();
    expect(() => simulation.set(`${path}.share`, 2)).toThrow('share');
    simulation.dispose();
  });
});

describe('mate choice', () => {
  it('is refused where genomes carry no display', () => {
    const simulation = world();
    expect(() => simulation.set('populations.grazers.mechanisms.mate-choice.on', true)).toThrow(
      "genomes carry no locus 'display'",
    );
    simulation.dispose();
  });
});
