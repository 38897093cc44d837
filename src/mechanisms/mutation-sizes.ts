// Sizes of mutations that are not normal, as tables of quantiles for the kernel `mutateBySizes`.
import type { Block } from '../kernel/memory.ts';
import { gammaQuantiles } from '../math/gamma-quantiles.ts';
import type { Population } from '../population/population.ts';

/** Distributions of the size of a mutation (Eyre-Walker & Keightley 2007, Nat. Rev. Genet. 8: 610, for what is known of them). */
export const effectKinds = ['normal', 'exponential', 'gamma', 'fixed'] as const;
export type EffectKind = (typeof effectKinds)[number];

/** Nodes of half a table: 31 octaves of 32 intervals each, from 2^-32 to 1/2. */
const nodes = 31 * 32 + 1;
/** Floats from the lower half of a table to the upper. */
const half = 1024;

/** Floats of a table. */
export const sizeTableLength = 2 * half;

/** The chance at node i of the lower half: 2^-32 times 1, 33/32, ... 63/32, 2, 2 + 1/16 and so on. */
const chanceAt = (i: number) => ((1 + (i & 31) / 32) * ((1 << (i >> 5)) >>> 0)) / 4294967296;

/**
 * Quantiles of |z|, z a mutation whose root mean square is 1. Place i is the quantile at the chance c_i = 2^-32 2^(i >> 5) (1 + (i & 31)/32), i = 0 to 992,
 * place 1024 + i that at 1 - c_i; the kernel reads them linearly in between. What is so drawn has a mean square of 1 but for rounding to f32.
 * @param shape of the gamma distribution
 */
export function sizeTable(kind: EffectKind, shape: number): Float32Array {
  const chances = Float64Array.from({ length: 2 * nodes }, (_, i) => (i < nodes ? chanceAt(i) : 1 - chanceAt(2 * nodes - 1 - i)));
  const sizes = gammaQuantiles(kind === 'gamma' ? shape : kind === 'normal' ? 0.5 : 1, chances);
  if (kind === 'fixed') sizes.fill(1);
  // Half the square of a standard normal number is a gamma variate of shape 1/2.
  if (kind === 'normal') for (const [i, square] of sizes.entries()) sizes[i] = Math.sqrt(square);
  // The mean square of what is uniform between a and b is (a^2 + a b + b^2) / 3.
  let square = 0;
  for (let i = 1; i < sizes.length; i++) {
    const [a, b] = [sizes[i - 1], sizes[i]];
    square += ((chances[i] - chances[i - 1]) * (a * a + a * b + b * b)) / 3;
  }
  const scale = 1 / Math.sqrt(square);
  const table = new Float32Array(sizeTableLength);
  for (let i = 0; i < nodes; i++) {
    table[i] = scale * sizes[i];
    table[half + i] = scale * sizes[2 * nodes - 1 - i];
  }
  // The kernel reads the place behind a node with it, the last one's with weight 0.
  table[nodes] = table[nodes - 1];
  table[half + nodes] = table[half + nodes - 1];
  return table;
}

const held = new WeakMap<Population, { readonly block: Block; kind: EffectKind; shape: number }>();

/** The table of a population's mutations in the simulation's memory, made when the distribution changes. */
export function sizesOf(population: Population, kind: EffectKind, shape: number): Block {
  const found = held.get(population);
  if (found?.kind === kind && (kind !== 'gamma' || found.shape === shape)) return found.block;
  const block = found?.block ?? population.arena.allocate(`${population.name} sizes of mutations`, 4 * sizeTableLength);
  block.f32().set(sizeTable(kind, shape));
  held.set(population, { block, kind, shape });
  return block;
}
