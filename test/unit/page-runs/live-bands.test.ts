import { describe, expect, test } from 'vitest';
import { type Band, type BandPoint, LiveBands } from '../../../src/app/instruments/runs/live-bands.ts';
import { SampledRows } from '../../../src/app/instruments/runs/sampled-rows.ts';
import { meanInterval } from '../../../src/experiment/mean-interval.ts';
import { namedStream } from '../../../src/math/streams.ts';

const measures = 3;
const samples = 12;
const cells = [
  [0, 1, 2, 3, 4],
  [5, 6, 7, 8, 9],
];

/** Values of all runs when they are done, some without anything to measure. */
const whole = (() => {
  const stream = namedStream('page', 'bands');
  return Array.from({ length: 10 }, (_, run) =>
    Array.from({ length: samples }, () =>
      Array.from({ length: measures }, () => (stream.uniform() < 0.1 ? Number.NaN : stream.normal() + run)),
    ),
  );
})();

/** The definition: over the runs that have come as far, in the order of the plan. */
function naively(counts: readonly number[], measure: number): Band[] {
  return cells.map((runs) =>
    Array.from({ length: samples }, (_, k): BandPoint | undefined => {
      const values = runs.filter((run) => counts[run] > k).map((run) => whole[run][k][measure]);
      if (values.length === 0) return undefined;
      return { ...meanInterval(values), runs: values.length };
    }),
  );
}

const always = () => true;

describe('live bands', () => {
  test('are at any moment mean and interval over the runs that have come as far', () => {
    const rows = new SampledRows(10, samples);
    const bands = new LiveBands(rows, cells, 1);
    const counts = new Array(10).fill(0);
    const stream = namedStream('page', 'order');
    let dropped = -1;
    for (let step = 0; step < 60; step++) {
      const run = stream.integer(10);
      if (run === dropped || counts[run] === samples) continue;
      if (counts[run] === 0) rows.begin(run, measures);
      const more = 1 + stream.integer(Math.min(4, samples - counts[run]));
      const [from, to] = rows.add(run, Float64Array.from(whole[run].slice(counts[run], counts[run] + more).flat()));
      expect([from, to]).toEqual([counts[run], counts[run] + more]);
      counts[run] = to;
      bands.touch(run < 5 ? 0 : 1, from, to);
      // A run that fails half way counts nowhere any more.
      if (step === 20) {
        dropped = run;
        counts[run] = 0;
        rows.drop(run);
        bands.touch(run < 5 ? 0 : 1, 0, samples);
      }
      if (step % 3 === 0) {
        expect(bands.refresh(always)).toBe(true);
        expect(bands.bands).toEqual(naively(counts, 1));
      }
    }
    expect(bands.refresh(always)).toBe(true);
    expect(bands.bands).toEqual(naively(counts, 1));
    bands.show(2);
    expect(bands.bands.flat().every((point) => point === undefined)).toBe(true);
    bands.refresh(always);
    expect(bands.bands).toEqual(naively(counts, 2));
  });

  test('are computed from the left, little by little where time is short', () => {
    const rows = new SampledRows(10, samples);
    const bands = new LiveBands(rows, cells, 0);
    for (const [run, values] of whole.entries()) {
      rows.begin(run, measures);
      const [from, to] = rows.add(run, Float64Array.from(values.flat()));
      bands.touch(run < 5 ? 0 : 1, from, to);
    }
    let left = 5;
    expect(bands.refresh(() => --left > 0)).toBe(false);
    expect(bands.bands.map((band) => band.findLastIndex((point) => point !== undefined))).toEqual([2, 1]);
    expect(bands.refresh(always)).toBe(true);
    expect(bands.bands).toEqual(naively(new Array(10).fill(samples), 0));
  });
});
