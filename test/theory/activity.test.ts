import { describe, expect, it } from 'vitest';
import { evolutionaryActivity } from '../../src/analysis/activity/evolutionary-activity.ts';
import { informativeLoci } from '../../src/analysis/activity/informative-loci.ts';
import { modes } from '../../src/analysis/activity/modes.ts';
import { neutralComponents } from '../../src/analysis/activity/neutral-components.ts';
import { rowsOfSteps } from '../../src/experiment/stats/activity-of-run.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import { moranComponents } from './moran-components.ts';

function expectMean(values: number[], expected: number) {
  expect(Math.abs(mean(values) - expected), `mean ${mean(values)}, expected ${expected}`).toBeLessThan(4 * standardError(values));
}

const steps = (every: number) => Array.from({ length: 11 }, (_, k) => every * k);

describe('the neutral shadow of components, in Moran populations', () => {
  it('keeps the share of a component in the mean', () => {
    const plan = { size: 20, ticks: steps(10), components: 4, begins: 0, weight: (c: number) => (c === 0 ? 4 : 1) };
    const drawn = Array.from({ length: 1500 }, (_, i) => {
      const stream = namedStream(String(i), 'share');
      return neutralComponents(moranComponents(stream, plan).history, stream);
    });
    for (const k of [1, 10]) {
      expectMean(
        drawn.map(({ living }) => living[k].get(0) ?? 0),
        5,
      );
    }
    // Drift of n ticks: heterozygosity falls by 2/(N (N - 1)) a tick, as pairs meet (Moran 1958, Proc. Camb. Phil. Soc. 54: 60).
    const apart = drawn.map(({ living }) => {
      let same = 0;
      for (const n of living[10].values()) same += n * (n - 1);
      return 1 - same / (20 * 19);
    });
    expectMean(apart, (1 - (4 * 5 * 4) / (20 * 19)) * (1 - 2 / (20 * 19)) ** 100);
  });

  it('has as many components as Ewens’s formula (1972, Theor. Popul. Biol. 3: 87) where one begins now and then', () => {
    const [size, begins, every] = [12, 0.1, 120];
    // Two lines meet at a tick with chance 2/(N (N - 1)), a line becomes a new component with begins/N.
    const theta = begins * (size - 1);
    let expected = 0;
    for (let i = 0; i < size; i++) expected += theta / (theta + i);
    const found = Array.from({ length: 1500 }, (_, i) => {
      const stream = namedStream(String(i), 'ewens');
      const { history, real } = moranComponents(stream, { size, ticks: steps(every), components: 1, begins });
      return [neutralComponents(history, stream), real].map((one) => one.living[10].size);
    });
    for (const k of [0, 1])
      expectMean(
        found.map((pair) => pair[k]),
        expected,
      );
  });

  it('has the activity, change, novelty and ecology of a neutral population counted tick by tick', () => {
    const differences = Array.from({ length: 400 }, (_, i) => {
      const stream = namedStream(String(i), 'neutral');
      const { real, history } = moranComponents(stream, { size: 20, ticks: steps(20), components: 4, begins: 0.05 });
      const [a, b] = [real, neutralComponents(history, stream)].map((one) => {
        const { mean: whole, fresh } = evolutionaryActivity(one);
        return [whole, fresh, ...Object.values(modes(one))];
      });
      return a.map((value, k) => value - b[k]);
    });
    for (let k = 0; k < 5; k++)
      expectMean(
        differences.map((row) => row[k]),
        0,
      );
  });

  it('shows a component that sweeps: diversity below the range of the shadows', () => {
    const outside = Array.from({ length: 20 }, (_, i) => {
      const plan = { size: 40, ticks: steps(30), components: 4, begins: 0.03, weight: (c: number) => (c === 0 ? 4 : 1) };
      const { real, history } = moranComponents(namedStream(String(i), 'sweep'), plan);
      const place = { population: '', from: 0, to: 300, kind: 'population', group: '' } as const;
      const rows = rowsOfSteps(real, history, place, String(i), 'not recorded');
      const [value, range] = rows.filter(({ statistic }) => statistic === 'modes_ecology');
      return value.value < range.low;
    });
    expect(outside.filter(Boolean).length).toBeGreaterThanOrEqual(18);
  });

  it('of mutations: as many informative loci as there are vital ones, none in shadows', () => {
    const mutation = { loci: 10, chance: 0.03, vital: 4 };
    const found = Array.from({ length: 120 }, (_, i) => {
      // A step is 12 times the size, so that next to no sterile organism of the time before lives at the end.
      const stream = namedStream(String(i), 'vital');
      const plan = { size: 12, ticks: steps(144), components: 1, begins: 0, mutation };
      const { real, history, changed } = moranComponents(stream, plan);
      return [real, neutralComponents(history, stream)].map((one) => informativeLoci(one, history, changed, mutation.loci));
    });
    expectMean(
      found.map(([value]) => value),
      mutation.vital,
    );
    expectMean(
      found.map(([, shadow]) => shadow),
      0,
    );
  });
});
