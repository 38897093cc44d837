/** Blocks of rows that are left out in turn. @experimental */
export interface FamilyBlocks {
  /** Block of each row. */
  readonly of: Int32Array;
  readonly count: number;
}

const usualBlocks = 40;

/**
 * Joins families to blocks of nearly equal size, at most 40; a family is never split. Families with neighbouring numbers come together.
 * @param families number of the family of each row, for example the row of its first parent
 * @experimental
 */
export function familyBlocks(families: ArrayLike<number>, most = usualBlocks): FamilyBlocks {
  const n = families.length;
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => families[a] - families[b] || a - b);
  const of = new Int32Array(n);
  let block = 0;
  let filled = 0;
  for (let k = 0; k < n; k++) {
    const opens = k > 0 && families[order[k]] !== families[order[k - 1]];
    if (opens && k >= ((block + 1) * n) / most) {
      block++;
      filled = k;
    }
    of[order[k]] = block;
  }
  // A last block of a few rows would have a weight of its own.
  if (block > 1 && n - filled < n / (3 * most)) {
    for (let k = filled; k < n; k++) of[order[k]] = block - 1;
    block--;
  }
  return { of, count: n === 0 ? 0 : block + 1 };
}

/**
 * Standard errors by the delete-one-block jackknife: sqrt((B - 1)/B sum (x_b - mean x)^2) over B blocks (Efron & Tibshirani 1993, An Introduction to the
 * Bootstrap, ch. 11). For intervals use Student's t with B - 1 degrees of freedom.
 * @param without estimates without block b; undefined where they cannot be made
 * @returns an error for each estimate, NaN with fewer than two blocks, or where one of the estimates cannot be made
 * @experimental
 */
export function jackknifeErrors(
  blocks: number,
  estimates: number,
  without: (block: number) => ArrayLike<number> | undefined,
): Float64Array {
  const errors = new Float64Array(estimates).fill(Number.NaN);
  if (blocks < 2) return errors;
  const made: ArrayLike<number>[] = [];
  for (let block = 0; block < blocks; block++) {
    const one = without(block);
    if (!one) return errors;
    made.push(one);
  }
  for (let i = 0; i < estimates; i++) {
    let [mean, square] = [0, 0];
    for (const one of made) mean += one[i] / blocks;
    for (const one of made) square += (one[i] - mean) * (one[i] - mean);
    errors[i] = Math.sqrt(((blocks - 1) / blocks) * square);
  }
  return errors;
}
