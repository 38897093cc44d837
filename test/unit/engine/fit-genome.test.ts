import { describe, expect, it } from 'vitest';
import { fitGenome, nameGenome } from '../../../src/genome/fit-genome.ts';
import type { GenomeLayout } from '../../../src/genome/layout.ts';

const layout = (...names: string[]): GenomeLayout => ({
  stride: 8,
  segments: [],
  loci: names.map((name, i) => ({ name, slot: i + 1, segment: 's', scale: 1, deviation: 1 })),
  ranges: [],
});

describe('fitGenome', () => {
  it('gives every locus the value of its name, and others what is asked for', () => {
    const genome = nameGenome(layout('a', 'b', 'c'), 1, [9, 1, 2, 3, 9, 9, 9, 9]);
    expect(genome).toEqual({ ploidy: 1, names: ['a', 'b', 'c'], values: [1, 2, 3] });
    expect(fitGenome(genome, layout('c', 'd', 'a'), 1, (slot) => 100 + slot)).toEqual({
      loci: [3, 102, 1],
      missing: 1,
      unplaced: 1,
    });
  });

  it('goes from one haplotype to two and back', () => {
    const one = nameGenome(layout('a', 'b'), 1, [0, 1, 2, 0, 0, 0, 0, 0]);
    expect(fitGenome(one, layout('b', 'a'), 2, () => 0).loci).toEqual([2, 1, 2, 1]);
    const two = nameGenome(layout('a', 'b'), 2, [0, 1, 2, 0, 0, 0, 0, 0, 0, 5, 4, 0, 0, 0, 0, 0]);
    expect(two.values).toEqual([1, 2, 5, 4]);
    expect(fitGenome(two, layout('b', 'a'), 1, () => 0).loci).toEqual([3, 3]);
    expect(fitGenome(two, layout('b', 'a'), 2, () => 0).loci).toEqual([2, 1, 4, 5]);
  });
});
