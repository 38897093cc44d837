import type { Individual } from '../../record/types.ts';
import { type PolicyChange, type StoryChange, type StoryWay, storyCauses } from './story.ts';
import type { TracedLine } from './traced-line.ts';

/** What the way from one organism of a line to a later one needs to be described. */
export interface WayContext {
  readonly line: TracedLine;
  /** Standard deviation of each trait among the living; 0 where it does not vary. */
  readonly scales: Float64Array;
  /** Ids of mechanisms that may have written at birth, and of those that transfer genes. */
  readonly writers: readonly string[];
  readonly transfers: readonly string[];
  /** Titles of those that were on after a tick and until another. */
  readonly titlesOf: (ids: readonly string[], after: number, until: number) => readonly string[];
  /** Tick of the world. */
  readonly tick: number;
}

/** What changed from the organism at one place of a line to that at another; of the last one up to now. */
export function describeWay(
  { line: { individuals, expressed, parts, exact, now }, scales, writers, transfers, titlesOf, tick }: WayContext,
  from: number,
  to: number,
  policy: readonly PolicyChange[],
): StoryWay {
  const isLast = to === individuals.length - 1;
  const none = () => new Float64Array(scales.length);
  const sums = { transfer: none(), parents: none(), birth: none() };
  const [seconds, donors] = [new Set<number>(), new Set<number>()];
  for (let k = from + 1; k <= to; k++) {
    for (const cause of storyCauses) for (let t = 0; t < scales.length; t++) sums[cause][t] += parts[k][cause][t];
    const { parents, birthTick } = individuals[k];
    if (parents.length > 1) seconds.add(parents[1]);
    for (const given of individuals[k - 1].transfers) if (given.tick <= birthTick) donors.add(given.donor);
  }
  // What the organism has received since its own birth.
  if (isLast) {
    for (let t = 0; t < scales.length; t++) sums.transfer[t] += now[t] - expressed[to][t];
    for (const { donor } of individuals[to].transfers) donors.add(donor);
  }
  const target = isLast ? now : expressed[to];
  const changes = Array.from(scales.keys(), (t): StoryChange[] => {
    const own = storyCauses.flatMap((cause) => (sums[cause][t] !== 0 ? [[cause, sums[cause][t]] as const] : []));
    return own.length === 0 ? [] : [{ trait: t, from: expressed[from][t], to: target[t], parts: Object.fromEntries(own) }];
  }).flat();
  const weight = ({ trait, from: a, to: b }: StoryChange) => (scales[trait] > 0 ? Math.abs(b - a) / scales[trait] : 0);
  const [start, end] = [individuals[from], individuals[to]];
  return {
    births: end.generation - start.generation,
    joined: individuals.slice(from + 1, to + 1).some(({ lineTick, birthTick }) => lineTick < birthTick),
    revived: individuals.slice(from + 1, to + 1).filter((one, k) => ticksSinceDeath(one, individuals[from + k]) > 0).length,
    changes: changes.sort((a, b) => weight(b) - weight(a) || a.trait - b.trait),
    policy,
    seconds: [...seconds],
    donors: [...donors],
    writers: titlesOf(writers, start.birthTick, end.birthTick),
    transfers: titlesOf(transfers, start.birthTick, isLast ? (end.deathTick ?? tick) : end.birthTick),
    exact: exact.slice(from + 1, to + 1).every(Boolean),
  };
}

/** Ticks from the death of an organism's first parent to its birth; 0 if the parent lived, or has been joined to it. */
export function ticksSinceDeath({ parents, birthTick }: Individual, parent: Individual | undefined): number {
  if (parent?.deathTick == null || parents[0] !== parent.id) return 0;
  return Math.max(0, birthTick - parent.deathTick);
}
