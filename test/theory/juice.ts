import json from '../../scenes/juice.json';
import { log } from '../../src/math/elementary.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import type { Population } from '../../src/population/population.ts';
import { parseScene } from '../../src/scene/parse.ts';
import type { PlaneScene } from '../../src/scene/schema.ts';
import { createSimulation } from '../../src/simulation/create.ts';

const scene = parseScene(json, 'juice') as PlaneScene;

/** What grows at the rate alpha s under expected REINFORCE of one Bernoulli action: -1/p + 1/(1 - p) + 2 ln(p / (1 - p)). */
export const unrolled = (p: number) => -1 / p + 1 / (1 - p) + 2 * log(p / (1 - p));

/** The chance at which `unrolled` has a value, by bisection of the weight. */
export function chanceAt(value: number): number {
  let low = -30;
  let high = 30;
  const chance = (w: number) => 1 / (1 + Math.E ** -w);
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (unrolled(chance(middle)) < value) low = middle;
    else high = middle;
  }
  return chance(low);
}

/** One population of the scene at one tick against the exact solution. */
export interface JuiceRow {
  readonly population: string;
  readonly tick: number;
  /** Chance at tick 0. */
  readonly start: number;
  /** Mean growth of `unrolled` over the organisms, in units of alpha s t: 1 by theory, and its standard error. */
  readonly measured: number;
  readonly standardError: number;
  /**
   * How far steps of finite length may be from the solution for alpha -> 0: the second-order term of the mean is
   * -(alpha^2 / 2) (1 - 2p)(1 - p) a step, and the rational logistic errs by 2e-5, a share of 2e-3 of a chance of 0.01.
   */
  readonly allowance: number;
  readonly chance: number;
  readonly expectedChance: number;
}

/** Follows the scene `juice` with a seed to these ticks. */
export function followJuice(seed: string, ticks: readonly number[]): JuiceRow[] {
  const simulation = createSimulation(scene, seed);
  const alpha = scene.populations.half.traits['learning.rate']?.founder ?? Number.NaN;
  const starts = simulation.populations.map((population) => mean(chances(population)));
  const rows: JuiceRow[] = [];
  for (const tick of ticks) {
    simulation.step(tick - simulation.tick);
    for (const [p, population] of simulation.populations.entries()) {
      const now = chances(population);
      const grown = now.map((chance) => (unrolled(chance) - unrolled(starts[p])) / (alpha * tick));
      rows.push({
        population: population.name,
        tick,
        start: starts[p],
        measured: mean(grown),
        standardError: standardError(grown),
        allowance: alpha / 2 + 2e-3,
        chance: mean(now),
        expectedChance: chanceAt(unrolled(starts[p]) + alpha * tick),
      });
    }
  }
  simulation.dispose();
  return rows;
}

/** The chance to drink of everybody, from the bias that it acts by. */
function chances({ table, layout, count }: Population): number[] {
  const slot = layout.loci.find(({ name }) => name === 'bias>eat')?.slot ?? -1;
  const weights = table.f32('weights');
  return Array.from({ length: count }, (_, row) => 1 / (1 + Math.E ** -weights[row * layout.stride + slot]));
}
