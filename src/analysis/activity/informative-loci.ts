import type { ComponentHistory, ComponentSteps } from './component-steps.ts';

/**
 * Loci that matter, by the share of mutations that selection removes: `loci (1 - r_lasting / r_all)`, r the loci that a birth changes, mean over births whose lines last and
 * over all births of the same time (constraint: Eyre-Walker & Keightley 1999, Nature 397: 344). It takes the place of the informative sites of MODES (Dolson, Vostinar,
 * Wiser & Ofria 2019, Artificial Life 25: 50), at which a mutation would lower fitness. Below 0 where mutations help. NaN where no line or no mutation is
 * known.
 * @param changed loci that the birth of each body changed; NaN for a body without a parent
 * @experimental
 */
export function informativeLoci(
  { lasting }: Pick<ComponentSteps, 'lasting'>,
  { ticks, birth }: Pick<ComponentHistory, 'ticks' | 'birth'>,
  changed: ArrayLike<number>,
  loci: number,
): number {
  const [from, until] = [ticks[0], ticks[Math.max(0, ticks.length - 2)]];
  const rate = (bodies: Iterable<number>) => {
    let [births, all] = [0, 0];
    for (const body of bodies) {
      if (!(birth[body] > from && birth[body] <= until) || Number.isNaN(changed[body])) continue;
      births++;
      all += changed[body];
    }
    return all / births;
  };
  const all = rate(Array.from({ length: birth.length }, (_, body) => body));
  return all > 0 ? loci * (1 - rate(lasting) / all) : Number.NaN;
}
