import {
  type ComponentChange,
  type ComponentHistory,
  type ComponentSteps,
  countBy,
  firstOrphan,
  lastingBirths,
} from '../../analysis/activity/component-steps.ts';
import { evolutionaryActivity } from '../../analysis/activity/evolutionary-activity.ts';
import { informativeLoci } from '../../analysis/activity/informative-loci.ts';
import { modes } from '../../analysis/activity/modes.ts';
import { neutralComponents } from '../../analysis/activity/neutral-components.ts';
import type { StatisticId } from '../../analysis/stats/statistics.ts';
import type { History } from '../../export/history.ts';
import { mean } from '../../math/statistics.ts';
import { namedStream } from '../../math/streams.ts';
import { neutralShadow, type RowPlace, type StatisticRow, statisticRow } from './statistic-rows.ts';

/** Steps of a window. */
const usualSteps = 10;
/** If all runs were alike, a further one would be outside the range of this many with probability 2 / (shadows + 1), for one statistic of one window. */
export const shadows = 39;

/** Species of a population at the steps of a window, and what its neutral shadow needs. */
export interface SpeciesSteps {
  readonly real: ComponentSteps;
  readonly history: ComponentHistory;
  /** Rows of the bodies among the organisms. */
  readonly rows: readonly number[];
}

/** What is known of mutations at births. */
export interface BirthMutations {
  /** Loci that the birth of each body changed; NaN for a body without a parent. */
  readonly changed: Float64Array;
  readonly loci: number;
}

/**
 * Species at the steps of a window, with the lines that persist along first parents. An organism is of the species that it was last of; before that
 * one began, of the one from which that split.
 */
export function speciesOfSteps(
  { organisms, species }: History,
  population: number,
  { from, to }: Pick<RowPlace, 'from' | 'to'>,
): SpeciesSteps {
  const steps = Math.min(usualSteps, to - from);
  const ticks = Array.from({ length: steps + 1 }, (_, k) => from + Math.floor((k * (to - from)) / steps));
  const rowOf = new Map(Array.from({ length: species.count }, (_, row) => [species.id[row], row]));
  const speciesAt = (row: number, tick: number): number => {
    let at = rowOf.get(organisms.species[row]) ?? -1;
    while (at >= 0 && species.originTick[at] > tick && species.parent[at] >= 0) at = species.parent[at];
    return at;
  };
  const livesAt = (row: number, tick: number) => organisms.birthTick[row] <= tick && !(organisms.deathTick[row] <= tick);

  const rows: number[] = [];
  for (let row = 0; row < organisms.count; row++) {
    if (organisms.population[row] === population && organisms.birthTick[row] <= to && !(organisms.deathTick[row] <= from))
      rows.push(row);
  }
  rows.sort((a, b) => organisms.birthTick[a] - organisms.birthTick[b] || a - b);
  const living = ticks.map((tick) => rows.filter((row) => livesAt(row, tick)));
  /** Of every organism the one that lived at the step before and that it descends from. */
  const ancestor = new Int32Array(organisms.count);
  const persistent = ticks.slice(1).map((_, k) => {
    ancestor.fill(-1);
    for (const row of rows) {
      const up = organisms.firstParent[row];
      if (organisms.birthTick[row] <= ticks[k]) ancestor[row] = row;
      else if (up >= 0) ancestor[row] = ancestor[up];
    }
    const lines = new Set(living[k + 1].map((row) => ancestor[row]).filter((row) => row >= 0));
    return countBy([...lines].map((row) => speciesAt(row, ticks[k])));
  });

  const changes: ComponentChange[] = [];
  for (let at = 0; at < species.count; at++) {
    if (species.population[at] !== population) continue;
    const [origin, end] = [species.originTick[at], species.endTick[at]];
    if (origin > from && origin <= to) {
      const founders = rows.filter((row) => livesAt(row, origin) && speciesAt(row, origin) === at).length;
      changes.push({ tick: origin, begins: at, founders });
    }
    if (species.mergedInto[at] >= 0 && end > from && end <= to)
      changes.push({ tick: end, joins: at, into: species.mergedInto[at] });
  }
  changes.sort((a, b) => a.tick - b.tick);
  const column = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
  const birth = column(organisms.birthTick);
  const body = new Int32Array(organisms.count).fill(-1);
  for (const [i, row] of rows.entries()) body[row] = i;
  const parent = Int32Array.from(rows, (row) => (organisms.firstParent[row] < 0 ? -1 : body[organisms.firstParent[row]]));
  const atEnd = living[living.length - 1].map((row) => body[row]);
  return {
    real: {
      ticks,
      living: living.map((some, k) => countBy(some.map((row) => speciesAt(row, ticks[k])))),
      persistent,
      lasting: lastingBirths({ ticks, birth }, parent, atEnd),
    },
    history: { ticks, birth, death: column(organisms.deathTick), start: living[0].map((row) => speciesAt(row, from)), changes },
    rows,
  };
}

const reasons = {
  mean_activity: 'no species lives at the end of the window',
  new_activity: 'no species lives at the end of the window',
  modes_change: 'the window has fewer than two steps',
  modes_novelty: 'the window has fewer than two steps',
  modes_complexity: 'no mutation in the window, or no line that began in it lasts to its end',
  modes_ecology: 'no line lasts for a step',
} as const satisfies Partial<Record<StatisticId, string>>;

/** Evolutionary activity and MODES of the species of a window, each with the range of its neutral shadows. */
export function activityOfWindow(history: History, population: number, place: RowPlace): StatisticRow[] {
  const ids = Object.keys(reasons) as (keyof typeof reasons)[];
  const none = (note: string) => ids.map((id) => statisticRow(place, id, Number.NaN, 0, { note }));
  if (history.species.count === 0) return none('the run did not record species');
  if (!history.complete) return none('lines that died out are not recorded');
  const { real, history: lives, rows } = speciesOfSteps(history, population, place);
  if (lives.start.length === 0) return none('no organism lives at the start of the window');
  return rowsOfSteps(real, lives, place, history.provenance.seed, mutationsOf(history, population, rows, place));
}

/** What births changed, if lines of organisms are lines of their genes: otherwise a mutation can be lost while the line of its organism lasts. */
function mutationsOf(
  { changes, organisms, populations, transfers }: History,
  population: number,
  rows: readonly number[],
  { from, to }: RowPlace,
): BirthMutations | string {
  if (!changes) return 'births did not record their mutations (run with --genomes all)';
  if (rows.some((row) => organisms.birthTick[row] > from && organisms.secondParent[row] >= 0))
    return 'lines of organisms with two parents are not those of their mutations; it is defined for clones';
  const isTransferred = (tick: number, k: number) =>
    tick > from && tick <= to && organisms.population[transfers.recipient[k]] === population;
  if (transfers.tick.some(isTransferred))
    return 'lines of organisms that take over genes are not those of their mutations; it is defined for clones';
  return {
    changed: Float64Array.from(rows, (row) =>
      organisms.firstParent[row] < 0 ? Number.NaN : changes.starts[row + 1] - changes.starts[row],
    ),
    loci: populations[population].loci * populations[population].ploidy,
  };
}

/**
 * Rows of what was counted and of its shadows.
 * @param seed of the shadows
 * @param mutations at births, or why nothing is said of them
 */
export function rowsOfSteps(
  real: ComponentSteps,
  lives: ComponentHistory,
  place: RowPlace,
  seed: string,
  mutations: BirthMutations | string,
): StatisticRow[] {
  const stream = namedStream(seed, `shadows of species ${place.population} ${place.from} ${place.to}`);
  const orphan = firstOrphan(lives);
  const count = orphan < 0 ? shadows : 0;
  const drift = Array.from({ length: count }, () => valuesOf(neutralComponents(lives, stream), lives, mutations));
  const found = valuesOf(real, lives, mutations);
  const seen = new Set(real.living.flatMap((counts) => [...counts.keys()])).size;
  return (Object.keys(reasons) as (keyof typeof reasons)[]).flatMap((id) => {
    const reason = id === 'modes_complexity' && typeof mutations === 'string' ? mutations : reasons[id];
    const values = drift.map((one) => one[id]).filter((value) => !Number.isNaN(value));
    // A range of fewer would be narrower, and the mean one of chosen shadows: those in which a line that lasts was born.
    const isRange = values.length === shadows;
    const lack = values.length > 0 ? `only ${values.length} of ${shadows} shadows have a value` : reason;
    const refounded = `the population died out before tick ${lives.birth[orphan]}, at which organisms were placed; give a window after it`;
    return [
      statisticRow(place, id, found[id], seen, { note: Number.isNaN(found[id]) ? reason : '' }),
      statisticRow(place, id, isRange ? mean(values) : Number.NaN, values.length, {
        about: neutralShadow,
        low: isRange ? Math.min(...values) : Number.NaN,
        high: isRange ? Math.max(...values) : Number.NaN,
        note: isRange ? '' : orphan < 0 ? lack : refounded,
      }),
    ];
  });
}

function valuesOf(
  steps: ComponentSteps,
  lives: ComponentHistory,
  mutations: BirthMutations | string,
): Record<keyof typeof reasons, number> {
  const activity = evolutionaryActivity(steps);
  const { change, novelty, ecology } = modes(steps);
  return {
    mean_activity: activity.mean,
    new_activity: activity.fresh,
    modes_change: change,
    modes_novelty: novelty,
    modes_complexity:
      typeof mutations === 'string' ? Number.NaN : informativeLoci(steps, lives, mutations.changed, mutations.loci),
    modes_ecology: ecology,
  };
}
