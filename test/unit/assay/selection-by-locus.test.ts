import { describe, expect, it } from 'vitest';
import { selectionByLocus } from '../../../src/analysis/assay/selection-by-locus.ts';
import { namedStream } from '../../../src/math/streams.ts';

const [copies, loci] = [40, 3];
const stream = namedStream('selection', 'by locus');
const values = Float64Array.from({ length: copies * loci }, () => stream.normal());
const fitness = Float64Array.from({ length: copies * loci }, () => stream.integer(4));
const drift = Float64Array.from({ length: copies * loci }, () => stream.integer(4));

const at = (vector: ArrayLike<number>, l: number) => Array.from({ length: copies }, (_, c) => vector[c * loci + l]);
const average = (of: readonly number[]) => of.reduce((sum, one) => sum + one / of.length, 0);

/** By the book: covariance of clades' means, and the rest of the covariance. */
function naive(w: Float64Array, cladeOf: (copy: number, locus: number) => number) {
  return Array.from({ length: loci }, (_, l) => {
    const [own, z] = [at(w, l), at(values, l)];
    const meanOf = (list: readonly number[]) =>
      list.map((_, c) => average(list.filter((__, other) => cladeOf(other, l) === cladeOf(c, l))));
    const covariance = (a: readonly number[], b: readonly number[]) =>
      (average(a.map((x, c) => x * b[c])) - average(a) * average(b)) / average(own);
    const between = covariance(meanOf(own), meanOf(z));
    return { between, within: covariance(own, z) - between };
  });
}

describe('selection by locus', () => {
  it.each([
    ['clades of organisms', Float64Array.from({ length: copies }, (_, c) => 1e7 + (c % 7))],
    ['clades of organisms with two copies each', Float64Array.from({ length: copies / 2 }, (_, k) => k % 5)],
    ['local trees', Uint32Array.from({ length: copies * loci }, (_, i) => 3 * (Math.floor(i / loci) % (4 + (i % loci))))],
  ])('is split as the definition says, each account by itself: %s', (_, clades) => {
    const local = clades.length === copies * loci;
    const cladeOf = (c: number, l: number) => (local ? clades[c * loci + l] : clades[Math.floor((c * clades.length) / copies)]);
    const selections = selectionByLocus([fitness, drift], values, loci, clades);
    for (const [i, w] of [fitness, drift].entries()) {
      for (const [l, { between, within }] of naive(w, cladeOf).entries()) {
        expect(selections[i].between[l]).toBeCloseTo(between, 12);
        expect(selections[i].within[l]).toBeCloseTo(within, 12);
      }
    }
  });

  it('is 0 at a locus without copies', () => {
    const [lost] = selectionByLocus(
      [new Float64Array(copies * loci)],
      values,
      loci,
      Float64Array.from({ length: copies }, (_, c) => c),
    );
    expect([...lost.between, ...lost.within].every((s) => s === 0)).toBe(true);
  });
});
