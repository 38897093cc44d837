import type { Rival, RivalPair } from '../../../analysis/rivals/choose-rivals.ts';
import {
  transplantContests,
  transplantSeed,
  transplantSegments,
  usualSegments,
} from '../../../analysis/transplant/transplant.ts';
import type { RivalContests } from '../../../experiment/describe-rivals.ts';
import { namedStream } from '../../../math/streams.ts';
import type { Population } from '../../../population/population.ts';
import type { Io } from '../../io.ts';
import { holdContests } from '../hold-contests.ts';
import type { Opening } from './opening.ts';
import type { Asked, WhyFlags } from './question.ts';

/** Contests between organisms of the opening, drawn at random from both rivals; undefined if none are wanted, or the exit status. */
export async function holdRivalContests(
  io: Io,
  scene: Parameters<typeof holdContests>[1]['scene'],
  population: Population,
  { winner, loser }: RivalPair,
  opening: Opening,
  { pairs: wanted, contestTicks, seed }: Asked,
  flags: WhyFlags,
): Promise<RivalContests | undefined | number> {
  const count = Math.min(wanted, winner.subclades.length, loser.subclades.length);
  if (count === 0) return undefined;
  const stream = namedStream(seed, 'why pairs');
  const draw = ({ subclades }: Rival) => {
    const left = [...subclades];
    return Array.from({ length: count }, () => left.splice(stream.integer(left.length), 1)[0]);
  };
  const [winners, losers] = [draw(winner), draw(loser)];
  const { layout, ploidy } = population;
  const slots = layout.loci.map(({ slot }) => slot);
  const shape = { ploidy, stride: layout.stride, slots };
  const segments = usualSegments(transplantSegments(layout, slots));
  const held = winners.flatMap((one, pair) =>
    transplantContests({ earlier: opening.genomes[losers[pair]], later: opening.genomes[one] }, segments, shape).map((each) => ({
      ...each,
      pair,
    })),
  );
  const outcomes = await holdContests(
    io,
    { scene, population: population.name, ticks: contestTicks, jobs: flags.jobs },
    held.map(({ pair, first, second }) => ({ seed: transplantSeed(seed, pair, 0), first, second })),
    `why: ${held.length} contests of ${contestTicks} ticks between ${count} pairs of organisms`,
  );
  if (typeof outcomes === 'number') return outcomes;
  return {
    ticks: contestTicks,
    pairs: winners.map((one, pair) => ({ winner: opening.ids[one], loser: opening.ids[losers[pair]] })),
    loci: slots.length,
    segments: segments.map(({ name, loci }) => ({ name, loci: loci.length })),
    outcomes: held.map(({ pair, segment, background }, k) => ({
      ...{ pair, replicate: 0, segment: segment?.name ?? '', background },
      ...outcomes[k],
    })),
  };
}
