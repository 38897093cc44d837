// Dominance against exact chains and the balance of mutation and selection.
import { describe, expect, it } from 'vitest';
import { withLandscape } from '../../src/analysis/lab/lab-scene.ts';
import type { LandscapePopulation } from '../../src/habitat/landscape/landscape-population.ts';
import { exp } from '../../src/math/elementary.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { implantGenomes } from '../../src/population/implant.ts';
import { parseScene } from '../../src/scene/parse.ts';

interface Diploids {
  readonly size: number;
  readonly dominance: number;
  /** Log fitness that a value higher by 1 at one locus adds. */
  readonly gain: number;
  readonly dimensions?: number;
  readonly mechanisms?: object;
}

/** Sexual diploids on a slope. */
const diploids = ({ size, dominance, gain, dimensions = 1, mechanisms = {} }: Diploids) =>
  parseScene(
    {
      version: 1,
      name: 'diploids',
      title: 'Diploids',
      habitat: {
        kind: 'landscape',
        form: 'linear',
        model: 'wright-fisher',
        dimensions,
        // One candidate: the mate is the first that is drawn.
        encounters: 1,
        forms: { linear: { slope: gain * Math.sqrt(dimensions) } },
      },
      populations: {
        line: {
          founders: size,
          genome: { ploidy: 2, dominance },
          mechanisms: { mutation: { on: false }, 'sexual-reproduction': { on: true }, ...mechanisms },
        },
      },
    },
    'diploids',
  );

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);

/** The chance that `n` draws give these counts of three kinds. */
const multinomial = (counts: readonly number[], chances: readonly number[]) => {
  const [a, b, c] = counts;
  return choose(a + b + c, a) * choose(b + c, b) * chances[0] ** a * chances[1] ** b * chances[2] ** c;
};

/**
 * The chance that the second of two alleles of a locus is fixed: exact chain over the numbers of diploids with 0, 1 and 2 copies. The first parent is drawn
 * by fitness, the second by fitness among the others, and each gives one of its copies.
 * @param fitness of 0, 1 and 2 copies @param start diploids with one copy, all others have none
 */
function fixation(size: number, fitness: readonly number[], start: number): number {
  const states: number[][] = [];
  for (let two = 0; two <= size; two++) for (let one = 0; one + two <= size; one++) states.push([size - one - two, one, two]);
  const next = states.map((state) => {
    const whole = state.reduce((sum, n, kind) => sum + n * fitness[kind], 0);
    const offspring = [0, 0, 0];
    for (let p = 0; p < 3; p++) {
      if (state[p] === 0) continue;
      const first = (state[p] * fitness[p]) / whole;
      for (let q = 0; q < 3; q++) {
        const others = state[q] - (p === q ? 1 : 0);
        if (others <= 0) continue;
        const pair = (first * others * fitness[q]) / (whole - fitness[p]);
        const [a, b] = [p / 2, q / 2];
        offspring[0] += pair * (1 - a) * (1 - b);
        offspring[1] += pair * (a * (1 - b) + b * (1 - a));
        offspring[2] += pair * a * b;
      }
    }
    return states.map((counts) => multinomial(counts, offspring));
  });
  let chances: number[] = states.map(([, one, two]) => (two === 0 && one === start ? 1 : 0));
  for (let generation = 0; generation < 400; generation++)
    chances = states.map((_, to) => chances.reduce((sum, chance, from) => sum + chance * next[from][to], 0));
  return chances[states.findIndex(([none, one]) => none === 0 && one === 0)];
}

/** How often copies of value 1, one in each of `start` diploids, come to be all that there are. */
function fixed(population: LandscapePopulation, step: () => void, size: number, start: number, trials: number): number {
  const { stride } = population.layout;
  const genomes = new Float32Array(2 * stride * size);
  for (let k = 0; k < start; k++) genomes[k * 2 * stride + (k % 2) * stride] = 1;
  const rows = Int32Array.from({ length: size }, (_, row) => row);
  let found = 0;
  for (let trial = 0; trial < trials; trial++) {
    implantGenomes(population, rows, genomes);
    for (;;) {
      step();
      const copies = population.haplotypes.map((name) => population.table.f32(name));
      let sum = 0;
      for (let row = 0; row < size; row++) for (const copy of copies) sum += copy[row * stride];
      if (sum === 0) break;
      if (sum === 2 * size) {
        found++;
        break;
      }
    }
  }
  return found;
}

describe('fixation of an allele in a small population', () => {
  const [size, gain, start, trials] = [8, 0.6, 2, 1500];
  const expected = (dominance: number) => fixation(size, [1, exp(dominance * gain), exp(gain)], start);

  it('depends on dominance by more than the tolerance below', () => {
    // Haldane's sieve: dominant advantageous alleles are fixed more often.
    expect(expected(1) - expected(0.5)).toBeGreaterThan(8 * Math.sqrt(0.25 / trials));
    expect(expected(0.5) - expected(0)).toBeGreaterThan(8 * Math.sqrt(0.25 / trials));
  });

  it.each([0, 0.25, 0.5, 1])('dominance %f: as often as the exact chain of genotypes says', (dominance) => {
    withLandscape(diploids({ size, dominance, gain }), `fixation ${dominance}`, (world, population) => {
      const found = fixed(population, () => world.step(), size, start, trials) / trials;
      const chance = expected(dominance);
      expect(Math.abs(found - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / trials));
    });
  });
});

describe('harmful mutations in balance with selection', () => {
  const [size, gain, rate, dimensions] = [1000, 0.2, 0.002, 40];

  /** Mean value of a copy in the end: the recursion of an infinite population in which copies unite at random, loci independent. */
  function balance(dominance: number): number {
    const classes = 8;
    let share: number[] = Array.from({ length: classes }, (_, k) => (k === 0 ? 1 : 0));
    // Copies that carry i and j mutations express -(the more) + dominance * (their difference).
    const fitness = (i: number, j: number) => exp(gain * (dominance * Math.abs(i - j) - Math.max(i, j)));
    for (let generation = 0; generation < 3000; generation++) {
      const marginal = share.map((_, i) => share.reduce((sum, p, j) => sum + p * fitness(i, j), 0));
      const whole = share.reduce((sum, p, i) => sum + p * marginal[i], 0);
      const selected = share.map((p, i) => (p * marginal[i]) / whole);
      share = selected.map((p, i) => p * (i === classes - 1 ? 1 : 1 - rate) + (i > 0 ? selected[i - 1] * rate : 0));
    }
    return -share.reduce((sum, p, i) => sum + p * i, 0);
  }

  it('follow u / (h s) where they are partly dominant', () => {
    // Dominance 0.2 of the greater value is 0.8 of the harmful one.
    expect(-balance(0.2) / (rate / (0.8 * gain))).toBeGreaterThan(0.9);
    expect(-balance(0.2) / (rate / (0.8 * gain))).toBeLessThan(1.1);
  });

  it.each([0, 0.5, 0.75])('dominance of the better copy %f', (dominance) => {
    const mechanisms = {
      mutation: { on: true, deviation: 1, effects: 'fixed', rate, upward: 0 },
      recombination: { on: true, chromosomes: dimensions, length: 0 },
    };
    const scene = diploids({ size, dominance, gain, dimensions, mechanisms });
    const found = Array.from({ length: 6 }, (_, seed) =>
      withLandscape(scene, `balance ${dominance} ${seed}`, (world, population) => {
        const { stride } = population.layout;
        const levels: number[] = [];
        for (let sample = 0; sample < 6; sample++) {
          world.step(sample === 0 ? 150 : 15);
          for (const name of population.haplotypes) {
            const copy = population.table.f32(name);
            let sum = 0;
            for (let row = 0; row < size; row++) for (let l = 0; l < dimensions; l++) sum += copy[row * stride + l];
            levels.push(sum / (size * dimensions));
          }
        }
        return mean(levels);
      }),
    );
    const expected = balance(dominance);
    expect(Math.abs(mean(found) - expected)).toBeLessThan(4 * standardError(found));
    // So that neighbouring settings would be told apart.
    expect(standardError(found) / -expected).toBeLessThan(0.03);
  });
});

describe('a scene', () => {
  it('refuses dominance of haploids in one line', () => {
    const scene = { ...diploids({ size: 10, dominance: 0.5, gain: 0.1 }) };
    const { line } = scene.populations;
    const genome = { ...line.genome, ploidy: 1, dominance: 0.7 };
    expect(() => parseScene({ ...scene, populations: { line: { ...line, genome } } }, 'haploids')).toThrow(
      'populations.line.genome.dominance: haploids have one copy of each locus; give ploidy 2 or leave dominance out',
    );
  });
});
