// Revival against the theory of seed banks, and what it does to a game that goes in circles.
import { afterEach, describe, expect, it } from 'vitest';
import { implantGenomes } from '../../src/population/implant.ts';
import type { Population } from '../../src/population/population.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { Simulation } from '../../src/simulation/types.ts';

const open: Simulation[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
const error = (values: readonly number[]) =>
  Math.sqrt(mean(values.map((one) => (one - mean(values)) ** 2)) / (values.length - 1));

/** Generations of `size`, all of whose dead are kept for `oldest` ticks. */
function worldOf(form: Record<string, unknown>, size: number, share: number, oldest: number, seed: string): Simulation {
  const revival = { on: share > 0, share, rate: 1, oldest, size: size * oldest };
  const scene = {
    version: 1,
    name: 'bank',
    title: 'Bank',
    habitat: { kind: 'landscape', model: 'wright-fisher', ...form },
    populations: { line: { founders: size, mechanisms: { revival } } },
  };
  const simulation = createSimulation(parseScene(scene, 'test'), seed);
  open.push(simulation);
  return simulation;
}

/** Chances that the parent of an organism of generation g lived k generations before: those dead for 1 to `oldest` ticks are alike, as far as there were any. */
function parentOf(g: number, share: number, oldest: number): number[] {
  const ages = Math.min(oldest, g - 1);
  if (ages < 1) return [0, 1];
  return [0, 1 - share, ...Array<number>(ages).fill(share / ages)];
}

describe('neutral founders whose dead return', () => {
  const [size, share, oldest, last] = [40, 0.3, 8, 100];
  const replicates = 150;
  /** Made once for both tests. */
  const made: Record<string, ReturnType<typeof diversity>[][]> = {};

  /**
   * Expected sum over founders of the product of their frequencies in two generations: a parent is drawn alike from a generation, which is drawn by `parentOf`;
   * a generation is `size` such draws.
   */
  function expectedIdentity(q: number): number[][] {
    const identity: number[][] = [];
    const of = (g: number, h: number) => (g > h ? identity[g][h] : identity[h][g]);
    for (let g = 0; g <= last; g++) {
      identity.push([]);
      if (g === 0) {
        identity[0].push(1 / size);
        continue;
      }
      const chances = parentOf(g, q, oldest);
      for (let h = 0; h < g; h++) identity[g].push(chances.reduce((sum, b, k) => sum + (k > 0 ? b * of(g - k, h) : 0), 0));
      let shared = 0;
      for (let k = 1; k < chances.length; k++) {
        for (let l = 1; l < chances.length; l++) shared += chances[k] * chances[l] * of(g - k, g - l);
      }
      identity[g].push((1 - 1 / size) * shared + 1 / size);
    }
    return identity;
  }

  const diversity = (population: Population) => {
    const counts = new Map<number, number>();
    for (const id of population.table.f64('founder').subarray(0, population.count)) counts.set(id, (counts.get(id) ?? 0) + 1);
    let same = 0;
    for (const count of counts.values()) same += (count / population.count) ** 2;
    return { left: counts.size, diversity: 1 - same };
  };

  const run = (q: number, name: string) =>
    (made[name] ??= Array.from({ length: replicates }, (_, r) => {
      const simulation = worldOf(
        { form: 'linear', forms: { linear: { slope: 0 } }, dimensions: 1 },
        size,
        q,
        oldest,
        `${name} ${r}`,
      );
      const [population] = simulation.populations;
      const at = [30, 60, last].map((tick) => {
        simulation.step(tick - simulation.tick);
        return diversity(population);
      });
      simulation.dispose();
      open.pop();
      return at;
    }));
  const worldsOf = () => [run(share, 'bank'), run(0, 'none')];

  it('lose diversity as the exact recursion says (within 4 standard errors), and fewer of their lines', () => {
    const [dormant, plain] = worldsOf();
    for (const [q, worlds] of [
      [share, dormant],
      [0, plain],
    ] as const) {
      const identity = expectedIdentity(q);
      for (const [i, tick] of [30, 60, last].entries()) {
        const found = worlds.map((at) => at[i].diversity);
        expect(Math.abs(mean(found) - (1 - identity[tick][tick]))).toBeLessThan(4 * error(found));
      }
    }
    const [kept, lost] = [dormant, plain].map((worlds) => worlds.map((at) => at[2].left));
    expect(mean(kept) - mean(lost)).toBeGreaterThan(4 * Math.sqrt(error(kept) ** 2 + error(lost) ** 2));
  });

  it('lose it at the rate beta^2 / N, beta one over the mean distance of parents in generations (Kaj, Krone & Lascoux 2001; within 4 standard errors and the terms left out)', () => {
    const distance = 1 - share + share * (1 + (1 + oldest) / 2);
    const [dormant, plain] = worldsOf().map((worlds) => {
      const [early, late] = [1, 2].map((i) => worlds.map((at) => at[i].diversity));
      const rate = -Math.log(mean(late) / mean(early)) / (last - 60);
      // Of the log of a ratio of two means, to first order.
      const parts = worlds.map((_, r) => late[r] / mean(late) - early[r] / mean(early));
      return { rate, error: error(parts) / (last - 60) };
    });
    // The limit is that of many organisms: the rate is beta^2 / N up to terms of (distance / N) of it, here 2.35 / 40.
    const expected = 1 / (size * distance ** 2);
    expect(Math.abs(dormant.rate - expected)).toBeLessThan(4 * dormant.error + (distance / size) * expected);
    // Without the bank it is that of the Wright-Fisher model.
    expect(Math.abs(plain.rate + Math.log(1 - 1 / size))).toBeLessThan(4 * plain.error);
    expect(plain.rate - dormant.rate).toBeGreaterThan(4 * Math.sqrt(plain.error ** 2 + dormant.error ** 2));
  });
});

describe('check 9e: rock, paper, scissors', () => {
  const [size, replicates] = [3000, 6];
  const [share, oldest, generations] = [0.3, 12, 120];
  const start = [0.5, 0.3, 0.2];
  const game = {
    form: 'rock-paper-scissors',
    dimensions: 3,
    forms: { 'rock-paper-scissors': { win: 1, loss: 1, base: 1, strength: 0.3 } },
  };

  function sharesOf(population: Population): number[] {
    const genomes = population.table.f32('genome');
    const counts = [0, 0, 0];
    for (let row = 0; row < population.count; row++) {
      counts[[0, 1, 2].findIndex((k) => genomes[row * population.layout.stride + k] > 0)]++;
    }
    return counts.map((count) => count / population.count);
  }

  function play(q: number, seed: string): number[][] {
    const simulation = worldOf(game, size, q, oldest, seed);
    const [population] = simulation.populations;
    let [row, upTo] = [0, 0];
    for (const [k, one] of start.entries()) {
      upTo += one * size;
      const genome = new Float32Array(population.genomeLength);
      genome[k] = 1000;
      for (; row < Math.round(upTo); row++) implantGenomes(population, [row], genome);
    }
    return Array.from({ length: generations + 1 }, (_, g) => {
      if (g > 0) simulation.step();
      return sharesOf(population);
    });
  }

  /** Shares of generation g among the offspring of the living, by their fitness; among those of the dead, who are alike; and among all: a generation is `size` draws of these. */
  function expectedShares(shares: readonly (readonly number[])[], g: number, q: number) {
    const chances = parentOf(g, q, oldest);
    const now = shares[g - 1];
    const fitness = now.map((_, k) => 1 + 0.3 * (now[(k + 2) % 3] - now[(k + 1) % 3]));
    const sum = now.reduce((total, one, k) => total + one * fitness[k], 0);
    const ofLiving = now.map((one, k) => (one * fitness[k]) / sum);
    const ofDead = now.map((_, k) => chances.reduce((total, b, d) => total + (d > 1 ? b * shares[g - d][k] : 0), 0));
    return { now, ofLiving, ofDead, all: ofLiving.map((one, k) => chances[1] * one + ofDead[k]) };
  }

  const distance = (shares: readonly number[]) => Math.sqrt(shares.reduce((sum, one) => sum + (one - 1 / 3) ** 2, 0));

  it('has generations as drawn from the living by fitness and from the dead alike, in circles that widen without revival and narrow with it (within 4 standard errors)', () => {
    const after = [share, 0].map((q) => {
      const worlds = Array.from({ length: replicates }, (_, r) => play(q, `game ${r}`));
      // What each generation has beyond its expectation, given those before, along what selection and the dead would change: mean 0 and this variance.
      const [selected, revived] = [
        { sum: 0, variance: 0 },
        { sum: 0, variance: 0 },
      ];
      let [squares, degrees] = [0, 0];
      for (const shares of worlds) {
        for (let g = 1; g <= generations; g++) {
          const { now, ofLiving, ofDead, all } = expectedShares(shares, g, q);
          const excess = shares[g].map((one, k) => one - all[k]);
          const add = (to: typeof selected, along: readonly number[]) => {
            const middle = along.reduce((sum, one, k) => sum + one * all[k], 0);
            to.sum += along.reduce((sum, one, k) => sum + one * excess[k], 0);
            to.variance += along.reduce((sum, one, k) => sum + all[k] * (one - middle) ** 2, 0) / size;
          };
          add(
            selected,
            ofLiving.map((one, k) => one - now[k]),
          );
          const dead = ofDead.reduce((sum, one) => sum + one, 0);
          if (dead > 0)
            add(
              revived,
              ofLiving.map((one, k) => ofDead[k] / dead - one),
            );
          if (all.some((one) => one * size < 20)) continue;
          squares += excess.reduce((sum, one, k) => sum + (size * one ** 2) / all[k], 0);
          degrees += 2;
        }
      }
      expect(Math.abs(selected.sum)).toBeLessThan(4 * Math.sqrt(selected.variance));
      expect(Math.abs(revived.sum)).toBeLessThanOrEqual(4 * Math.sqrt(revived.variance));
      // Pearson's sum has the variance of chi-square, up to terms of one over the least expected number.
      expect(Math.abs(squares - degrees)).toBeLessThan(4 * Math.sqrt(2 * degrees));
      const ends = worlds.map((shares) => distance(shares[generations]));
      return { found: mean(ends), error: error(ends) };
    });
    const [revived, plain] = after;
    expect(revived.found + 4 * revived.error).toBeLessThan(distance(start));
    expect(plain.found - 4 * plain.error).toBeGreaterThan(distance(start));
    expect(plain.found - revived.found).toBeGreaterThan(4 * Math.sqrt(plain.error ** 2 + revived.error ** 2));
  });
});
