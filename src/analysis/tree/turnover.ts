import type { Tree } from './tree.ts';

/** Lines that began and ended in a window. @experimental */
export interface Turnover {
  /** Ticks lived within the window, summed over lines. */
  readonly exposure: number;
  /** Lines that left a parent's; those without a parent are not counted. */
  readonly originations: number;
  readonly ends: number;
}

/**
 * Originations and ends of lines after the tick `from`, up to the tick `to`, and the time over which they could happen. In a birth-and-death process the
 * likelihood is greatest at the rates `originations / exposure` and `ends / exposure` (Keiding 1975, Ann. Stat. 3: 363). O(n).
 * @param counts whether an end counts; all by default
 * @experimental
 */
export function turnover(
  { count, parent, origin, end }: Tree,
  { from, to }: { readonly from: number; readonly to: number },
  counts: (line: number) => boolean = () => true,
): Turnover {
  let [exposure, originations, ends] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    exposure += Math.max(0, Math.min(end[i], to) - Math.max(origin[i], from));
    if (parent[i] >= 0 && origin[i] > from && origin[i] <= to) originations++;
    if (end[i] > from && end[i] <= to && counts(i)) ends++;
  }
  return { exposure, originations, ends };
}
