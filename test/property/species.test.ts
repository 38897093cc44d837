import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedStream } from '../../src/math/streams.ts';
import { findComponents } from '../../src/record/species/components.ts';
import { Kin, none } from '../../src/record/species/follow-kin.ts';
import type { Descent } from '../../src/record/types.ts';

/** The whole matrix of distances, then a search from every organism that no search has reached. */
function naiveComponents(genomes: readonly (readonly number[])[], limit: number): number[] {
  const linked = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, k) => sum + (x - b[k]) ** 2, 0) <= limit;
  const component: number[] = new Array(genomes.length).fill(-1);
  let found = 0;
  for (const start of genomes.keys()) {
    if (component[start] >= 0) continue;
    const queue = [start];
    component[start] = found;
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const [other, genome] of genomes.entries()) {
        if (component[other] >= 0 || !linked(genomes[at], genome)) continue;
        component[other] = found;
        queue.push(other);
      }
    }
    found++;
  }
  return component;
}

describe('components', () => {
  it('are those of the whole matrix, for points on a lattice and for clouds in many dimensions', () => {
    const lattice = fc.record({
      width: fc.integer({ min: 1, max: 40 }),
      values: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 600 }),
      limit: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(lattice, ({ width, values, limit }) => {
        // Two slots are no loci, and organisms do not stand in the order of the genomes.
        const n = Math.floor(values.length / width);
        const stride = width + 2;
        const genomes = new Float32Array(n * stride).fill(99);
        const slots = Int32Array.from({ length: width }, (_, k) => (k === 0 ? 0 : k + 2));
        const points = Array.from({ length: n }, (_, i) => values.slice(i * width, (i + 1) * width));
        const starts = points.map((_, i) => (n - 1 - i) * stride);
        for (const [i, point] of points.entries()) for (const [k, slot] of slots.entries()) genomes[starts[i] + slot] = point[k];
        expect([...findComponents(genomes, starts, { slots, limit })]).toEqual(naiveComponents(points, limit));
        // Rounding may tell apart who is exactly as far as the limit, so it is none of the distances here.
        const between = { slots, limit: limit + 0.5 };
        const groups = points.map((_, i) => i % 3);
        expect([...findComponents(genomes, starts, between, groups)]).toEqual(naiveComponents(points, limit + 0.5));
      }),
      { numRuns: 300, seed: 2026 },
    );
    const stream = namedStream('components', 'clouds');
    for (let run = 0; run < 40; run++) {
      const [n, width, clouds] = [60, 50 + stream.integer(80), 1 + stream.integer(5)];
      const centres = Array.from({ length: clouds }, () => Array.from({ length: width }, () => 0.15 * stream.normal()));
      const points = Array.from({ length: n }, (_, i) =>
        centres[i % clouds].map((x) => Math.fround(x + (0.1 + 0.02 * stream.uniform()) * stream.normal())),
      );
      // From all apart to all together.
      const limit = width * (0.01 + 0.08 * stream.uniform());
      const genomes = Float32Array.from(points.flat());
      const starts = points.map((_, i) => i * width);
      const slots = Int32Array.from({ length: width }, (_, k) => k);
      const expected = naiveComponents(points, limit);
      expect([...findComponents(genomes, starts, { slots, limit })]).toEqual(expected);
      // Told the clouds, or more and fewer groups than there are, it finds the same.
      for (const groups of [1, 2, clouds, 7, 60]) {
        const of = points.map((_, i) => i % groups);
        expect([...findComponents(genomes, starts, { slots, limit }, of)]).toEqual(expected);
      }
    }
  });
});

/** A random pedigree by first parents: parents[row] is a lower row, or -1. */
const pedigree = fc
  .record({
    parents: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1, maxLength: 60 }),
    species: fc.infiniteStream(fc.boolean()),
    sampled: fc.uniqueArray(fc.nat(59), { maxLength: 20 }),
    components: fc.infiniteStream(fc.integer({ min: -1, max: 3 })),
  })
  .map(({ parents, species, sampled, components }) => {
    const first = parents.map((u, row) => Math.floor(u * (row + 1)) - 1);
    // Species change rarely along a line.
    const names: number[] = [];
    for (const [row, parent] of first.entries())
      names.push(parent < 0 ? 0 : names[parent] + (row % 5 === 0 && species.next().value ? 1 : 0));
    const rows = sampled.filter((row) => row < first.length).sort((a, b) => a - b);
    return { first, names, rows, of: rows.map(() => components.next().value as number) };
  });

describe('nearest kin', () => {
  it('are the sampled descendants of the nearest ancestor of the same species that has any', () => {
    fc.assert(
      fc.property(pedigree, ({ first, names, rows, of }) => {
        const descent: Descent = {
          rowOf: (id) => id,
          idOf: (row) => row,
          firstParentOf: (row) => first[row],
          speciesOf: (row) => names[row],
          setSpecies: () => undefined,
        };
        const descends = (row: number, from: number): boolean => row >= 0 && (row === from || descends(first[row], from));
        const kin = new Kin(descent, rows, of, 4);
        // Twice: the second time out of what the first has remembered.
        for (const row of [...first.keys(), ...first.keys()]) {
          let at = row;
          let expected: number[] | undefined;
          for (; at >= 0 && names[at] === names[row] && !expected; at = first[at]) {
            const descendants = rows.flatMap((sampled, i) => (descends(sampled, at) ? [of[i]] : []));
            if (descendants.length > 0) expected = [none, 0, 1, 2, 3].map((c) => descendants.filter((one) => one === c).length);
          }
          const found = kin.nearest(row);
          expect(found && [...found.counts]).toEqual(expected);
          if (!found || !expected) continue;
          const most = Math.max(...expected);
          const winners = [0, 1, 2, 3, none].filter((c) => expected[c + 1] === most);
          expect(found.most).toBe(winners[0]);
        }
      }),
      { numRuns: 500, seed: 2026 },
    );
  });
});
