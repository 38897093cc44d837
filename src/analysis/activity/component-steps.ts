/** Components of a population at steps of time: species, genotypes, alleles; whatever organisms can be counted by. @experimental */
export interface ComponentSteps {
  /** Ticks of the steps, the start first. */
  readonly ticks: readonly number[];
  /** Organisms of each component at each of the ticks; components without any are missing. */
  readonly living: readonly ReadonlyMap<number, number>[];
  /**
   * Those of them whose line lasts to the next tick, as they live then or have a descendant that does: the filter of persistence. It has no entry for the
   * last tick.
   */
  readonly persistent: readonly ReadonlyMap<number, number>[];
  /** Bodies that were born after the first tick, up to the last but one, and that live at the last tick or have a descendant that does; ascending. */
  readonly lasting: Int32Array;
}

/** The lives of a population over a window of time, and when components began or joined in it. @experimental */
export interface ComponentHistory {
  /** Ticks of the steps, the start first, ascending. */
  readonly ticks: readonly number[];
  /** Birth ticks in ascending order; bodies that are born at the first tick or before live then. */
  readonly birth: ArrayLike<number>;
  /** NaN while alive. */
  readonly death: ArrayLike<number>;
  /** Components of the bodies that live at the first tick, in any order. */
  readonly start: ArrayLike<number>;
  /** What happened to components after the first tick, in the order of ticks. */
  readonly changes: readonly ComponentChange[];
}

/** A component begins with a number of organisms, or joins another one. @experimental */
export type ComponentChange =
  | { readonly tick: number; readonly begins: number; readonly founders: number }
  | { readonly tick: number; readonly joins: number; readonly into: number };

/** The `lasting` of steps. @param parent of each body, -1 for those that live at the first tick or have none */
export function lastingBirths(
  { ticks, birth }: Pick<ComponentHistory, 'ticks' | 'birth'>,
  parent: Int32Array,
  livingAtLast: Iterable<number>,
): Int32Array {
  const isLine = new Uint8Array(birth.length);
  for (const body of livingAtLast) for (let at = body; at >= 0 && isLine[at] === 0; at = parent[at]) isLine[at] = 1;
  const until = ticks[Math.max(0, ticks.length - 2)];
  return Int32Array.from(isLine.keys()).filter((body) => isLine[body] === 1 && birth[body] > ticks[0] && birth[body] <= until);
}

/**
 * The first body after the start that is born when none lives of which it could be the offspring, as after a population died out and was founded
 * again; -1 where there is none. Bodies that are born and die at one tick never live.
 */
export function firstOrphan({ ticks, birth, death }: Pick<ComponentHistory, 'ticks' | 'birth' | 'death'>): number {
  let [before, now] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let body = 0; body < birth.length; body++) {
    // Bodies of one tick are not parents of each other.
    if (body > 0 && birth[body] > birth[body - 1]) before = now;
    if (death[body] <= birth[body]) continue;
    if (birth[body] > ticks[0] && before < birth[body]) return body;
    now = Math.max(now, Number.isNaN(death[body]) ? Number.POSITIVE_INFINITY : death[body]);
  }
  return -1;
}

/** Numbers by component. */
export function countBy(components: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const one of components) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}
