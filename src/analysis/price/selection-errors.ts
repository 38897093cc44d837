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
  /** What the families did, for errors that windows have in common. */
  readonly families: FamilyLuck;
}

/** The parts of selection that have errors of their own. @experimental */
export const selectionParts = ['selection', 'between', 'within'] as const;

/** A number for selection and for each of its parts. @experimental */
export type SelectionParts = Readonly<Record<(typeof selectionParts)[number], number>>;

/** What each family did to selection in a window: columns, so that it can be kept. @experimental */
export interface FamilyLuck {
  /** Numbers of the families; empty if there are too few. */
  readonly names: Float64Array;
  /** How far selection and its parts are from their mean without each family, three numbers a family. */
  readonly influences: Float64Array;
  /** Numbers of the clades, which are the families of the next window, and the family of each. */
  readonly clades: Float64Array;
  readonly families: Float64Array;
}

interface Sums {
  count: number;
  w: number;
  z: number;
  wz: number;
  /** Of (w - its clade's mean) z. */
  inside: number;
}

function add(sums: Sums, more: Sums): void {
  sums.count += more.count;
  sums.w += more.w;
  sums.z += more.z;
  sums.wz += more.wz;
  sums.inside += more.inside;
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
    add(family, clade);
    add(total, clade);
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
  const errors = {
    selection: jackknife(without.selection),
    between: jackknife(without.between),
    within: jackknife(without.within),
  };
  const means = partsOf((part) => without[part].reduce((sum, value) => sum + value / without[part].length, 0));
  const known = !Number.isNaN(errors.selection);
  return {
    ...errors,
    freedom: Math.max(1, (n * n) / squares - 1),
    families: {
      names: known ? Float64Array.from(ofFamilies.keys()) : new Float64Array(),
      influences: known
        ? Float64Array.from(without.selection.flatMap((_, k) => selectionParts.map((part) => without[part][k] - means[part])))
        : new Float64Array(),
      clades: Float64Array.from(ofClades.keys()),
      families: Float64Array.from(ofClades.values(), ({ family }) => family),
    },
  };
}

/** A number for each part. */
export const partsOf = (of: (part: keyof SelectionParts) => number): SelectionParts => ({
  selection: of('selection'),
  between: of('between'),
  within: of('within'),
});

/**
 * Correlation between the errors of a window and of the one before it: families outlive a window, and with them their luck and their kin. It is that of the
 * jackknife's influences if a family is left out of both windows, of the second as all families that descend from it. Where generations mix, or families of the second come from outside, it is
 * near 0; in asexual populations whose windows are shorter than a family's life, near 1.
 * @returns 0 for a part without errors in one of the windows
 * @experimental
 */
export function commonWith(former: FamilyLuck, own: FamilyLuck): SelectionParts {
  const width = selectionParts.length;
  const placeOf = new Map(Array.from(former.names, (name, place): [number, number] => [name, place]));
  const familyOf = new Map(Array.from(former.clades, (clade, k): [number, number] => [clade, former.families[k]]));
  // Influence of all that descends from each family of the former window.
  const descended = new Float64Array(former.influences.length);
  for (const [k, name] of own.names.entries()) {
    const place = placeOf.get(familyOf.get(name) as number);
    if (place === undefined) continue;
    for (let p = 0; p < width; p++) descended[place * width + p] += own.influences[k * width + p];
  }
  const product = (a: Float64Array, b: Float64Array, p: number) => {
    let sum = 0;
    for (let at = p; at < a.length; at += width) sum += a[at] * b[at];
    return sum;
  };
  return partsOf((part) => {
    const p = selectionParts.indexOf(part);
    const norm = Math.sqrt(product(own.influences, own.influences, p) * product(former.influences, former.influences, p));
    return norm > 0 ? Math.min(1, Math.max(-1, product(former.influences, descended, p) / norm)) : 0;
  });
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
