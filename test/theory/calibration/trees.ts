// Species that split and die at known rates, or by drift.
import type { StatisticId } from '../../../src/analysis/stats/statistics.ts';
import { descendantLines, keyInnovations } from '../../../src/analysis/tree/key-innovations.ts';
import { rowsOfSteps } from '../../../src/experiment/stats/activity-of-run.ts';
import type { StatisticRow } from '../../../src/experiment/stats/statistic-rows.ts';
import { turnoverOfWindow } from '../../../src/experiment/stats/trees-of-run.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { birthAndDeath } from '../birth-and-death.ts';
import { moranComponents } from '../moran-components.ts';
import { all, type Calibration, within } from './row.ts';

const [births, deaths, first, ticks] = [0.002, 0.0015, 5, 1000];

const row = (name: string, statistic: 'origination_rate' | 'extinction_rate', truth: number): Calibration => ({
  name,
  world: `birth and death from ${first} species over ${ticks} ticks, rates ${births} and ${deaths} a tick`,
  over: true,
  trials: { few: 200, many: 10_000 },
  trial(index) {
    const tree = birthAndDeath(namedStream(String(index), 'turnover'), { first, births, deaths, ticks });
    const place = { population: '', from: 0, to: ticks, kind: 'population', group: '' } as const;
    const found = turnoverOfWindow(tree, () => false, place).find((one) => one.statistic === statistic);
    return all([within(found?.low ?? Number.NaN, truth, found?.high ?? Number.NaN)]);
  },
});

export const origination = row('origination rate of species', 'origination_rate', births);
export const extinction = row('extinction rate of species', 'extinction_rate', deaths);

const steps = Array.from({ length: 11 }, (_, k) => 30 * k);

const found = new Map<number, readonly StatisticRow[]>();

/** Activity and MODES of a population without selection, counted once for all of them. */
function rowsOfTrial(index: number): readonly StatisticRow[] {
  const known = found.get(index);
  if (known) return known;
  const { real, history, changed } = moranComponents(namedStream(String(index), 'activity'), {
    size: 30,
    ticks: steps,
    components: 5,
    begins: 0.025,
    together: 2,
    mutation: { loci: 10, chance: 0.05, vital: 0 },
  });
  const place = { population: '', from: 0, to: 300, kind: 'population', group: '' } as const;
  const rows = rowsOfSteps(real, history, place, String(index), { changed, loci: 10 });
  found.set(index, rows);
  return rows;
}

const againstShadows = (name: string, statistic: StatisticId): Calibration => ({
  name: `${name} against shadows`,
  world: 'Moran populations of 30 over 300 ticks, 5 species at the start and two new at once in 40 ticks',
  // Values that few species allow are often the same in shadows, which counts as inside.
  over: true,
  trials: { few: 60, many: 1000 },
  trial(index) {
    const [value, shadow] = rowsOfTrial(index).filter((one) => one.statistic === statistic);
    return all(Number.isNaN(shadow.low) ? [] : [within(shadow.low, value.value, shadow.high)]);
  },
});

export const activity = [
  againstShadows('mean activity', 'mean_activity'),
  againstShadows('new activity', 'new_activity'),
  againstShadows('change potential', 'modes_change'),
  againstShadows('novelty potential', 'modes_novelty'),
  againstShadows('complexity potential', 'modes_complexity'),
  againstShadows('ecological potential', 'modes_ecology'),
];

/** The p-value of the trait that goes best with the multiplying of species. */
export const innovation: Calibration = {
  name: 'key innovations of traits that change at random',
  world:
    'birth and death of species as above, three normal traits that change at each split whatever follows; the least p of each trial',
  trials: { few: 60, many: 1000 },
  trial(index) {
    const stream = namedStream(String(index), 'innovation');
    const tree = birthAndDeath(stream, { first, births: 2 * births, deaths, ticks });
    const split = Array.from(tree.parent.keys()).filter((i) => tree.parent[i] >= 0);
    const lines = descendantLines(tree);
    const descendants = split.map((i) => lines[i]);
    if (split.length < 8 || descendants.every((one) => one === descendants[0])) return all([]);
    const changes = [0, 1, 2].map(() => split.map(() => stream.normal()));
    return all([Math.min(...keyInnovations(changes, descendants, stream).map(({ p }) => p)) >= 0.05]);
  },
};
