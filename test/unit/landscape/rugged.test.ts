import { describe, expect, it } from 'vitest';
import { makeLandscape } from '../../../src/habitat/landscape/forms.ts';
import { variance } from '../../../src/math/statistics.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { gradientAt, length } from './cases.ts';

const width = 2;
const corners = (d: number) =>
  Array.from({ length: 1 << d }, (_, alleles) =>
    Float64Array.from({ length: d }, (_, k) => (((alleles >> k) & 1) - 0.5) * width),
  );

/** The NK model written down: tables of the landscape's own stream, partners the next K loci. */
function naive(d: number, partners: number, strength: number, seed: string): (alleles: number) => number {
  const stream = namedStream(seed, 'landscape.rugged');
  const tables = Array.from({ length: d }, () => Array.from({ length: 2 << partners }, () => stream.normal()));
  return (alleles) => {
    let sum = 0;
    for (let i = 0; i < d; i++) {
      let entry = 0;
      for (let k = 0; k <= partners; k++) entry += ((alleles >> ((i + k) % d)) & 1) << k;
      sum += tables[i][entry];
    }
    return (strength * sum) / Math.sqrt(d);
  };
}

describe('rugged', () => {
  const d = 8;
  const partners = 2;
  const landscape = makeLandscape('rugged', d, { partners, neighbours: 'adjacent', strength: 3, width }, 'seed');
  const classic = naive(d, partners, 3, 'seed');

  it('is the NK model at the corners, where it is level', () => {
    for (const [alleles, corner] of corners(d).entries()) {
      expect(landscape.logFitness(corner, 0)).toBeCloseTo(classic(alleles), 12);
      expect(length(gradientAt(landscape, corner))).toBeLessThan(1e-14);
    }
  });

  it('is between them the mean of the corners, by the chance of each', () => {
    const stream = namedStream('rugged', 'test');
    for (let i = 0; i < 20; i++) {
      const point = Float64Array.from({ length: d }, () => 3 * stream.normal());
      const chance = point.map((z) => 0.5 + 0.5 * Math.sin((Math.PI * z) / width));
      let mean = 0;
      for (let alleles = 0; alleles < 1 << d; alleles++) {
        let weight = 1;
        for (let k = 0; k < d; k++) weight *= (alleles >> k) & 1 ? chance[k] : 1 - chance[k];
        mean += weight * classic(alleles);
      }
      expect(landscape.logFitness(point, 0)).toBeCloseTo(mean, 11);
    }
  });

  it('knows its highest corner while there are few loci', () => {
    const best = Math.max(...corners(d).map((_, alleles) => classic(alleles)));
    expect(landscape.logFitness(landscape.optimum?.() as Float64Array, 0)).toBeCloseTo(best, 12);
    expect(makeLandscape('rugged', 17, {}, 's').optimum).toBeUndefined();
  });

  it('repeats itself, mirrored, and stays finite anywhere', () => {
    const point = Float64Array.from({ length: d }, (_, k) => 0.3 * k - 1);
    const copy = point.map((z, k) => (k % 2 ? z + 2 * width : width - z));
    expect(landscape.logFitness(copy, 0)).toBeCloseTo(landscape.logFitness(point, 0), 11);
    expect(landscape.logFitness(new Float64Array(d).fill(1e30), 0)).toBeLessThan(100);
  });

  it('has one peak without partners and more with more', () => {
    const peaksOf = (K: number) => {
      const ground = makeLandscape('rugged', 10, { partners: K, width }, 'peaks');
      const f = corners(10).map((corner) => ground.logFitness(corner, 0));
      return f.filter((own, alleles) => f.every((other, mutant) => !oneBit(alleles ^ mutant) || other < own)).length;
    };
    const counts = [0, 2, 5, 9].map(peaksOf);
    expect(counts[0]).toBe(1);
    for (let i = 1; i < counts.length; i++) expect(counts[i]).toBeGreaterThan(counts[i - 1]);
  });

  it('has the strength asked for, as standard deviation between corners', () => {
    // K = 9 of 10 loci: corners are independent, 1024 of them, so the variance has a standard error of sqrt(2 / 1023).
    const ground = makeLandscape('rugged', 10, { partners: 9, strength: 2, width }, 'strength');
    const f = corners(10).map((corner) => ground.logFitness(corner, 0));
    expect(Math.abs(variance(f) / 4 - 1)).toBeLessThan(4 * Math.sqrt(2 / 1023));
  });
});

const oneBit = (bits: number) => bits !== 0 && (bits & (bits - 1)) === 0;
