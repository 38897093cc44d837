import { describe, expect, it } from 'vitest';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { learningGenes } from '../../../src/mechanisms/learning.ts';
import { makeWorld, smallWorld } from '../engine/worlds.ts';

const rewards = [learningGenes.energy, learningGenes.damage, learningGenes.cue, learningGenes.social, learningGenes.novelty];

/** Organisms whose genes all say the same: what they want and how fast they learn. */
function learners(wants: Readonly<Record<string, number>>, parameters: object = {}) {
  const fixed = (founder: number) => ({ founder, deviation: 0 });
  return makeWorld(
    smallWorld({
      foragers: {
        traits: {
          ...Object.fromEntries(rewards.map(({ id }) => [id, fixed(wants[id] ?? 0)])),
          'learning.rate': fixed(0.05),
          'learning.trace': fixed(0.5),
          'learning.halving': fixed(1),
        },
        mechanisms: { mutation: { on: false }, learning: { on: true, ...parameters } },
      },
    }),
  );
}

describe('learning', () => {
  it('rewards what is taken in, as a share of the appetite, by the gene for it', () => {
    const simulation = learners({ 'reward.energy': 1.5 });
    const [population] = simulation.populations;
    let fed = 0;
    for (let tick = 0; tick < 10; tick++) {
      simulation.step();
      const births = simulation.births(population).count;
      const { table, count } = population;
      const [reward, intake, appetite] = ['reward', 'intake', 'appetite'].map((name) => table.f32(floatsNamed(name)));
      for (let row = 0; row < count - births; row++) {
        expect(reward[row]).toBeCloseTo((1.5 * intake[row]) / appetite[row], 5);
        if (intake[row] > 0) fed++;
      }
    }
    expect(fed).toBeGreaterThan(100);
    simulation.dispose();
  });

  it('changes policies of organisms that want something, and no others', () => {
    for (const want of [0, 1]) {
      const simulation = learners({ 'reward.energy': want }, { baseline: 0 });
      simulation.step(20);
      const [{ table, count, layout, policy }] = simulation.populations;
      const [weights, genome] = [table.f32(floatsNamed('weights')), table.f32('genome')];
      let learned = 0;
      for (let row = 0; row < count; row++) {
        for (let slot = 0; slot < policy.network.length; slot++) {
          const at = row * layout.stride + slot;
          learned = Math.max(learned, Math.abs(weights[at] - genome[at]));
        }
      }
      // A want of 0 is a value between two limits, exact to a few roundings.
      if (want > 0) expect(learned).toBeGreaterThan(0.01);
      else expect(learned).toBeLessThan(1e-6);
      simulation.dispose();
    }
  });

  it('is not inherited: a newborn acts by its genome', () => {
    const simulation = learners({ 'reward.energy': 1 });
    const [population] = simulation.populations;
    let seen = 0;
    for (let tick = 0; tick < 40; tick++) {
      simulation.step();
      const births = simulation.births(population);
      const { table, layout, policy } = population;
      const [weights, genome] = [table.f32(floatsNamed('weights')), table.f32('genome')];
      for (let k = 0; k < births.count; k++) {
        const at = population.rowOf(births.id[k]) * layout.stride;
        expect(weights.slice(at, at + policy.network.length)).toEqual(genome.slice(at, at + policy.network.length));
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(20);
    simulation.dispose();
  });
});
