import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Comoment } from '../../../src/export/comoment.ts';
import { covariance, mean } from '../../../src/math/statistics.ts';

test('agrees with the two-pass definition, also far from zero', () => {
  const pair = fc.tuple(fc.double({ min: -100, max: 100, noNaN: true }), fc.nat(50));
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 60 }), fc.constantFrom(0, 1e6), (pairs, shift) => {
      const comoment = new Comoment();
      const x = pairs.map(([value]) => value + shift);
      const y = pairs.map(([, value]) => value);
      for (const i of pairs.keys()) comoment.add(x[i], y[i]);
      expect(comoment.meanX).toBeCloseTo(mean(x), 6);
      expect(comoment.meanY).toBeCloseTo(mean(y), 9);
      expect(comoment.products / comoment.count).toBeCloseTo(covariance(x, y), 5);
    }),
  );
});

test('goes on from its state as if it had never stopped', () => {
  const [a, b] = [new Comoment(), new Comoment()];
  for (let i = 0; i < 10; i++) a.add(Math.sqrt(i), i % 3);
  b.restore(a.state());
  for (let i = 10; i < 20; i++) {
    a.add(Math.sqrt(i), i % 3);
    b.add(Math.sqrt(i), i % 3);
  }
  expect(b).toEqual(a);
  a.clear();
  expect(a).toEqual(new Comoment());
});
