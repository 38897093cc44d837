import { type GenomeRows, meanGenome } from './genetic-covariance.ts';
import { labRows, withLabWorld } from './lab-scene.ts';

/** Generations per organism after which a neutral population has forgotten its founders. */
const enough = 5;

/** A population shaped by drift, mutation and transfer, without selection. */
export interface CloudQuestion {
  readonly size: number;
  readonly dimensions: number;
  readonly sigma: number;
  /** Chance per locus and generation to be copied from any organism. */
  readonly h: number;
}

/** Genomes of such a population round 0, as many rows as organisms. */
export function neutralCloud({ size, dimensions, sigma, h }: CloudQuestion, seed: string): Float64Array {
  // Sizes of mutation scale it, and small ones would be lost in float32 beside values that drift far.
  const world = { form: 'linear', parameters: { slope: 0 }, model: 'wright-fisher', dimensions, size, sigma: 1, h } as const;
  return withLabWorld(world, seed, (simulation, population) => {
    simulation.step(enough * size);
    const rows = labRows(population);
    const centre = meanGenome(rows);
    return Float64Array.from(
      { length: size * dimensions },
      (_, i) => sigma * (rows.values[Math.floor(i / dimensions) * rows.stride + (i % dimensions)] - centre[i % dimensions]),
    );
  });
}

/** A cloud moved to a place. */
export function cloudAt(cloud: Float64Array, at: ArrayLike<number>): GenomeRows {
  const dimensions = at.length;
  const values = cloud.map((value, i) => at[i % dimensions] + value);
  return { values, count: cloud.length / dimensions, stride: dimensions, dimensions };
}
