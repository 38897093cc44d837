import { assayedGenomes } from '../../../analysis/assay/assayed-genomes.ts';
import type { LocusSegment } from '../../../analysis/assay/locus-segments.ts';
import { assayedNames } from '../../../analysis/assay/prepare-fork.ts';
import { averageSeeds, gradientOfForks } from '../../../analysis/assay/summarise-assay.ts';
import type { RivalPair } from '../../../analysis/rivals/choose-rivals.ts';
import { rivalRates } from '../../../analysis/rivals/rival-rates.ts';
import { type GenomesAt, rivalDifferences, worthOf } from '../../../analysis/rivals/rival-worth.ts';
import type { RivalsReport } from '../../../experiment/describe-rivals.ts';
import { namedStream } from '../../../math/streams.ts';
import type { Population } from '../../../population/population.ts';
import type { Io, StopSignal } from '../../io.ts';
import type { ForkFolder } from '../fork-store.ts';
import type { GivenWorld } from '../open-assayed-world.ts';
import { type ChosenPair, choosePair } from './choose-pair.ts';
import { forkOpening, stopped } from './fork-opening.ts';
import type { Asked, WhyFlags } from './question.ts';
import { holdRivalContests } from './rival-contests.ts';
import { type WatchedInterval, watchInterval } from './watch-interval.ts';

/** Steps the world over the interval, makes the forks and holds the contests. @returns the report, or the exit status after a request to stop */
export async function compareRivals(
  io: Io,
  { simulation }: GivenWorld,
  population: Population,
  segments: readonly LocusSegment[],
  asked: Asked,
  flags: WhyFlags,
  folder: ForkFolder | undefined,
): Promise<RivalsReport | number> {
  let signal: StopSignal | undefined;
  const deafen = io.onStop((one) => {
    signal ??= one;
  });
  try {
    const interval = watchInterval(io, simulation, population, asked, flags.species ? 'species' : 'clade');
    await io.breathe();
    if (signal) return stopped(io, signal, 'before the forks began');
    const chosen = choosePair(interval, population, asked, flags);
    const { opening, account } = interval;
    const made = await forkOpening(io, opening.snapshot, account.ids.length, asked, flags, folder);
    if (typeof made === 'number') return made;
    const { gradients, gradient, error } = gradientOfForks(averageSeeds(made), population.ploidy);
    const contests = await holdRivalContests(io, simulation.initialScene, population, chosen.pair, opening, asked, flags);
    if (typeof contests === 'number') return contests;
    return {
      ...describeInterval(asked, interval, chosen),
      gradient,
      gradientError: error,
      segments,
      ...differencesOf(population, interval, chosen.pair, gradients, segments),
      contests,
    };
  } finally {
    deafen();
  }
}

/** Which rivals were compared, and how they fared. */
function describeInterval(
  { population, from, to, age, forks, horizon, seed }: Asked,
  { kind, account }: WatchedInterval,
  { pair, ...choice }: ChosenPair,
) {
  const { generations, mated } = account;
  return {
    ...{ population, kind, from, to, age, forks, horizon, ...pair, generations, mated, ...choice },
    horizonGenerations: (horizon * generations) / (to - from),
    rates: rivalRates(account, pair, namedStream(seed, 'why rates')),
  };
}

/** By what the rivals differ at the opening and at the close, and what that is worth along the gradient. */
function differencesOf(
  population: Population,
  { opening, account }: WatchedInterval,
  pair: RivalPair,
  gradients: readonly Float64Array[],
  segments: readonly LocusSegment[],
) {
  const loci = assayedNames(population);
  const own = Int32Array.from(account.ids, (_, k) => k);
  const valued = (genomes: GenomesAt) => {
    const differences = rivalDifferences(genomes, pair, loci.length);
    return { loci: differences, worth: worthOf(differences, gradients, segments) };
  };
  const traits = rivalDifferences({ values: opening.traits, members: own }, pair, population.traits.length);
  return {
    loci,
    traits: traits.map((one, t) => ({ ...one, id: population.traits[t].id, unit: population.traits[t].unit })),
    opening: valued({ values: opening.values, members: own }),
    // Nothing has stepped the world since the close.
    close:
      pair.winner.after > 0 && pair.loser.after > 0
        ? valued({ values: assayedGenomes(population), members: account.members })
        : undefined,
  };
}
