import { describe, expect, it } from 'vitest';
import {
  cos,
  cos2pi32,
  exp,
  log,
  log32,
  logistic,
  logistic32,
  sin,
  sin2pi32,
  tanh,
  tanh32,
} from '../../../src/math/elementary.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { DATA, testKernel } from './kernel.ts';

const COUNT = 65536;
const kernel = testKernel(2);
const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** Random floats of every magnitude in [low, high], by bits; both positive. */
function byBits(name: string, low: number, high: number): Float32Array {
  const stream = namedStream('elementary', name);
  float[0] = low;
  const first = bits[0];
  float[0] = high;
  const span = bits[0] - first + 1;
  return Float32Array.from({ length: COUNT }, () => {
    bits[0] = first + stream.integer(span);
    return float[0];
  });
}

/** Runs a kernel function over the values and returns how its first difference from the oracle reads, or ''. */
function firstDifference(kind: number, values: Float32Array, oracle: (x: number) => number): string {
  const n = Math.ceil(values.length / 4) * 4;
  const input = DATA / 4;
  const output = input + n;
  kernel.f32.fill(1, input, output);
  kernel.f32.set(values, input);
  kernel.run.testElementary(kind, DATA, output * 4, n);
  for (let i = 0; i < values.length; i++) {
    const expected = oracle(values[i]);
    if (!Object.is(kernel.f32[output + i], expected)) return `f(${values[i]}) = ${kernel.f32[output + i]}, not ${expected}`;
  }
  return '';
}

const edges = Float32Array.from([
  0,
  -0,
  1,
  -1,
  0.125,
  0.375,
  0.625,
  0.875,
  5.4,
  -5.4,
  5.3999996,
  5.4000006,
  1e-45,
  -1e-45,
  1.1754944e-38,
  3.4e38,
  -3.4e38,
  Infinity,
  -Infinity,
  Number.NaN,
  0.5,
  0.25,
  0.75,
  0.99999994,
  10.8,
  -10.8,
  11,
  100,
]);
const signed = Float32Array.from(byBits('signed', 1e-30, 100), (x, i) => (i & 1 ? x : -x));
const unit = Float32Array.from({ length: COUNT }, (_, i) => (i * 256 + 17) / 16777216);

describe('the kernel equals its fround oracle to the bit', () => {
  it.each([
    ['tanh4', 0, tanh32],
    ['tanh1', 5, tanh32],
    ['logistic4', 1, logistic32],
    ['logistic1', 6, logistic32],
  ] as const)('%s', (_name, kind, oracle) => {
    expect(firstDifference(kind, edges, oracle)).toBe('');
    expect(firstDifference(kind, signed, oracle)).toBe('');
  });

  it('log4', () => {
    const positive = Float32Array.from([1, 0.70710665, Math.SQRT1_2, Math.SQRT2, 1.4142134, 2, 0.5, 1.1754944e-38, 3.4028235e38]);
    expect(firstDifference(2, positive, log32)).toBe('');
    expect(firstDifference(2, byBits('log', 1.1754944e-38, 3.4028235e38), log32)).toBe('');
    expect(firstDifference(2, byBits('log near 1', 0.5, 2), log32)).toBe('');
  });

  it.each([
    ['sin2pi4', 3, sin2pi32],
    ['cos2pi4', 4, cos2pi32],
  ] as const)('%s', (_name, kind, oracle) => {
    expect(
      firstDifference(
        kind,
        edges.filter((u) => Math.abs(u) <= 100),
        oracle,
      ),
    ).toBe('');
    expect(firstDifference(kind, unit, oracle)).toBe('');
    expect(firstDifference(kind, signed, oracle)).toBe('');
  });
});

describe('float32 functions stay within their stated errors', () => {
  it('tanh32', () => {
    let worst = 0;
    let worstInside = 0;
    let worstRelative = 0;
    let largest = 0;
    let lopsided = 0;
    for (const x of signed) {
      const y = tanh32(x);
      const exact = Math.tanh(x);
      worst = Math.max(worst, Math.abs(y - exact));
      if (Math.abs(x) < 5.4) worstInside = Math.max(worstInside, Math.abs(y - exact));
      worstRelative = Math.max(worstRelative, Math.abs(y / exact - 1));
      largest = Math.max(largest, Math.abs(y));
      if (tanh32(-x) !== -y) lopsided++;
    }
    expect(lopsided).toBe(0);
    expect(worst).toBeLessThan(4.5e-5);
    expect(worstInside).toBeLessThan(3.4e-6);
    expect(worstRelative).toBeLessThan(5e-5);
    expect(largest).toBeLessThan(0.99996);
    expect(tanh32(Number.NaN)).toBeNaN();
    expect(tanh32(Infinity)).toBe(tanh32(5.4));
  });

  it('tanh32 never falls by more than a rounding', () => {
    let before = -1;
    let fall = 0;
    for (let x = -6; x <= 6; x += 1 / 4096) {
      const y = tanh32(x);
      fall = Math.max(fall, before - y);
      before = y;
    }
    expect(fall).toBeLessThan(4e-7);
  });

  it('logistic32', () => {
    let worst = 0;
    for (const x of signed) worst = Math.max(worst, Math.abs(logistic32(x) - 1 / (1 + Math.exp(-x))));
    expect(worst).toBeLessThan(2.3e-5);
    expect(logistic32(1e9)).toBeLessThan(1 - 2e-5);
    expect(logistic32(-1e9)).toBeGreaterThan(2e-5);
  });

  it('log32, in ulp of the result', () => {
    let worst = 0;
    const check = (x: number) => {
      const exact = Math.log(x);
      const rounded = Math.fround(exact);
      float[0] = Math.abs(rounded);
      const from = float[0];
      bits[0]++;
      worst = Math.max(worst, rounded === 0 ? Math.abs(log32(x)) : Math.abs(log32(x) - exact) / (float[0] - from));
    };
    byBits('log error', 1.1754944e-38, 3.4028235e38).forEach(check);
    byBits('log error near 1', 0.5, 2).forEach(check);
    expect(worst).toBeLessThan(1);
    expect(log32(1)).toBe(0);
  });

  it('sin2pi32 and cos2pi32', () => {
    let worst = 0;
    let norm = 0;
    for (const u of unit) {
      const [s, c] = [sin2pi32(u), cos2pi32(u)];
      worst = Math.max(worst, Math.abs(s - Math.sin(2 * Math.PI * u)), Math.abs(c - Math.cos(2 * Math.PI * u)));
      norm = Math.max(norm, Math.abs(s * s + c * c - 1));
    }
    expect(worst).toBeLessThan(1.2e-7);
    expect(norm).toBeLessThan(3e-7);
    expect([0, 0.25, 0.5, 0.75].map(sin2pi32).map((y) => y + 0)).toEqual([0, 1, 0, -1]);
    expect([0, 0.25, 0.5, 0.75].map(cos2pi32).map((y) => y + 0)).toEqual([1, 0, -1, 0]);
  });
});

/** Largest relative difference over random x in [low, high]. */
function worstRelative(own: (x: number) => number, engine: (x: number) => number, low: number, high: number): number {
  const stream = namedStream('elementary', `relative ${low} ${high}`);
  let worst = 0;
  for (let i = 0; i < 100000; i++) {
    const x = low + (high - low) * stream.uniform();
    const exact = engine(x);
    if (exact !== 0) worst = Math.max(worst, Math.abs(own(x) / exact - 1));
  }
  return worst;
}

// The engine's own functions are off by up to an ulp too, so a difference of two ulp (4.5e-16) is the sharpest check here.
const TWO_ULP = 4.5e-16;

describe('float64 functions', () => {
  it('exp', () => {
    expect(worstRelative(exp, Math.exp, -700, 700)).toBeLessThan(TWO_ULP);
    expect(worstRelative(exp, Math.exp, -1, 1)).toBeLessThan(TWO_ULP);
    expect([0, -0, Infinity, -Infinity, 710, -746].map(exp)).toEqual([1, 1, Infinity, 0, Infinity, 0]);
    expect(exp(Number.NaN)).toBeNaN();
    expect(exp(-745)).toBe(5e-324);
    expect(exp(709.78)).toBeCloseTo(Math.exp(709.78), -300);
    expect(exp(709.78)).toBeLessThan(Infinity);
  });

  it('log', () => {
    expect(worstRelative(log, Math.log, 0, 4)).toBeLessThan(TWO_ULP);
    expect(worstRelative(log, Math.log, 0, 1e300)).toBeLessThan(TWO_ULP);
    expect(worstRelative(log, Math.log, 1e-320, 1e-305)).toBeLessThan(TWO_ULP);
    expect([0, -0, 1, Infinity].map(log)).toEqual([-Infinity, -Infinity, 0, Infinity]);
    expect(log(-1)).toBeNaN();
    expect(log(Number.NaN)).toBeNaN();
    expect(log(5e-324)).toBeCloseTo(Math.log(5e-324), 12);
  });

  it('sin and cos', () => {
    for (const range of [1, 10, 1000, 799999]) {
      expect(worstRelative(sin, Math.sin, -range, range)).toBeLessThan(TWO_ULP);
      expect(worstRelative(cos, Math.cos, -range, range)).toBeLessThan(TWO_ULP);
    }
    expect([sin(0), cos(0)]).toEqual([0, 1]);
    // Close to multiples of pi/2 the reduction is what counts.
    for (let n = 1; n < 500000; n += 997) {
      const x = (n * Math.PI) / 2;
      const [own, engine] = n & 1 ? [cos(x), Math.cos(x)] : [sin(x), Math.sin(x)];
      expect(Math.abs(own / engine - 1)).toBeLessThan(TWO_ULP);
    }
    expect(() => sin(800001)).toThrow(RangeError);
    expect(() => cos(Infinity)).toThrow('angle Infinity is outside');
    expect(sin(Number.NaN)).toBeNaN();
  });

  it('tanh', () => {
    for (const range of [1e-3, 0.56, 3, 30]) expect(worstRelative(tanh, Math.tanh, -range, range)).toBeLessThan(TWO_ULP);
    for (const x of [1e-300, 1e-9, 0.1, 0.5493061443340548, 0.5493061443340549, 2, 19, 400]) expect(tanh(-x)).toBe(-tanh(x));
    expect([0, Infinity, -Infinity, 800].map(tanh)).toEqual([0, 1, -1, 1]);
    expect(tanh(1e-300)).toBe(1e-300);
    expect(tanh(Number.NaN)).toBeNaN();
  });

  it('logistic', () => {
    expect(worstRelative(logistic, (x) => 1 / (1 + Math.exp(-x)), -700, 700)).toBeLessThan(2 * TWO_ULP);
    expect(worstRelative(logistic, (x) => 1 / (1 + Math.exp(-x)), -3, 3)).toBeLessThan(2 * TWO_ULP);
    expect([0, 38, Infinity, -746, -Infinity].map(logistic)).toEqual([0.5, 1, 1, 0, 0]);
    expect(logistic(Number.NaN)).toBeNaN();
  });
});
