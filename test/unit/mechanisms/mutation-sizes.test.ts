// Tables of sizes of mutations against the moments of their distributions.
import { describe, expect, it } from 'vitest';
import { type EffectKind, sizeTable, sizeTableLength } from '../../../src/mechanisms/mutation-sizes.ts';

/** Moment of what a table draws: sizes are uniform between the quantiles of neighbouring chances. */
function moment(table: Float32Array, power: number): number {
  let sum = 0;
  for (let i = 0; i < 31 * 32; i++) {
    const width = 2 ** (i >> 5) / 32 / 2 ** 32;
    for (const from of [0, 1024]) {
      const [a, b] = [table[from + i], table[from + i + 1]];
      let mean = 0;
      for (let j = 0; j <= power; j++) mean += a ** j * b ** (power - j);
      sum += (width * mean) / (power + 1);
    }
  }
  return sum;
}

/** E |z|^n at a mean square of 1. */
const gammaMoment = (shape: number, n: number) => {
  let product = 1;
  for (let j = 0; j < n; j++) product *= shape + j;
  return product / (shape * (shape + 1)) ** (n / 2);
};

const cases: readonly { kind: EffectKind; shape: number; moments: readonly number[] }[] = [
  { kind: 'fixed', shape: 1, moments: [1, 1, 1, 1] },
  { kind: 'normal', shape: 1, moments: [Math.sqrt(2 / Math.PI), 1, 2 * Math.sqrt(2 / Math.PI), 3] },
  { kind: 'exponential', shape: 3, moments: [1, 2, 3, 4].map((n) => gammaMoment(1, n)) },
  ...[0.1, 0.5, 2, 30, 100].map((shape) => ({
    kind: 'gamma' as const,
    shape,
    moments: [1, 2, 3, 4].map((n) => gammaMoment(shape, n)),
  })),
];

describe('sizeTable', () => {
  it.each(cases)('$kind, shape $shape: the first four moments', ({ kind, shape, moments }) => {
    const table = sizeTable(kind, shape);
    expect(table).toHaveLength(sizeTableLength);
    expect(Math.abs(moment(table, 2) - 1)).toBeLessThan(1e-6);
    for (const [i, expected] of moments.entries()) {
      // What is linear between nodes, and what lies beyond the last, is below one in a thousand.
      expect(Math.abs(moment(table, i + 1) / expected - 1), `moment ${i + 1}`).toBeLessThan(1e-3);
    }
    for (let i = 1; i <= 992; i++) {
      expect(table[i]).toBeGreaterThanOrEqual(table[i - 1]);
      expect(table[1024 + i]).toBeLessThanOrEqual(table[1024 + i - 1]);
    }
  });
});
