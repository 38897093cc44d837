import { expect, test } from 'vitest';
import { Series } from '../../../src/worker/series.ts';

test('a series keeps mean, lowest and highest of everything, however often it has been merged', () => {
  const series = new Series(2, 10);
  const samples: number[] = [];
  for (let tick = 0; tick < 200_000; tick += 10) {
    const value = (tick * 7919) % 1013;
    samples.push(value);
    series.push(tick, [value, tick === 123_450 ? 1e6 : Number.NaN]);
  }
  const { bucketTicks, ticks, mean, minimum, maximum } = series.read([0, 1]);
  expect(ticks.length).toBeLessThanOrEqual(1024);
  expect(ticks.length).toBeGreaterThan(500);
  const perBucket = bucketTicks / 10;
  for (let bucket = 0; bucket < ticks.length; bucket++) {
    const of = samples.slice(bucket * perBucket, (bucket + 1) * perBucket);
    expect(mean[0][bucket]).toBeCloseTo(of.reduce((a, b) => a + b, 0) / of.length, 9);
    expect(minimum[0][bucket]).toBe(Math.min(...of));
    expect(maximum[0][bucket]).toBe(Math.max(...of));
    expect(ticks[bucket]).toBe(bucket * bucketTicks);
  }
  // One sample among thousands still shows.
  const there = maximum[1].filter((value) => !Number.isNaN(value));
  expect([...there]).toEqual([1e6]);
});

test('a series that begins late has nothing before', () => {
  const series = new Series(1, 10);
  series.push(50_000, [3]);
  const { mean, ticks } = series.read([0]);
  expect([...mean[0]].filter((value) => !Number.isNaN(value))).toEqual([3]);
  expect(ticks.length).toBeLessThanOrEqual(1024);
});
