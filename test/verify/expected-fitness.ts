import { policyWeights } from '../../src/genome/layout.ts';
import { choleskyFactor, solveLower } from '../../src/math/cholesky.ts';
import type { EmbodiedPopulation } from '../../src/population/embodied-population.ts';

/** What is known of organisms before a fork runs, `width` numbers each. */
export interface Circumstances {
  readonly width: number;
  readonly values: Float64Array;
}

/**
 * Circumstances of organisms: energy and age with their squares and what was last observed, of the body; loci other than those of the policy,
 * of the genome.
 * @param body rows of the organisms, in the order wanted
 * @param slots of the assayed loci; @param genomes their values before anything was moved, a row an organism; @param energy of rows then
 */
export function circumstancesOf(
  population: EmbodiedPopulation,
  tick: number,
  body: ArrayLike<number>,
  slots: ArrayLike<number>,
  genomes: Float64Array,
  energy: ArrayLike<number>,
): Circumstances {
  const { table, layout } = population;
  const { network } = population.policy;
  const born = table.i32('birthTick');
  const age = (row: number) => (tick - born[row]) / population.parameters.life.span;
  const [inputs, stride] = [table.f32('inputs'), table.columns.inputs.width];
  const columns: ((row: number, k: number) => number)[] = [
    (row) => energy[row],
    (row) => energy[row] * energy[row],
    age,
    (row) => age(row) * age(row),
    ...Array.from({ length: network.inputs }, (_, i) => (row: number) => inputs[row * stride + i]),
  ];
  const policy = new Set(layout.loci.filter(({ segment }) => segment === policyWeights).map(({ slot }) => slot));
  for (const [l, slot] of Array.from(slots).entries()) {
    if (!policy.has(slot)) columns.push((_, k) => genomes[k * slots.length + l]);
  }
  const values = new Float64Array(body.length * columns.length);
  for (let k = 0, at = 0; k < body.length; k++) for (const column of columns) values[at++] = column(body[k], k);
  return { width: columns.length, values };
}

/**
 * What is to be expected of each organism's fitness given its circumstances, by least squares on all others (Lavenberg & Welch 1981, Manage. Sci.
 * 27: 322: control variates). An organism's own fitness has no part in it, so what is left of its fitness goes with a perturbation as all of it did.
 * @param fitness a number an organism, relative to the mean
 */
export function expectedFitness(fitness: ArrayLike<number>, { width, values }: Circumstances): Float64Array {
  const n = fitness.length;
  const expected = new Float64Array(n);
  const columns = standardised(values, n, width);
  const size = width + 1;
  // A column of ones comes first.
  const row = new Float64Array(size).fill(1);
  const take = (k: number) => {
    for (let i = 0; i < width; i++) row[i + 1] = columns[k * width + i];
  };
  const [products, sums] = [new Float64Array(size * size), new Float64Array(size)];
  for (let k = 0; k < n; k++) {
    take(k);
    for (let i = 0; i < size; i++) {
      sums[i] += row[i] * fitness[k];
      for (let j = 0; j <= i; j++) products[i * size + j] += row[i] * row[j];
    }
  }
  // Columns may depend on each other.
  for (let i = 0; i < size; i++) products[i * size + i] += 1e-6 * n;
  const lower = choleskyFactor(products, size);
  const projected = solveLower(lower, sums);
  for (let k = 0; k < n; k++) {
    take(k);
    const own = solveLower(lower, row);
    let [fitted, leverage] = [0, 0];
    for (let i = 0; i < size; i++) {
      fitted += own[i] * projected[i];
      leverage += own[i] * own[i];
    }
    expected[k] = leverage < 1 ? (fitted - leverage * fitness[k]) / (1 - leverage) : 0;
  }
  return expected;
}

/** Columns minus their means, in their standard deviations; 0 where nothing varies. */
function standardised(values: Float64Array, n: number, width: number): Float64Array {
  const columns = values.slice();
  for (let i = 0; i < width; i++) {
    let [mean, square] = [0, 0];
    for (let k = 0; k < n; k++) mean += values[k * width + i] / n;
    for (let k = 0; k < n; k++) square += (values[k * width + i] - mean) * (values[k * width + i] - mean);
    const deviation = Math.sqrt(square / n);
    for (let k = 0; k < n; k++) columns[k * width + i] = deviation > 0 ? (values[k * width + i] - mean) / deviation : 0;
  }
  return columns;
}
