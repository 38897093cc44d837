import { describe, expect, it } from 'vitest';
import { mean, standardError } from '../../src/math/statistics.ts';
import { acquiredElement, drivenShares, freeRecombination, replacedMarker } from './price-loci.ts';
import { elementPath } from './transfers.ts';

// Theory, section 8: Price's equation by copies of the locus that a trait reads.

const seeds = Array.from({ length: 20 }, (_, k) => `price ${k}`);
const channel = (account: ReturnType<typeof replacedMarker>, name: string) =>
  account.byChannel.find((one) => one.channel === name)?.value ?? Number.NaN;

describe('check 8a: with free recombination and without mutation selection is all of the change of an additive trait', () => {
  it.each([1, 2] as const)('ploidy %i', (ploidy) => {
    const gametes = seeds.map((seed) => {
      const accounts = freeRecombination(ploidy, seed);
      expect(accounts.length).toBe(4);
      for (const { change, selection, byMechanism, byChannel } of accounts) {
        for (const { mechanism, value } of byMechanism) {
          // The mean of two alleles is rounded to float32.
          if (mechanism === 'expression') expect(Math.abs(value)).toBeLessThan(1e-7);
          else expect(value).toBe(0);
        }
        expect(Math.abs(change - selection)).toBeLessThan(1e-7);
        for (const one of byChannel) if (!['births', 'gametes'].includes(one.channel)) expect(one.value).toBe(0);
      }
      // The slope is felt: births of organisms are what raises the trait.
      expect(accounts.reduce((sum, account) => sum + channel(account, 'births'), 0)).toBeGreaterThan(0);
      return accounts.reduce((sum, account) => sum + channel(account, 'gametes'), 0);
    });
    // Which haplotype, or which parent's locus, is handed down is chance alone.
    expect(Math.abs(mean(gametes))).toBeLessThan(4 * standardError(gametes));
    expect(standardError(gametes)).toBeGreaterThan(0);
  });
});

describe('check 8c: what a driver gains', () => {
  it.each([0.6, 0.9])('is (2k - 1) / 2 of the gametes of heterozygotes, k = %f', (transmission) => {
    const shares = drivenShares({ transmission, size: 1000, generations: 12, seed: 'driver' });
    // Of a heterozygote's gametes so many are turned: Bernoulli, one by one.
    const p = transmission - 0.5;
    const [gained, expected, variance] = shares.reduce(
      ([a, b, c], { measured, expected: e, gametes }) => [a + measured * gametes, b + e * gametes, c + e * gametes * (1 - p)],
      [0, 0, 0],
    );
    expect(expected).toBeGreaterThan(500);
    expect(Math.abs(gained - expected)).toBeLessThan(4 * Math.sqrt(variance));
  });
});

describe('check 8d: transfer', () => {
  it('leaves the mean of a neutral marker where it replaces', () => {
    const accounts = seeds.map(replacedMarker);
    const gains = accounts.map((account) => channel(account, 'transfer'));
    expect(Math.abs(mean(gains))).toBeLessThan(4 * standardError(gains));
    expect(standardError(gains)).toBeGreaterThan(0);
    for (const { change, selection, byMechanism } of accounts) {
      expect(Math.abs(change - selection)).toBeLessThan(1e-9);
      for (const { value } of byMechanism) expect(value).toBe(0);
    }
  });

  it('is all of the growth of an element that is only acquired', () => {
    for (const seed of seeds.slice(0, 3)) {
      const account = acquiredElement(seed);
      const path = elementPath({ founders: 200, rate: 0.05, ticks: 20, seed });
      // The trait of a marker is 2 logistic(locus) - 1: tanh(1/2) for those that carry the element, whose locus is 1, 0 for the others.
      const growth = (path[path.length - 1] - path[0]) * Math.tanh(0.5);
      expect(growth).toBeGreaterThan(0);
      expect(Math.abs(account.change - growth)).toBeLessThan(1e-6);
      expect(Math.abs(channel(account, 'transfer') - account.change)).toBeLessThan(1e-9);
      expect(channel(account, 'births')).toBe(0);
    }
  });
});
