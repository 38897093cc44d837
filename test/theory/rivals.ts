import { assayedGenomes } from '../../src/analysis/assay/assayed-genomes.ts';
import { locusSegments } from '../../src/analysis/assay/locus-segments.ts';
import { performAssayFork } from '../../src/analysis/assay/perform-assay-fork.ts';
import { planAssay } from '../../src/analysis/assay/plan-assay.ts';
import { assayedSlots } from '../../src/analysis/assay/prepare-fork.ts';
import { averageSeeds, gradientOfForks } from '../../src/analysis/assay/summarise-assay.ts';
import { type RivalPair, rivalsOf } from '../../src/analysis/rivals/choose-rivals.ts';
import { rivalDifferences, type SegmentWorth, worthOf } from '../../src/analysis/rivals/rival-worth.ts';
import { type SubcladeAccount, SubcladeWatch } from '../../src/analysis/rivals/subclade-watch.ts';
import type { Simulation } from '../../src/simulation/types.ts';

/** What is done with two groups of organisms that a world is given. */
export interface RivalsPlan {
  /** 0 for the winner, 1 for the loser, -1 for the rest: of the organisms now, in the order of ids. */
  readonly labels: ArrayLike<number>;
  readonly ticks: number;
  readonly horizon: number;
  readonly forks: number;
  readonly size: number;
  readonly seed: string;
}

/** Follows two groups of the first population; without forks their worth is not asked. */
export function followRivals(
  simulation: Simulation,
  { labels, ticks, horizon, forks, size, seed }: RivalsPlan,
): { readonly account: SubcladeAccount; readonly pair: RivalPair; readonly worth: readonly SegmentWorth[] } {
  const [population] = simulation.populations;
  const [snapshot, values] = [simulation.snapshot(), assayedGenomes(population)];
  const watch = new SubcladeWatch(simulation, population);
  simulation.observe(watch);
  simulation.step(ticks);
  const account = watch.close(simulation);
  const rivals = rivalsOf('clade', labels, account.after);
  const [winner, loser] = [0, 1].map((id) => rivals.find((one) => one.id === id) as RivalPair['winner']);
  const question = { population: population.name, ticks: horizon, size, clades: new Uint32Array(account.ids.length) };
  const made = planAssay({ seed, forks, replays: 0 }).map((fork) => performAssayFork(snapshot, { ...question, ...fork }));
  const slots = assayedSlots(population);
  const pair = { winner, loser };
  const members = account.ids.map((_, k) => k);
  const worth =
    forks === 0
      ? []
      : worthOf(
          rivalDifferences({ values, members }, pair, slots.length),
          gradientOfForks(averageSeeds(made), population.ploidy).gradients,
          locusSegments(population.layout, slots),
        );
  return { account, pair, worth };
}
