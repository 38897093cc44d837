import type { CopiesAt, Interval, Split } from './interval.ts';

/** What is followed through an interval: a set of organisms when it opens and a set when it closes. @experimental */
export interface Subject {
  readonly kind: 'population' | 'species' | 'clade' | 'mother' | 'daughter';
  /** Number of the species (of a side also), or id of the organism from which a clade descends; -1 for the population. */
  readonly id: number;
  /** The split of which a mother or a daughter is one side. */
  readonly split?: Split;
  /** Places in `opened.ids` and `closed.ids`, one or more of each. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Fewest organisms at the opening of a species or a clade that is followed. */
export const fewestMembers = 8;

/** Most clades that are followed in an interval: the largest. */
export const mostClades = 5;

/** The whole population as a subject. */
export function populationOf({ opened, closed }: Pick<Interval, 'opened' | 'closed'>): Subject {
  const all = (at: CopiesAt) => Array.from(at.ids, (_, k) => k);
  return { kind: 'population', id: -1, before: all(opened), after: all(closed) };
}

/**
 * The subjects of an interval: the population; each species with members at both ends; and the largest clades, which are all organisms that descend, along
 * first parents, from one organism at the opening before. Species and clades need `fewestMembers` organisms at the opening and descendants at the close.
 *
 * Both sides of a split are subjects in every interval from that of the split on, as long as both have members. In the interval of the split both begin
 * with the species from which they come, as it was at the opening, so that what they have gained since then is apart; later each begins with its own members.
 * @param splits of this interval and of those before, in the order of time
 * @param former ids of the ancestors of the living when the interval opened, at the opening before; without them there are no clades
 * @experimental
 */
export function subjectsOf(
  { opened, closed, ancestors }: Interval,
  former: Float64Array | undefined,
  splits: readonly Split[] = [],
): readonly Subject[] {
  const subjects: Subject[] = [populationOf({ opened, closed })];
  if (opened.species && closed.species) {
    const [before, after] = [groupsOf(opened.species), groupsOf(closed.species)];
    const several = before.size > 1 || after.size > 1;
    for (const [id, members] of [...before].sort(([a], [b]) => a - b)) {
      const later = after.get(id);
      if (several && later && members.length >= fewestMembers)
        subjects.push({ kind: 'species', id, before: members, after: later });
    }
    for (const split of splits) {
      const sides = (['mother', 'daughter'] as const).map((kind): Subject => {
        const id = split[kind];
        return { kind, id, split, before: membersBefore(id, before, splits), after: after.get(id) ?? [] };
      });
      if (sides.every((side) => side.before.length >= fewestMembers && side.after.length > 0)) subjects.push(...sides);
    }
  }
  if (!former) return subjects;
  const clades = groupsOf(former);
  const placeOf = new Map(Array.from(opened.ids, (id, k): [number, number] => [id, k]));
  const later = new Map<number, number[]>();
  for (const [k, ancestor] of ancestors.entries()) {
    const place = placeOf.get(ancestor);
    if (place === undefined) continue;
    const clade = former[place];
    const members = later.get(clade);
    if (members) members.push(k);
    else later.set(clade, [k]);
  }
  const largest = [...clades]
    .filter(([id, members]) => members.length >= fewestMembers && members.length < opened.ids.length && later.has(id))
    .sort(([a, one], [b, two]) => two.length - one.length || a - b)
    .slice(0, mostClades);
  for (const [id, before] of largest) subjects.push({ kind: 'clade', id, before, after: later.get(id) as number[] });
  return subjects;
}

/** Organisms at the opening from which a species comes: its own, or those of the species that it split from since then. */
function membersBefore(
  species: number,
  before: ReadonlyMap<number, readonly number[]>,
  splits: readonly Split[],
): readonly number[] {
  const own = before.get(species);
  if (own) return own;
  const origin = splits.find(({ daughter }) => daughter === species);
  return origin ? membersBefore(origin.mother, before, splits) : [];
}

/** Places by their label. */
function groupsOf(labels: ArrayLike<number>): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (let k = 0; k < labels.length; k++) {
    const members = groups.get(labels[k]);
    if (members) members.push(k);
    else groups.set(labels[k], [k]);
  }
  return groups;
}
