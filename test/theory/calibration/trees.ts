// Species that split and die at known rates, or by drift.
import { rowsOfSteps } from '../../../src/experiment/stats/activity-of-run.ts';
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

/** Values outside the range of shadows, in populations without selection. */
export const activity: Calibration = {
  name: 'evolutionary activity and MODES against shadows',
  world: 'Moran populations of 30 over 300 ticks, 5 species at the start and one new in 20 ticks',
  // Values that few species allow are often the same in shadows, which counts as inside.
  over: true,
  trials: { few: 60, many: 2000 },
  trial(index) {
    const { real, history, changed } = moranComponents(namedStream(String(index), 'activity'), {
      size: 30,
      ticks: steps,
      components: 5,
      begins: 0.05,
      mutation: { loci: 10, chance: 0.05, vital: 0 },
    });
    const place = { population: '', from: 0, to: 300, kind: 'population', group: '' } as const;
    const rows = rowsOfSteps(real, history, place, String(index), { changed, loci: 10 });
    const values = rows.filter(({ about }) => about === '');
    return all(
      values.map(({ statistic, value }) => {
        const range = rows.find((one) => one.statistic === statistic && one.about !== '');
        return within(range?.low ?? Number.NaN, value, range?.high ?? Number.NaN);
      }),
    );
  },
};
