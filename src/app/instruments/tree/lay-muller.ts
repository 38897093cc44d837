import { stack, stackOffsetExpand, stackOffsetNone } from 'd3-shape';
import type { SpeciesCounts, SpeciesText } from '../../../worker/report-phylogeny.ts';

/** One of the two halves of a species' band: its descendants lie between them. */
export interface MullerBand {
  readonly species: number;
  readonly half: 'lower' | 'upper';
  /** Lower and upper edge at each tick, in organisms or as a share of all. */
  readonly edges: readonly (readonly [number, number])[];
}

export interface MullerLayout {
  readonly ticks: readonly number[];
  /** From the bottom up. */
  readonly bands: readonly MullerBand[];
  /** Highest upper edge. */
  readonly top: number;
  /** Members of each drawn species at each tick, including those of species that are not drawn. */
  readonly counts: ReadonlyMap<number, readonly number[]>;
}

/**
 * Stacks the numbers of species so that descendants lie inside the band of their ancestor: its lower half, its
 * children in the order of their origins, its upper half.
 * @param looks samples of one population or of several; only those of `population` count
 * @param drawn parents before children
 * @param countedAt drawn species in which each species is counted
 */
export function layMuller(
  looks: readonly SpeciesCounts[],
  population: number,
  drawn: readonly SpeciesText[],
  countedAt: ReadonlyMap<number, number>,
  asShares: boolean,
): MullerLayout {
  const own = looks.filter((look) => look.population === population);
  const ticks = own.map(({ tick }) => tick);
  const counts = new Map(drawn.map(({ id }) => [id, ticks.map(() => 0)]));
  own.forEach(({ species, counts: numbers }, t) =>
    species.forEach((id, i) => {
      const at = counts.get(countedAt.get(id) ?? id);
      if (at) at[t] += numbers[i];
    }),
  );
  const halves = nest(drawn);
  const series = stack<unknown, number, (typeof halves)[number]>()
    .keys(halves)
    .value((_, { species }, t) => (counts.get(species)?.[t] ?? 0) / 2)
    .offset(asShares ? stackOffsetExpand : stackOffsetNone)(ticks);
  const bands = series.map((points) => ({ ...points.key, edges: points.map(([from, to]) => [from, to] as const) }));
  const top = bands.reduce((most, { edges }) => edges.reduce((a, [, to]) => Math.max(a, to), most), 0);
  return { ticks, bands, top, counts };
}

/** Both halves of every species, children between them, from the bottom up. */
function nest(drawn: readonly SpeciesText[]): { species: number; half: 'lower' | 'upper' }[] {
  const ids = new Set(drawn.map(({ id }) => id));
  const children = new Map<number, SpeciesText[]>();
  for (const one of drawn) {
    const parent = ids.has(one.parent) ? one.parent : -1;
    children.set(parent, [...(children.get(parent) ?? []), one]);
  }
  // An explicit stack: a line of hundreds of species would need as many nested calls.
  const todo: { species: number; half: 'lower' | 'upper' }[] = [];
  const order: typeof todo = [];
  const push = (parent: number) => {
    const born = [...(children.get(parent) ?? [])].sort((a, b) => b.originTick - a.originTick || b.id - a.id);
    for (const { id } of born) todo.push({ species: id, half: 'upper' }, { species: id, half: 'lower' });
  };
  push(-1);
  for (let next = todo.pop(); next; next = todo.pop()) {
    order.push(next);
    if (next.half === 'lower') push(next.species);
  }
  return order;
}
