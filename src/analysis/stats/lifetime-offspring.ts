import { eachParentage, type Lives } from './life-table.ts';

/** What organisms of a cohort left in their lives. @experimental */
export interface LifetimeOffspring {
  /** Offspring of each, counted by its share of their loci: 1 of a clone, about 1/2 of an offspring of two parents. */
  readonly offspring: Float64Array;
  /**
   * Variance of the number of copies that one copy of a locus leaves, from chance in gametes: sum of s (1 - s) over offspring, mean over the cohort.
   */
  readonly mendelian: number;
}

/**
 * Lifetime offspring of a cohort, by all births that are known.
 * @param rows of organisms whose lives have ended
 * @experimental
 */
export function lifetimeOffspring(lives: Lives, rows: ArrayLike<number>): LifetimeOffspring {
  const place = new Int32Array(lives.birth.length).fill(-1);
  for (let k = 0; k < rows.length; k++) place[rows[k]] = k;
  const offspring = new Float64Array(rows.length);
  let chance = 0;
  eachParentage(lives, { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }, (parent, _, share) => {
    const k = place[parent];
    if (k < 0) return;
    offspring[k] += share;
    chance += share * (1 - share);
  });
  return { offspring, mendelian: chance / rows.length };
}

/**
 * The ancestor of each organism along first parents that had been born by a tick; its own row for those that had been born themselves, and for those without parents.
 * Descendants of one ancestor share place, luck and all its loci, so that errors leave out clades and not organisms.
 * @experimental
 */
export function ancestorsAt({ birth, firstParent }: Pick<Lives, 'birth' | 'firstParent'>, tick: number): Int32Array {
  const ancestors = new Int32Array(birth.length);
  for (let row = 0; row < ancestors.length; row++) {
    const parent = firstParent[row];
    ancestors[row] = parent < 0 || birth[row] <= tick ? row : ancestors[parent];
  }
  return ancestors;
}

/**
 * Clades of a cohort, for errors: descendants of the organisms that lived at a tick, the earliest at which these are at least `fewest` in effect (1 / sum of squared shares of the
 * cohort). Kin share place and luck too, so that the deeper the clades, the less do errors leave out; with too few of them the errors are not known.
 * @param rows of the cohort, born after `latest`
 * @param latest tick of the shallowest clades; where even these are too few, they are taken
 * @returns the tick, the ancestor's row of each organism of the cohort, and how many clades there are in effect
 * @experimental
 */
export function deepClades(
  lives: Pick<Lives, 'birth' | 'firstParent'>,
  rows: ArrayLike<number>,
  latest: number,
  fewest: number,
): { tick: number; clades: Int32Array; effective: number } {
  const at = (tick: number) => {
    const ancestors = ancestorsAt(lives, tick);
    return Int32Array.from({ length: rows.length }, (_, k) => ancestors[rows[k]]);
  };
  // Clades of a later tick are parts of those of an earlier one, so that their number never falls with it.
  let [low, high] = [0, latest];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (effectiveNumber(at(middle)) >= fewest) high = middle;
    else low = middle + 1;
  }
  const clades = at(high);
  return { tick: high, clades, effective: effectiveNumber(clades) };
}

/** 1 / sum of squared shares of the groups of a list. */
function effectiveNumber(groups: Int32Array): number {
  const counts = new Map<number, number>();
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  let squares = 0;
  for (const count of counts.values()) squares += count * count;
  return squares > 0 ? (groups.length * groups.length) / squares : 0;
}

/** Fitness of a cohort by lifetime offspring. @experimental */
export interface CohortFitness {
  readonly mean: number;
  /** Divisor n. */
  readonly variance: number;
  /** Crow's opportunity for selection I, variance / mean^2: no trait can change by more standard deviations than its root (Crow 1958, Hum. Biol. 30: 1). */
  readonly opportunity: number;
  /**
   * Effective size from the variance of lifetime contributions, organisms: N_1 T / V, where N_1 organisms are born a tick, T is the generation time in ticks
   * and V the variance of the copies that a copy leaves, relative to their mean (Hill 1972, Theor. Popul. Biol. 3: 278; 1979, Genetics 92: 317: 4 N_1 T
   * / (V_k + 2) of diploids with two parents). Infinite if all leave equally many, NaN if none leaves any.
   */
  readonly effectiveSize: number;
}

/**
 * Opportunity for selection and variance effective size of a cohort.
 * @param bornPerTick newborns of the population a tick
 * @param generation generation time, ticks
 * @experimental
 */
export function cohortFitness(
  { offspring, mendelian }: LifetimeOffspring,
  bornPerTick: number,
  generation: number,
): CohortFitness {
  const n = offspring.length;
  let [mean, variance] = [0, 0];
  for (let k = 0; k < n; k++) mean += offspring[k] / n;
  for (let k = 0; k < n; k++) variance += ((offspring[k] - mean) * (offspring[k] - mean)) / n;
  const relative = (variance + mendelian) / (mean * mean);
  return {
    mean: n > 0 ? mean : Number.NaN,
    variance: n > 0 ? variance : Number.NaN,
    opportunity: mean > 0 ? variance / (mean * mean) : Number.NaN,
    effectiveSize: mean > 0 ? (bornPerTick * generation) / relative : Number.NaN,
  };
}
