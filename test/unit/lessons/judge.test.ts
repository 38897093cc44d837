import { describe, expect, it } from 'vitest';
import { curveTicks, judgeAnswer, judgeCurve, measureCheck, rightAnswer } from '../../../src/scene/lesson/judge.ts';

const ticks = Array.from({ length: 11 }, (_, i) => 10 * i);
const rising = { ticks, values: ticks.map((tick) => tick / 100) };
const plain = { value: 0.5, deviation: 0.1, samples: 10, from: 0, to: 100 };

describe('what a check measures', () => {
  it('is the mean of the samples of its last ticks, with their standard deviation', () => {
    expect(measureCheck({ over: 20 }, rising, 100)).toEqual({
      value: expect.closeTo(0.9, 12),
      deviation: expect.closeTo(0.1, 12),
      samples: 3,
      from: 80,
      to: 100,
    });
    const gap = { ticks, values: rising.values.map((value, i) => (i === 9 ? Number.NaN : value)) };
    expect(measureCheck({ over: 20 }, gap, 100).samples).toBe(2);
    expect(measureCheck({ over: 20 }, { ticks: [], values: [] }, 100).value).toBeNaN();
  });

  it('has no deviation of fewer than two samples', () => {
    const one = measureCheck({ over: 9 }, rising, 100);
    expect([one.value, one.deviation, one.samples]).toEqual([1, Number.NaN, 1]);
    expect(measureCheck({ over: 9, versus: { check: 'a', by: 'difference' } }, rising, 100, plain).deviation).toBeNaN();
    // How far it misses in deviations is not known; it is not within one.
    expect(judgeAnswer({ when: { to: 0.9 } }, one)).toEqual({ distance: 'far', gap: expect.closeTo(0.1, 12) });
  });

  it('is a change since a tick, a difference, a ratio', () => {
    const change = measureCheck({ over: 20, since: 0 }, rising, 100);
    expect(change.value).toBeCloseTo(0.8, 12);
    expect(change.deviation).toBeCloseTo(Math.sqrt(0.02), 12);
    const versus = (by: 'difference' | 'ratio') => measureCheck({ over: 20, versus: { check: 'a', by } }, rising, 100, plain);
    expect(versus('difference').value).toBeCloseTo(0.4, 12);
    expect(versus('ratio').value).toBeCloseTo(1.8, 12);
    // d(a/b) to first order: (0.1 and 1.8 * 0.1) / 0.5.
    expect(versus('ratio').deviation).toBeCloseTo(Math.sqrt(0.01 + 0.0324) / 0.5, 12);
    const nothing = measureCheck(
      { over: 20, versus: { check: 'a', by: 'ratio' } },
      { ticks, values: ticks.map(() => 0) },
      100,
      plain,
    );
    expect([nothing.value, nothing.deviation]).toEqual([0, 0]);
  });
});

describe('a chosen answer', () => {
  const answers = [
    { text: 'low', when: { to: 0.4 } },
    { text: 'middle', when: { from: 0.4, to: 0.6 } },
    { text: 'high', when: { from: 0.6 } },
  ];
  it('is right where the value is in its range, the lower end included', () => {
    expect(rightAnswer({ answers }, { value: 0.4 })).toBe(1);
    expect(rightAnswer({ answers }, { value: 0.6 })).toBe(2);
    expect(rightAnswer({ answers }, { value: Number.NaN })).toBe(-1);
    expect(judgeAnswer(answers[1], plain)).toEqual({ distance: 'right', gap: 0 });
  });

  it('misses by its distance to the range, in deviations of the measure', () => {
    expect(judgeAnswer(answers[2], plain)).toEqual({ distance: 'within', gap: expect.closeTo(0.1, 12) });
    expect(judgeAnswer(answers[0], { ...plain, deviation: 0.05 })).toEqual({ distance: 'apart', gap: expect.closeTo(0.1, 12) });
    expect(judgeAnswer(answers[2], { ...plain, deviation: 0.01 }).distance).toBe('far');
    expect(judgeAnswer(answers[2], { ...plain, value: Number.NaN }).distance).toBe('far');
  });
});

describe('a drawn curve', () => {
  const curve = { measure: 'a/b', from: 0, to: 100, low: 0, high: 1, points: 3 };
  it('is as far as its line from the samples on average, in shares of the height', () => {
    expect(curveTicks(curve)).toEqual([0, 50, 100]);
    expect(judgeCurve(curve, [0, 0.5, 1], rising)).toEqual({
      distance: 'right',
      share: expect.closeTo(0, 12),
      drawn: 1,
      measured: expect.closeTo(1, 12),
    });
    const level = judgeCurve(curve, [0.5, 0.5, 0.5], rising);
    // The mean of |0.5 - k / 10| over k = 0 to 10.
    expect(level.share).toBeCloseTo(3 / 11, 12);
    expect(level.distance).toBe('apart');
    expect(judgeCurve(curve, [1, 0.5, 0], rising).distance).toBe('far');
    expect(judgeCurve(curve, [0, 0.5, 1], { ticks: [], values: [] }).distance).toBe('far');
  });
});
