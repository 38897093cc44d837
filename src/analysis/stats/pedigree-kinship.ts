/** A pedigree: parents come before their children. @experimental */
export interface Pedigree {
  /** Places of the parents, -1 for none. */
  readonly firstParent: ArrayLike<number>;
  readonly secondParent: ArrayLike<number>;
  /** Share of the loci from the first parent. */
  readonly firstShare: ArrayLike<number>;
  readonly ploidy: 1 | 2;
}

/**
 * Malecot's kinship from a pedigree: the expected share of loci at which a copy drawn from each of two organisms descends from the same copy of a founder
 * (Malecot 1948; the tabular method of Emik & Terrill 1949, J. Hered. 40: 51). Of an organism with itself two draws with replacement. Relatedness of
 * diploids is 2 kinship, that of haploids kinship.
 * @param ids places of organisms, whose kinships are returned row by row; it takes the square of the number of their ancestors
 * @returns `ids.length` squared numbers
 * @experimental
 */
export function pedigreeKinship(pedigree: Pedigree, ids: ArrayLike<number>): Float64Array {
  const { firstParent, secondParent, firstShare, ploidy } = pedigree;
  const needed = new Set<number>();
  const stack = Array.from(ids);
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    if (row < 0 || needed.has(row)) continue;
    needed.add(row);
    stack.push(firstParent[row], secondParent[row]);
  }
  const rows = [...needed].sort((a, b) => a - b);
  const place = new Map(rows.map((row, k) => [row, k]));
  const n = rows.length;
  const kinship = new Float64Array(n * n);
  const parentsOf = (row: number): (readonly [number, number])[] => {
    const [first, second] = [firstParent[row], secondParent[row]];
    if (first < 0) return [];
    if (second < 0) return [[place.get(first) as number, 1]];
    return [
      [place.get(first) as number, firstShare[row]],
      [place.get(second) as number, 1 - firstShare[row]],
    ];
  };
  for (let k = 0; k < n; k++) {
    const parents = parentsOf(rows[k]);
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (const [parent, share] of parents) sum += share * kinship[parent * n + j];
      kinship[k * n + j] = kinship[j * n + k] = sum;
    }
    kinship[k * n + k] = ofItself(parents, kinship, n, ploidy);
  }
  const at = Array.from(ids, (row) => place.get(row) as number);
  return Float64Array.from({ length: at.length * at.length }, (_, i) => {
    return kinship[at[Math.floor(i / at.length)] * n + at[i % at.length]];
  });
}

/** Two draws from one organism: the same copy, or the two that it has. A diploid clone has the pair of its parent. */
function ofItself(parents: readonly (readonly [number, number])[], kinship: Float64Array, n: number, ploidy: 1 | 2): number {
  if (ploidy === 1) return 1;
  if (parents.length === 0) return 0.5;
  const [[first], second] = parents;
  if (second === undefined) return kinship[first * n + first];
  return (1 + kinship[first * n + second[0]]) / 2;
}
