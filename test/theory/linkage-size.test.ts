import { describe, expect, it } from 'vitest';
import { linkageEffectiveSize, sizeOfLinkage } from '../../src/analysis/stats/linkage-size.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import { type LinkedWorld, linkedWorld } from './linked-world.ts';

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Excesses of worlds, a sample of each. */
function excesses(name: string, world: LinkedWorld, sample: number, replicates: number): number[] {
  return range(replicates).map((index) => {
    const table = linkedWorld(namedStream(String(index), name), world);
    return linkageEffectiveSize(table, range(sample), range(world.loci)).excess;
  });
}

const usual = { loci: 25, mutation: 0.002, generations: 40 } as const;

/**
 * Of the disequilibrium of loci on different chromosomes a half is left a generation, less what pairs of two parents take and mutations break; the draw of N
 * organisms adds 1/N (Hill 1981; Sved 1971, Theor. Popul. Biol. 2: 125).
 */
function expected(size: number, mutation: number): number {
  const kept = 0.5 * (1 - 1 / (size - 1)) * (1 - mutation) * (1 - mutation);
  return (kept * kept) / (1 - kept * kept) / size;
}

describe('disequilibrium of loci that segregate independently', () => {
  it.each([
    ['haploids, all of them', { ...usual, process: 'wright-fisher', ploidy: 1, size: 60 }, 60, 60],
    ['haploids, half of them', { ...usual, process: 'wright-fisher', ploidy: 1, size: 60 }, 30, 60],
    ['diploids, all of them', { ...usual, process: 'wright-fisher', ploidy: 2, size: 40 }, 40, 40],
  ] as const)('is 1/(3 Ne) above that of the sample: %s', (name, world, sample, replicates) => {
    const found = excesses(name, world, sample, replicates);
    const { size, mutation } = world;
    const [at, error] = [mean(found), standardError(found)];
    const said = `${at} (${error}), expected ${expected(size, mutation)}; Ne ${sizeOfLinkage(at)}`;
    expect(Math.abs(at - expected(size, mutation)), said).toBeLessThan(4 * error);
    // The size that follows from the mean, to first order of its error; 2 % for mutation.
    const slope = (sizeOfLinkage(at - error) - sizeOfLinkage(at + error)) / 2;
    expect(Math.abs(sizeOfLinkage(at) - size), said).toBeLessThan(4 * slope + 0.02 * size);
  });

  it('is half as much again in Moran’s model, whose generations overlap: two thirds of its effective size are found', () => {
    const world: LinkedWorld = { ...usual, process: 'moran', ploidy: 1, size: 100 };
    const found = excesses('moran', world, 100, 30);
    const effective = world.size / 2;
    // A pair is identical at two loci with chance (1 - c)/(N c), c = 1/2 (as Sved 1971, one birth at a time), less what is said above.
    const kept = 0.5 * (1 - 1 / (world.size - 1)) * (1 - world.mutation) ** 2;
    const identical = kept / (1 - kept) / world.size;
    const [at, error] = [mean(found), standardError(found)];
    expect(Math.abs(at - identical), `${at} (${error}), expected ${identical}`).toBeLessThan(4 * error);
    const slope = (sizeOfLinkage(at - error) - sizeOfLinkage(at + error)) / 2;
    expect(Math.abs(sizeOfLinkage(at) - (2 / 3) * effective)).toBeLessThan(4 * slope + 0.04 * effective);
  });

  it('is that of the sample alone where alleles of loci are independent', () => {
    const found = range(40).map((index) => {
      const stream = namedStream(String(index), 'independent');
      const alleles = Int32Array.from({ length: 30 * 12 }, () => stream.integer(4));
      return linkageEffectiveSize({ organisms: 30, ploidy: 1, loci: 12, alleles }, range(30), range(12)).excess;
    });
    expect(Math.abs(mean(found))).toBeLessThan(4 * standardError(found));
  });
});
