/** A pedigree: each row an organism, in the order of birth. */
export interface Pedigree {
  readonly id: ArrayLike<number>;
  readonly birthTick: ArrayLike<number>;
  /** Parents' ids by row, the first one first; -1 for none. */
  readonly firstParent: ArrayLike<number>;
  readonly secondParent: ArrayLike<number>;
  /** Share of the first parent. */
  readonly share: ArrayLike<number>;
}

/**
 * Numbers of descendants (shares of ancestry, including itself) at the close of a window, for each organism that lived when it opened. An organism
 * born since passes its count to its parents by their shares.
 * @param ancestors ids of the organisms that lived when it opened, at tick `opened`
 * @param living ids of the organisms that live when it closes
 * @throws {RangeError} if an organism that was born in the window, or lives, has no row
 */
export function countDescendants(
  pedigree: Pedigree,
  ancestors: ArrayLike<number>,
  living: ArrayLike<number>,
  opened: number,
): Float64Array {
  const { id, birthTick, firstParent, secondParent, share } = pedigree;
  const rows = new Map<number, number>();
  for (let row = 0; row < id.length; row++) rows.set(id[row], row);
  const rowOf = (of: number): number => {
    const row = rows.get(of);
    if (row === undefined) throw new RangeError(`organism ${of} has no row in the pedigree`);
    return row;
  };
  const weights = new Float64Array(id.length);
  for (let j = 0; j < living.length; j++) weights[rowOf(living[j])] = 1;
  // Ids ascend in the order of birth, so that children are visited before their parents.
  const born = Array.from(id, (_, row) => row)
    .filter((row) => birthTick[row] > opened)
    .sort((a, b) => birthTick[b] - birthTick[a] || id[b] - id[a]);
  for (const row of born) {
    const weight = weights[row];
    if (weight === 0 || firstParent[row] < 0) continue;
    if (secondParent[row] < 0) weights[rowOf(firstParent[row])] += weight;
    else {
      weights[rowOf(firstParent[row])] += weight * share[row];
      weights[rowOf(secondParent[row])] += weight * (1 - share[row]);
    }
  }
  return Float64Array.from({ length: ancestors.length }, (_, i) => weights[rowOf(ancestors[i])]);
}
