/**
 * Standard errors of a selection differential and of its parts, in units of the trait; NaN if there are too few families.
 * @experimental
 */
export interface SelectionErrors {
  readonly selection: number;
  readonly between: number;
  readonly within: number;
  /** Degrees of freedom of Student's interval: effective number of families minus one, at least 1. */
  readonly freedom: number;
}

interface Sums {
  count: number;
  w: number;
  z: number;
  wz: number;
  /** Of (w - its clade's mean) z. */
  inside: number;
}

/**
 * Standard errors by a jackknife over families (Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 11): how different selection would have
 * been with other families of the same kinds. Members of a family share luck, place and genes, so families are left out one at a time, not
 * organisms; if every family has one member they are the same. Families should be larger than the clades that split selection, because clades of one window are still relatives and
 * neighbours. If they differ in size fewer count: Student's degrees of freedom are those of the effective number, (sum of sizes)^2 / sum of squared sizes. Costs as much as the
 * differential itself: every part is a function of sums over families.
 * @param fitness numbers of descendants, 0 or more
 * @param clades that split selection into between and within: any number that identifies one
 * @param families that are left out: each holds whole clades
 * @experimental
 */
export function selectionErrors(
  fitness: ArrayLike<number>,
  values: ArrayLike<number>,
  clades: ArrayLike<number>,
  families: ArrayLike<number> = clades,
): SelectionErrors {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i] / n;
  const ofClades = new Map<number, Sums & { family: number }>();
  for (let i = 0; i < n; i++) {
    let clade = ofClades.get(clades[i]);
    if (!clade) ofClades.set(clades[i], (clade = { count: 0, w: 0, z: 0, wz: 0, inside: 0, family: families[i] }));
    const z = values[i] - mean;
    clade.count++;
    clade.w += fitness[i];
    clade.z += z;
    clade.wz += fitness[i] * z;
  }
  const total: Sums = { count: 0, w: 0, z: 0, wz: 0, inside: 0 };
  const ofFamilies = new Map<number, Sums>();
  for (const clade of ofClades.values()) {
    clade.inside = clade.wz - (clade.w * clade.z) / clade.count;
    const family = ofFamilies.get(clade.family) ?? { count: 0, w: 0, z: 0, wz: 0, inside: 0 };
    ofFamilies.set(clade.family, family);
    for (const key of ['count', 'w', 'z', 'wz', 'inside'] as const) {
      family[key] += clade[key];
      total[key] += clade[key];
    }
  }
  const without = { selection: [] as number[], between: [] as number[], within: [] as number[] };
  let squares = 0;
  for (const family of ofFamilies.values()) {
    squares += family.count * family.count;
    const rest = total.w - family.w;
    const selection = (total.wz - family.wz) / rest - (total.z - family.z) / (n - family.count);
    const within = (total.inside - family.inside) / rest;
    without.selection.push(selection);
    without.between.push(selection - within);
    without.within.push(within);
  }
  return {
    selection: jackknife(without.selection),
    between: jackknife(without.between),
    within: jackknife(without.within),
    freedom: Math.max(1, (n * n) / squares - 1),
  };
}

/** Standard error of an estimate from its values without each of its parts. */
function jackknife(without: readonly number[]): number {
  const count = without.length;
  // If all descend from one family, nothing is left without it.
  if (count < 2 || !without.every(Number.isFinite)) return Number.NaN;
  const mean = without.reduce((sum, value) => sum + value, 0) / count;
  const square = without.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return Math.sqrt(((count - 1) / count) * square);
}
