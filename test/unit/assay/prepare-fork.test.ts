import { describe, expect, it } from 'vitest';
import { planAssay } from '../../../src/analysis/assay/plan-assay.ts';
import { assayedSlots, perturbationSizes, prepareFork } from '../../../src/analysis/assay/prepare-fork.ts';
import { policyWeights } from '../../../src/genome/layout.ts';
import { develop } from '../../../src/population/genomes.ts';
import { column, makeWorld, smallWorld } from '../engine/worlds.ts';

/** A fork of the same world, prepared but not run. */
function prepared(kind: 'realised' | 'reshuffled' | 'perturbed', mirrored = false, [size, policySize] = [1, 1], foragers = {}) {
  const world = makeWorld(smallWorld({ foragers: { founders: 80, ...foragers } }), 'fork');
  world.step(12);
  const [population] = world.populations;
  const sizes = perturbationSizes(population, size, policySize);
  const fork = prepareFork(population, { kind, mirrored, seed: 'fork' }, sizes);
  return { ...fork, world, population, sizes, slots: assayedSlots(population) };
}

describe('a fork that is prepared', () => {
  it.each(['reshuffled', 'perturbed'] as const)(
    'has the traits of its genomes, not of the bodies that they were dealt: %s',
    (kind) => {
      const { world, population } = prepared(kind);
      const traits = population.layout.ranges.map(({ trait }) => trait);
      const now = traits.map((trait) => column(population, trait));
      develop(population, 0, population.count);
      for (const [t, trait] of traits.entries()) expect(now[t], trait).toEqual(column(population, trait));
      world.dispose();
    },
  );

  it.each(['reshuffled', 'perturbed'] as const)('has learned nothing with other genes: %s', (kind) => {
    const { world, population } = prepared(kind, false, [1, 1], { mechanisms: { learning: { on: true } } });
    expect(column(population, 'weights')).toEqual(column(population, 'genome'));
    world.dispose();
  });

  it('moves weights of the policy by one size and the rest by another', () => {
    const { world, population, before, after, slots } = prepared('perturbed', false, [1, 3]);
    const { deviation } = population.parameters.mechanisms.mutation as unknown as { deviation: number };
    const segments = new Map(population.layout.loci.map(({ slot, segment, scale }) => [slot, { segment, scale }]));
    let [policy, others, weights, rest] = [0, 0, 0, 0];
    for (let at = 0; at < before.length; at++) {
      const { segment, scale } = segments.get(slots[at % slots.length]) as { segment: string; scale: number };
      const square = ((after[at] - before[at]) / (scale * deviation)) ** 2;
      if (segment === policyWeights) [policy, weights] = [policy + square, weights + 1];
      else [others, rest] = [others + square, rest + 1];
    }
    // Mean squares of normals: relative standard error sqrt(2 / n).
    expect(Math.abs(policy / weights / 9 - 1)).toBeLessThan(4 * Math.sqrt(2 / weights));
    expect(Math.abs(others / rest - 1)).toBeLessThan(4 * Math.sqrt(2 / rest));
    world.dispose();
  });

  it('and its mirror have the same bodies and opposite perturbations', () => {
    const [one, two] = [false, true].map((mirrored) => prepared('perturbed', mirrored));
    expect(two.body).toEqual(one.body);
    expect(two.before).toEqual(one.before);
    for (let at = 0; at < one.before.length; at++) {
      expect(one.after[at] + two.after[at] - 2 * one.before[at]).toBeCloseTo(0, 5);
    }
    for (const { world } of [one, two]) world.dispose();
  });
});

it('an assay is planned as pairs of which one is mirrored, then the other kinds', () => {
  const plan = planAssay({ seed: 's', forks: 5, replays: 2 });
  expect(plan.map(({ kind }) => kind)).toEqual([
    ...Array(6).fill('perturbed'),
    'reshuffled',
    'reshuffled',
    'realised',
    'realised',
  ]);
  for (let pair = 0; pair < 3; pair++) {
    const [one, two] = plan.slice(2 * pair, 2 * pair + 2);
    expect([one.mirrored, two.mirrored, one.seed === two.seed]).toEqual([false, true, true]);
  }
  expect(new Set(plan.map(({ kind, seed }) => `${kind} ${seed}`)).size).toBe(7);
});
