import { log } from '../../math/elementary.ts';
import type { ComponentSteps } from './component-steps.ts';

/** Measurements of open-ended dynamics, means over steps. @experimental */
export interface Modes {
  /** Components that persist and did not at the step before. */
  readonly change: number;
  /** Those of them that persisted at no step before. */
  readonly novelty: number;
  /** Shannon entropy of the components of organisms that persist, bits; over steps at which any does. */
  readonly ecology: number;
}

/**
 * Change, novelty and ecology of MODES (Dolson, Vostinar, Wiser & Ofria 2019, Artificial Life 25: 50), of the components of organisms whose lines persist. Change and
 * novelty are NaN with fewer than two steps, ecology is NaN if no line persists.
 * @experimental
 */
export function modes({ persistent }: ComponentSteps): Modes {
  const seen = new Set<number>();
  let [change, novelty, entropy, steps] = [0, 0, 0, 0];
  for (const [k, counts] of persistent.entries()) {
    for (const component of counts.keys()) {
      if (k > 0 && !persistent[k - 1].has(component)) change++;
      if (k > 0 && !seen.has(component)) novelty++;
      seen.add(component);
    }
    if (counts.size === 0) continue;
    entropy += shannon(counts);
    steps++;
  }
  const between = persistent.length - 1;
  return {
    change: between > 0 ? change / between : Number.NaN,
    novelty: between > 0 ? novelty / between : Number.NaN,
    ecology: steps > 0 ? entropy / steps : Number.NaN,
  };
}

function shannon(counts: ReadonlyMap<number, number>): number {
  let [all, sum] = [0, 0];
  for (const count of counts.values()) all += count;
  for (const count of counts.values()) sum -= (count / all) * log(count / all);
  return sum / log(2);
}
