import { log } from '../../math/elementary.ts';
import { namedStream } from '../../math/streams.ts';
import { implantGenomes } from '../../population/implant.ts';
import { rowsById } from '../../population/rows-by-id.ts';
import type { Scene } from '../../scene/schema.ts';
import { createSimulation } from '../../simulation/create.ts';
import { DescendantCounter } from '../assay/descendant-counter.ts';
import { stopVariation } from '../assay/perform-assay-fork.ts';

/** Two genomes against each other in a fresh world of a scene. @experimental */
export interface Contest {
  readonly scene: Scene;
  readonly seed: string;
  readonly population: string;
  /** Whole genomes, `ploidy * stride` floats. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly ticks: number;
}

/** How a contest ended. @experimental */
export interface ContestOutcome {
  /** Log of the ratio of descendants (shares of ancestry) of the first to the second, with one half added to each; 0 after extinction. */
  readonly margin: number;
  /** Mean generation of the living at the end, founders of the contest being 0; NaN after extinction. */
  readonly generations: number;
}

/** The margin of a contest: `contestOutcome`. @throws {RangeError} as that @experimental */
export const performContest = (contest: Contest): number => contestOutcome(contest).margin;

/**
 * Half of the founders, drawn by chance, get the first genome and half the second; there is no other variation, and no mutation.
 * @throws {RangeError} for an unknown population or a genome of another length
 * @experimental
 */
export function contestOutcome({ scene, seed, population: name, first, second, ticks }: Contest): ContestOutcome {
  const simulation = createSimulation(scene, seed);
  try {
    const population = simulation.populations.find((one) => one.name === name);
    if (!population) throw new RangeError(`there is no population '${name}' in this scene`);
    stopVariation(simulation, population);
    const id = population.table.f64('id');
    const rows = rowsById(population);
    const stream = namedStream(seed, 'contest');
    for (let i = rows.length - 1; i > 0; i--) {
      const j = stream.integer(i + 1);
      [rows[i], rows[j]] = [rows[j], rows[i]];
    }
    const half = rows.length >> 1;
    const ofFirst = new Set(rows.slice(0, half).map((row) => id[row]));
    const ofSecond = new Set(rows.slice(half, 2 * half).map((row) => id[row]));
    for (let k = 0; k < rows.length; k++) implantGenomes(population, [rows[k]], k < half ? first : second);
    const counter = new DescendantCounter(simulation, population);
    simulation.observe(counter);
    simulation.step(ticks);
    simulation.assertFinite();
    const descendants = counter.count();
    let [one, two] = [0.5, 0.5];
    for (const [k, ancestor] of counter.ancestors.entries()) {
      if (ofFirst.has(ancestor)) one += descendants[k];
      else if (ofSecond.has(ancestor)) two += descendants[k];
    }
    const living = population.table.u32('generation').subarray(0, population.count);
    return { margin: log(one / two), generations: living.reduce((sum, generation) => sum + generation, 0) / living.length };
  } finally {
    simulation.dispose();
  }
}
