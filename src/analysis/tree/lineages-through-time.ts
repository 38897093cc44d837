import type { Tree } from './tree.ts';

/** From `time[k]` until `time[k + 1]` there are `lines[k]` lines. @experimental */
export interface LineagesThroughTime {
  /** Ticks, strictly ascending. */
  readonly time: Float64Array;
  readonly lines: Int32Array;
}

/**
 * Number of lines at each time: those that have begun and not yet ended (a line that ends at t is gone at t).
 * A tree of lines and the phylogeny that budding makes of it have the same course; on the genealogy of the living it is
 * the reconstructed one (Nee, May & Harvey 1994, Phil. Trans. R. Soc. B 344: 305). An end at `present` or later does not count:
 * give the present for phylogenies, whose living tips end there. O(n log n).
 * @experimental
 */
export function lineagesThroughTime(tree: Tree, present = Infinity): LineagesThroughTime {
  const { count, origin, end } = tree;
  const began = origin.slice(0, count).sort();
  const ended = end.slice(0, count).sort();
  const time = new Float64Array(2 * count);
  const lines = new Int32Array(2 * count);
  let [steps, b, e] = [0, 0, 0];
  while (b < count || (e < count && ended[e] < present)) {
    const ending = e < count && ended[e] < present ? ended[e] : Infinity;
    const now = b < count ? Math.min(began[b], ending) : ending;
    if (now === Infinity) break;
    while (b < count && began[b] === now) b++;
    while (e < count && ended[e] === now && now < present) e++;
    if (steps > 0 && lines[steps - 1] === b - e) continue;
    time[steps] = now;
    lines[steps++] = b - e;
  }
  return { time: time.slice(0, steps), lines: lines.slice(0, steps) };
}
