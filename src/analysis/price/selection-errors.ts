/** Standard errors of a selection differential and of its parts, in units of the trait; NaN where there is too little to tell. */
export interface SelectionErrors {
  readonly selection: number;
  readonly between: number;
  readonly within: number;
}

/**
 * Standard errors by a jackknife over clades (Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 11): how far selection would have
 * been another with other clades of the same kinds. Members of a clade share luck and genes, so clades are what is left out one at a time, not
 * organisms; where every clade has one member they are the same. Costs as much as the differential itself: every part is a function of sums
 * over clades.
 * @param fitness numbers of descendants, 0 or more
 * @param groups clade of each, any number that names one
 */
export function selectionErrors(
  fitness: ArrayLike<number>,
  values: ArrayLike<number>,
  groups: ArrayLike<number>,
): SelectionErrors {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i] / n;
  const clades = new Map<number, { count: number; w: number; z: number; wz: number }>();
  for (let i = 0; i < n; i++) {
    let clade = clades.get(groups[i]);
    if (!clade) clades.set(groups[i], (clade = { count: 0, w: 0, z: 0, wz: 0 }));
    const z = values[i] - mean;
    clade.count++;
    clade.w += fitness[i];
    clade.z += z;
    clade.wz += fitness[i] * z;
  }
  // Within a clade the sum of (w - its mean) z is this.
  const insideOf = ({ count, w, z, wz }: { count: number; w: number; z: number; wz: number }) => wz - (w * z) / count;
  let [w, z, wz, inside] = [0, 0, 0, 0];
  for (const clade of clades.values()) {
    w += clade.w;
    z += clade.z;
    wz += clade.wz;
    inside += insideOf(clade);
  }
  const without = { selection: [] as number[], between: [] as number[], within: [] as number[] };
  for (const clade of clades.values()) {
    const rest = w - clade.w;
    const selection = (wz - clade.wz) / rest - (z - clade.z) / (n - clade.count);
    const within = (inside - insideOf(clade)) / rest;
    without.selection.push(selection);
    without.between.push(selection - within);
    without.within.push(within);
  }
  return { selection: jackknife(without.selection), between: jackknife(without.between), within: jackknife(without.within) };
}

/** Standard error of an estimate from what it is without each of its parts. */
function jackknife(without: readonly number[]): number {
  const count = without.length;
  // Where all descend from one clade, nothing is left without it.
  if (count < 2 || !without.every(Number.isFinite)) return Number.NaN;
  const mean = without.reduce((sum, value) => sum + value, 0) / count;
  const square = without.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return Math.sqrt(((count - 1) / count) * square);
}
