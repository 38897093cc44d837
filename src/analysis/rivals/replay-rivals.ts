import type { Vocabulary } from '../../habitat/vocabulary.ts';
import { namedStream } from '../../math/streams.ts';
import { simulationFromSnapshot } from '../../simulation/create.ts';
import type { Change } from '../../simulation/types.ts';
import { CladeTracker } from '../assay/clade-tracker.ts';
import { type ChanceDisplacement, ChanceWatch } from './chance-displacement.ts';
import { chooseRivals, fewestOfRival, type Rival, rivalsOf } from './choose-rivals.ts';
import { type RivalRate, rivalRates } from './rival-rates.ts';
import { SubcladeWatch } from './subclade-watch.ts';

/** The past of a world, made again up to now to find out how its clades fared. */
export interface RivalsReplay {
  /** An earlier state, when clades begin; they are compared in the second half of the time since. */
  readonly snapshot: ArrayBuffer;
  /** Changes of the world since, in order. */
  readonly changes: readonly Change[];
  /** Tick at which the interval ends. */
  readonly to: number;
  readonly seed: string;
  readonly population: string;
  /** Ids of organisms that live at the end: the clade that has most of them is one of the two. Empty: the clade whose share rose most. */
  readonly members: readonly number[];
}

/** Two clades of the past side by side. */
export interface ReplayedRivals {
  readonly kind: Rival['kind'];
  readonly from: number;
  readonly to: number;
  readonly age: number;
  /** What the clade of the given organisms is: the winner if its share rose; undefined if none were given. */
  readonly asked: 'winner' | 'loser' | undefined;
  readonly winner: Pick<Rival, 'id' | 'before' | 'after'>;
  readonly loser: Pick<Rival, 'id' | 'before' | 'after'>;
  readonly chance: ChanceDisplacement;
  readonly rates: readonly RivalRate[];
}

/**
 * Makes the ticks since a snapshot again, bit for bit, and compares the clade of some organisms with the one whose share fell most, or with the one whose share rose most if its own fell.
 * @throws {RangeError} for an unknown population, organisms without an ancestor at the opening, or fewer than two clades that are large enough
 */
export function replayRivals(
  { snapshot, changes, to, seed, population: name, members }: RivalsReplay,
  vocabulary?: Vocabulary,
): ReplayedRivals {
  const simulation = simulationFromSnapshot(snapshot, vocabulary);
  try {
    const population = simulation.populations.find((one) => one.name === name);
    if (!population) throw new RangeError(`there is no population '${name}' in this world`);
    for (const { at, path, value } of changes) simulation.schedule(at, path, value);
    const since = simulation.tick;
    const from = since + Math.floor((to - since) / 2);
    const tracker = new CladeTracker(simulation, population);
    const forget = simulation.observe(tracker);
    simulation.step(from - since);
    forget();
    const labels = tracker.clades();
    const watch = new SubcladeWatch(simulation, population);
    simulation.observe(watch);
    const chances = new ChanceWatch(simulation, population, seed);
    simulation.step(to - from);
    const account = watch.close(simulation);
    const rivals = rivalsOf('clade', labels, account.after).filter(({ before }) => before >= fewestOfRival);
    const asked = mostCommon(members, population.table.f64('id').slice(0, population.count).sort(), account.members, labels);
    const place = rivals.findIndex(({ id }) => id === asked);
    if (asked === undefined && members.length > 0)
      throw new RangeError(`nothing that lived at tick ${from} is an ancestor of it; choose another, or let the world continue`);
    if (asked !== undefined && place < 0)
      throw new RangeError(
        `its clade had fewer than ${fewestOfRival} organisms at tick ${from}; choose another, or let the world continue`,
      );
    const wanted = { either: place < 0 ? undefined : place };
    const places = chooseRivals(rivals, { before: labels.length, after: population.count }, wanted);
    if (!places)
      throw new RangeError(
        `${rivals.length} clades of ${name} had ${fewestOfRival} organisms or more at tick ${from}, and two are needed; let the world continue`,
      );
    const [one, two] = places.map((k) => rivals[k]);
    const text = ({ id, before, after }: Rival) => ({ id, before, after });
    return {
      kind: 'clade',
      from,
      to,
      age: from - since,
      asked: place < 0 ? undefined : place === places[0] ? 'winner' : 'loser',
      winner: text(one),
      loser: text(two),
      chance: chances.close(rivals, population.count, places, wanted),
      rates: rivalRates(account, { winner: one, loser: two }, namedStream(seed, 'why rates')),
    };
  } finally {
    simulation.dispose();
  }
}

/** The clade that has most of some living organisms; undefined if none of them is in one. */
function mostCommon(
  members: readonly number[],
  ids: Float64Array,
  subclades: ArrayLike<number>,
  labels: ArrayLike<number>,
): number | undefined {
  const wanted = new Set(members);
  const counts = new Map<number, number>();
  for (const [k, id] of ids.entries()) {
    if (!wanted.has(id) || subclades[k] < 0) continue;
    const label = labels[subclades[k]];
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].sort(([a, one], [b, two]) => two - one || a - b)[0]?.[0];
}
