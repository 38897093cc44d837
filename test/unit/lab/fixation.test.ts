import { describe, expect, it } from 'vitest';
import { fixationChain } from '../../../src/analysis/lab/fixation-chain.ts';
import { fixationTimes, timeQuantile } from '../../../src/analysis/lab/fixation-times.ts';
import { moranTimeToFixation } from '../../../src/analysis/lab/moran-time.ts';
import {
  type FixationProcess,
  fixationProbability,
  fixationProcesses,
  sequentialSlope,
} from '../../../src/habitat/landscape/fixation-probability.ts';
import { simulateFixation } from '../../../src/habitat/landscape/simulate-fixation.ts';
import { mean, standardError } from '../../../src/math/statistics.ts';
import { namedStream } from '../../../src/math/streams.ts';

/** Transition probability by definition, in plain floating point. */
function transition(process: FixationProcess, n: number, s: number, i: number, k: number, dyingMayBeParent = true): number {
  if (i === 0 || i === n) return i === k ? 1 : 0;
  const p = (i * Math.exp(s)) / (i * Math.exp(s) + n - i);
  if (process === 'wright-fisher') {
    let choose = 1;
    for (let j = 1; j <= k; j++) choose = (choose * (n - j + 1)) / j;
    return choose * p ** k * (1 - p) ** (n - k);
  }
  const mortals = dyingMayBeParent ? n : n - 1;
  const [up, down] = [(p * (n - i)) / mortals, ((1 - p) * i) / mortals];
  return k === i + 1 ? up : k === i - 1 ? down : k === i ? 1 - up - down : 0;
}

const cases = fixationProcesses.flatMap((process) => [0, 0.3, -0.2].map((s) => [process, s] as const));

describe('fixation probability', () => {
  it.each(fixationProcesses)('of %s is its formula where that is harmless', (process) => {
    const c = process === 'moran' ? 1 : 2;
    for (const s of [-0.3, -0.01, 0.01, 0.4, 2]) {
      for (const copies of [1, 5, 29]) {
        const naive = (1 - Math.exp(-c * s * copies)) / (1 - Math.exp(-c * s * 30));
        expect(fixationProbability(process, 30, s, copies) / naive).toBeCloseTo(1, 12);
      }
    }
  });

  it.each(fixationProcesses)('of %s keeps its digits near 0 and far from it', (process) => {
    const c = process === 'moran' ? 1 : 2;
    for (const s of [0, 1e-320, -1e-320, 1e-18, -1e-18]) expect(fixationProbability(process, 1000, s)).toBeCloseTo(1 / 1000, 15);
    // To first order (1 + c s (N - 1) / 2) / N.
    expect(fixationProbability(process, 1000, 1e-9) * 1000 - 1).toBeCloseTo((c * 1e-9 * 999) / 2, 11);
    expect(fixationProbability(process, 1e6, 0.01)).toBeCloseTo(1 - Math.exp(-c * 0.01), 15);
    expect(fixationProbability(process, 1e6, -0.01)).toBe(0);
    const deleterious = fixationProbability(process, 1e4, -0.01);
    expect(deleterious).toBeGreaterThan(0);
    expect(Math.log(deleterious)).toBeCloseTo(-c * 0.01 * 9999 + Math.log(1 - Math.exp(-c * 0.01)), 10);
    expect([Infinity, -Infinity].map((s) => fixationProbability(process, 50, s))).toEqual([1, 0]);
    expect([0.3, -0.3].map((s) => fixationProbability(process, 1, s))).toEqual([1, 1]);
    expect(fixationProbability(process, 5, Number.NaN)).toBeNaN();
  });

  it.each(fixationProcesses)('of %s has the slope it says', (process) => {
    const s = 1e-7;
    for (const size of [2, 10, 100]) {
      const slope = (fixationProbability(process, size, s) - fixationProbability(process, size, -s)) / (2 * s);
      expect(slope / sequentialSlope(process, size)).toBeCloseTo(1, 6);
    }
    // At large N the difference is 2 s, or s, whatever N s is.
    for (const strength of [0.01, 1, 100]) {
      const small = strength / 1e8;
      const slope = (fixationProbability(process, 1e8, small) - fixationProbability(process, 1e8, -small)) / (2 * small);
      expect(slope / (process === 'moran' ? 0.5 : 1)).toBeCloseTo(1, 5);
    }
  });

  it('refuses what is no population', () => {
    for (const [size, copies] of [
      [0, 0],
      [1.5, 1],
      [10, 11],
      [10, -1],
    ]) {
      expect(() => fixationProbability('moran', size, 0.1, copies)).toThrow(RangeError);
    }
  });
});

describe('the exact chain', () => {
  it.each(cases)('of %s at s = %d is what many steps of its definition come to', (process, s) => {
    const n = 9;
    const chain = fixationChain(process, n, s);
    for (const start of [1, 4, 8]) {
      let now: number[] = Array.from({ length: n + 1 }, (_, i) => (i === start ? 1 : 0));
      let [fixTime, lossTime] = [0, 0];
      const moved = new Float64Array(n + 1);
      for (let t = 1; t <= 3000; t++) {
        const next = now.map((_, k) => now.reduce((sum, share, i) => sum + share * transition(process, n, s, i, k), 0));
        if (t === 1) {
          chain.advance(Float64Array.from(now), moved);
          for (let k = 0; k <= n; k++) expect(moved[k]).toBeCloseTo(next[k], 14);
        }
        fixTime += t * (next[n] - now[n]);
        lossTime += t * (next[0] - now[0]);
        now = next;
      }
      expect(chain.fixation[start] / now[n]).toBeCloseTo(1, 10);
      expect(chain.timeToFixation[start] / (fixTime / now[n])).toBeCloseTo(1, 9);
      expect(chain.timeToLoss[start] / (lossTime / now[0])).toBeCloseTo(1, 9);
    }
    expect([chain.fixation[0], chain.fixation[n]]).toEqual([0, 1]);
    expect([chain.timeToFixation[0], chain.timeToFixation[n], chain.timeToLoss[0], chain.timeToLoss[n]]).toEqual([
      NaN,
      0,
      0,
      NaN,
    ]);
  });

  it('of Moran has its closed forms, also where it is almost never fixed', () => {
    for (const n of [2, 3, 20, 100, 200]) {
      for (const s of [0, 1e-9, 0.02, -0.02, 1, -1]) {
        for (const parent of [true, false]) {
          const chain = fixationChain('moran', n, s, parent);
          for (const i of [1, Math.ceil(n / 2)]) {
            expect(chain.fixation[i] / fixationProbability('moran', n, s, i)).toBeCloseTo(1, 11);
          }
          expect(chain.timeToFixation[1] / moranTimeToFixation(n, s, parent)).toBeCloseTo(1, 10);
        }
      }
      expect(moranTimeToFixation(n, 0) / (n * (n - 1))).toBeCloseTo(1, 12);
      expect(moranTimeToFixation(n, 0, false) / (n - 1) ** 2).toBeCloseTo(1, 12);
    }
  });

  it('of Wright-Fisher is neutral at s = 0, and its fixation time 2 N generations less a few', () => {
    const chain = fixationChain('wright-fisher', 150, 0);
    for (let i = 0; i <= 150; i++) expect(chain.fixation[i]).toBeCloseTo(i / 150, 13);
    // Kimura & Ohta 1969: -2 N (1 - p) ln(1 - p) / p generations, here within 1 %.
    const p = 1 / 150;
    expect(Math.abs(chain.timeToFixation[1] / ((-2 * 150 * (1 - p) * Math.log(1 - p)) / p) - 1)).toBeLessThan(0.01);
  });

  it('of one organism is at its end', () => {
    const { fixation, timeToFixation } = fixationChain('wright-fisher', 1, 0.3);
    expect([...fixation]).toEqual([0, 1]);
    expect(timeToFixation[1]).toBe(0);
  });

  it.each(fixationProcesses)('gives the distribution of times of %s', (process) => {
    const chain = fixationChain(process, 30, 0.05);
    const { fixed, lost, decay } = fixationTimes(chain, 2, 1e-12);
    const last = fixed.length - 1;
    expect(fixed[last]).toBeCloseTo(chain.fixation[2], 11);
    expect(lost[last]).toBeCloseTo(1 - chain.fixation[2], 11);
    let meanTime = 0;
    for (let t = 1; t <= last; t++) meanTime += t * (fixed[t] - fixed[t - 1]);
    expect(meanTime / fixed[last] / chain.timeToFixation[2]).toBeCloseTo(1, 8);
    const median = timeQuantile(fixed, 0.5);
    expect(fixed[median]).toBeGreaterThanOrEqual(fixed[last] / 2);
    expect(fixed[median - 1]).toBeLessThan(fixed[last] / 2);
    // Neutral tails decay by the second eigenvalue: 1 - 1/N a generation, or 1 - 2/N^2 an event.
    const neutral = fixationTimes(fixationChain(process, 30, 0), 1, 1e-12).decay;
    expect(neutral).toBeCloseTo(process === 'moran' ? 1 - 2 / 900 : 1 - 1 / 30, 10);
    expect(decay).toBeLessThan(neutral);
  });

  it('refuses what it cannot solve', () => {
    for (const [size, s] of [
      [0, 0],
      [201, 0],
      [2.5, 0],
      [10, Infinity],
      [10, Number.NaN],
    ]) {
      expect(() => fixationChain('moran', size, s)).toThrow(RangeError);
    }
    const chain = fixationChain('moran', 10, 0);
    for (const [copies, tail] of [
      [0, 0.1],
      [10, 0.1],
      [1, 0],
      [1, 1],
    ]) {
      expect(() => fixationTimes(chain, copies, tail)).toThrow(RangeError);
    }
    expect(() => moranTimeToFixation(1, 0)).toThrow(RangeError);
    expect(() => moranTimeToFixation(10, Infinity)).toThrow(RangeError);
  });
});

/** Moran by its definition: every event is played, N fitnesses and all. */
function naiveMoran(n: number, s: number, uniform: () => number, dyingMayBeParent: boolean): { fixed: boolean; time: number } {
  const carries = Array.from({ length: n }, (_, i) => i === 0);
  for (let time = 0; ; time++) {
    const count = carries.filter((one) => one).length;
    if (count === 0 || count === n) return { fixed: count === n, time };
    let left = uniform() * (count * Math.exp(s) + n - count);
    let parent = -1;
    for (let i = 0; i < n && left >= 0; i++) {
      left -= carries[i] ? Math.exp(s) : 1;
      parent = i;
    }
    let dying = Math.floor(uniform() * (dyingMayBeParent ? n : n - 1));
    if (!dyingMayBeParent && dying >= parent) dying++;
    carries[dying] = carries[parent];
  }
}

describe('simulated drift', () => {
  it.each(cases)('of %s at s = %d has the times of the exact chain', (process, s) => {
    const [n, replicates] = [8, 20_000];
    const stream = namedStream('drift', `${process} ${s}`);
    const chain = fixationChain(process, n, s);
    const { fixed, lost } = fixationTimes(chain, 3, 1e-6);
    const outcomes = Array.from({ length: replicates }, () => simulateFixation(process, n, s, stream, { copies: 3 }));
    // By three quantiles of either end: shares of all replicates, each within 4 standard errors.
    for (const [ended, isFixed] of [
      [fixed, true],
      [lost, false],
    ] as const) {
      for (const share of [0.1, 0.5, 0.95]) {
        const at = timeQuantile(ended, share);
        const expected = ended[at];
        const seen = outcomes.filter((outcome) => outcome.fixed === isFixed && outcome.time <= at).length / replicates;
        expect(Math.abs(seen - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / replicates));
      }
    }
  });

  it.each([true, false])('of Moran skips events but counts them: dying may be the parent %s', (dyingMayBeParent) => {
    const [n, s, replicates] = [6, 0.2, 20_000];
    const stream = namedStream('naive', String(dyingMayBeParent));
    const naive = Array.from({ length: replicates }, () => naiveMoran(n, s, stream.uniform, dyingMayBeParent));
    const quick = Array.from({ length: replicates }, () => simulateFixation('moran', n, s, stream, { dyingMayBeParent }));
    for (const fixed of [true, false]) {
      const [a, b] = [naive, quick].map((all) => all.filter((one) => one.fixed === fixed).map(({ time }) => time));
      const share = (a.length + b.length) / (2 * replicates);
      expect(Math.abs(a.length - b.length) / replicates).toBeLessThan(4 * Math.sqrt((2 * share * (1 - share)) / replicates));
      expect(Math.abs(mean(a) - mean(b))).toBeLessThan(4 * Math.hypot(standardError(a), standardError(b)));
    }
  });

  it.each(fixationProcesses)('of %s is the same from the same stream, and can be watched', (process) => {
    const seen: [number, number][] = [];
    const watch = (time: number, count: number) => seen.push([time, count]);
    const first = simulateFixation(process, 40, 0.05, namedStream('same', 'x'), { copies: 10, watch });
    expect(simulateFixation(process, 40, 0.05, namedStream('same', 'x'), { copies: 10 })).toEqual(first);
    expect(seen[seen.length - 1]).toEqual([first.time, first.fixed ? 40 : 0]);
    let [timeBefore, countBefore] = [0, 10];
    for (const [time, count] of seen) {
      expect(time).toBeGreaterThan(timeBefore);
      if (process === 'moran') expect(Math.abs(count - countBefore)).toBe(1);
      else expect(time).toBe(timeBefore + 1);
      [timeBefore, countBefore] = [time, count];
    }
  });

  it('pins its draws', () => {
    const outcomes = fixationProcesses.map((process) =>
      simulateFixation(process, 100, 0.3, namedStream('pinned', 'a'), { copies: 5 }),
    );
    // A change here changes every run in which drift is played.
    expect(outcomes).toEqual([
      { fixed: true, time: 17 },
      { fixed: true, time: 2295 },
    ]);
  });

  it('comes to its end at the ends', () => {
    const stream = namedStream('ends', 'x');
    for (const process of fixationProcesses) {
      expect(simulateFixation(process, 7, 0.1, stream, { copies: 0 })).toEqual({ fixed: false, time: 0 });
      expect(simulateFixation(process, 7, 0.1, stream, { copies: 7 })).toEqual({ fixed: true, time: 0 });
      expect(simulateFixation(process, 1, 0.1, stream)).toEqual({ fixed: true, time: 0 });
      expect(simulateFixation(process, 50, Infinity, stream).fixed).toBe(true);
      expect(simulateFixation(process, 50, -Infinity, stream).fixed).toBe(false);
      expect(simulateFixation(process, 50, 2000, stream).fixed).toBe(true);
      expect(() => simulateFixation(process, 0, 0, stream)).toThrow(RangeError);
      expect(() => simulateFixation(process, 5, Number.NaN, stream)).toThrow(RangeError);
      expect(() => simulateFixation(process, 5, 0, stream, { copies: 6 })).toThrow(RangeError);
    }
    // The one birth among two of which the parent may not die always replaces the other.
    expect(simulateFixation('moran', 2, 0, stream, { dyingMayBeParent: false }).time).toBe(1);
  });
});
