import {
  censusSize,
  generationTime,
  type LifeTable,
  type Lives,
  lifeTable,
  type TickWindow,
} from '../../analysis/stats/life-table.ts';
import { cohortFitness, lifetimeOffspring } from '../../analysis/stats/lifetime-offspring.ts';
import type { History } from '../../export/history.ts';
import { type RowPlace, type StatisticRow, statisticRow } from './statistic-rows.ts';

/** The lives of a history. */
export const livesOf = ({ organisms }: History): Lives => ({
  birth: organisms.birthTick,
  death: organisms.deathTick,
  firstParent: organisms.firstParent,
  secondParent: organisms.secondParent,
  firstShare: organisms.firstShare,
});

/**
 * Most newborns that may outlive the oldest age in a window, for what follows from whole lives: where the rest of a life is as long as a life, life expectancy
 * is too small by that share.
 */
const mostOutliving = 0.01;
/** Classes of age of a life table. */
const ageClasses = 40;

/** Why a cohort is empty. */
export const emptyCohort = 'an organism older than all that were born in the window lives at the end; make the run longer';

/** The demography of a group over a window. */
export interface DemographyOfGroup {
  readonly rows: readonly StatisticRow[];
  readonly table: LifeTable;
  readonly generation: number;
}

/**
 * Rows of the organisms of a group that were born in a window, and whose lives all ended: those born before the oldest organism of the population that still lives.
 * @param oldest birth tick of that organism; infinite where none lives
 */
export function completeCohort(
  { organisms }: History,
  members: Int32Array,
  { from, to }: TickWindow,
  oldest: number,
): Int32Array {
  return members.filter((row) => {
    const born = organisms.birthTick[row];
    return born > from && born <= to && born < oldest;
  });
}

/** Birth tick of the oldest organism of a population that lives at the end. */
export function oldestBirth({ organisms }: History, population: number): number {
  let oldest = Number.POSITIVE_INFINITY;
  for (let row = 0; row < organisms.count; row++) {
    if (organisms.population[row] === population && Number.isNaN(organisms.deathTick[row])) {
      oldest = Math.min(oldest, organisms.birthTick[row]);
    }
  }
  return oldest;
}

/**
 * @param members rows of the group's organisms, living or dead
 * @param cohort of the group in the window, from `completeCohort`
 */
export function demographyOfGroup(lives: Lives, place: RowPlace, members: Int32Array, cohort: Int32Array): DemographyOfGroup {
  const window = { from: place.from, to: place.to };
  const { lived, mean, harmonic, births, growth } = censusSize(lives, members, window);
  const table = lifeTable(lives, members, window, classWidth(lives, members, window), ageClasses);
  const generation = generationTime(lives, members, window);
  const none = 'no organism lived in the window';
  const noBirths = 'no births in the window';
  const row = (id: StatisticRow['statistic'], value: number, note: string, sample = lived) =>
    statisticRow(place, id, value, sample, { note: Number.isFinite(value) ? '' : note });
  const isWhole = table.outlive <= mostOutliving;
  const cut = `${(100 * table.outlive).toFixed(0)} % of newborns would outlive the oldest age in the window; give a longer one`;
  const ofLives = (id: StatisticRow['statistic'], value: number, note: string, sample?: number) =>
    row(id, isWhole ? value : Number.NaN, lived > 0 && !isWhole ? cut : note, sample);
  const fitness = cohortFitness(lifetimeOffspring(lives, cohort), births / (place.to - place.from), generation);
  const noCohort = cohort.length === 0 ? emptyCohort : 'the cohort left no offspring';
  const ofCohort = (id: StatisticRow['statistic'], value: number, note = noCohort) => row(id, value, note, cohort.length);
  const equal = fitness.effectiveSize === Number.POSITIVE_INFINITY ? 'all left equally many' : noCohort;
  return {
    table,
    generation,
    rows: [
      row('census_size', mean, none),
      row('harmonic_size', harmonic, none),
      row('growth', growth, 'none lived at an end of the window'),
      ofLives('life_expectancy', table.classes[0].expectation, none),
      ofLives('net_reproduction', table.netReproduction, none),
      row('generation_time', generation, noBirths, births),
      ofLives('intrinsic_growth', table.growth, noBirths, births),
      ofCohort('lifetime_offspring', fitness.mean),
      ofCohort('opportunity', fitness.opportunity),
      ofCohort('ne_variance', fitness.effectiveSize, births > 0 ? equal : noBirths),
    ],
  };
}

/** Width of a class of age: the greatest age in the window, in 40 parts. */
function classWidth({ birth, death }: Lives, members: Int32Array, { from, to }: TickWindow): number {
  let most = 0;
  for (const row of members) {
    const end = Math.min(Number.isNaN(death[row]) ? to : death[row], to);
    if (end > from) most = Math.max(most, end - birth[row]);
  }
  return Math.max(1, Math.ceil(most / ageClasses));
}
