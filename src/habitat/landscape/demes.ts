import { exp } from '../../math/elementary.ts';
import type { LandscapePopulation } from './landscape-population.ts';

/** Rows by deme, and the sums of their fitness within it. Valid until rows move. */
export interface Demes {
  /** Rows grouped by deme, within a deme by id. */
  readonly rows: Uint32Array;
  /** First entry of each deme, and the end of the last. */
  readonly starts: Uint32Array;
  /** Sums of fitness, relative to the highest of all, within the deme up to and including an entry. */
  readonly cumulative: Float64Array;
}

/** Sorts a population by its demes. Log fitness must be that of the living. */
export function findDemes({ table, count }: LandscapePopulation, demes: number): Demes {
  const [deme, id, logFitness] = [table.u32('deme'), table.f64('id'), table.f64('logFitness')];
  const rows = Uint32Array.from({ length: count }, (_, row) => row).sort((a, b) => deme[a] - deme[b] || id[a] - id[b]);
  const starts = new Uint32Array(demes + 1);
  for (let row = 0; row < count; row++) starts[deme[row] + 1]++;
  for (let d = 0; d < demes; d++) starts[d + 1] += starts[d];
  let highest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < count; row++) highest = Math.max(highest, logFitness[row]);
  const cumulative = new Float64Array(count);
  for (let d = 0; d < demes; d++) {
    let sum = 0;
    for (let i = starts[d]; i < starts[d + 1]; i++) {
      sum += exp(logFitness[rows[i]] - highest);
      cumulative[i] = sum;
    }
  }
  return { rows, starts, cumulative };
}

/** Row in a deme that a uniform number in [0, 1) falls on, each with a probability in proportion to its fitness; -1 if the deme is empty. */
export function drawInDeme({ rows, starts, cumulative }: Demes, deme: number, uniform: number): number {
  let low = starts[deme];
  let high = starts[deme + 1] - 1;
  if (high < low) return -1;
  const target = uniform * cumulative[high];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > target) high = middle;
    else low = middle + 1;
  }
  return rows[low];
}
