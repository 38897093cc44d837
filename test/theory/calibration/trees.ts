// Species that split and die at known rates.
import { turnoverOfWindow } from '../../../src/experiment/stats/trees-of-run.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { birthAndDeath } from '../birth-and-death.ts';
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
