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
    Array.from({ length: replicates }, (_, r) => {
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
    });
  it('lose diversity as the exact recursion says (within 4 standard errors), and fewer of their lines', () => {
    const [dormant, plain] = [run(share, 'bank'), run(0, 'none')];
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

  it('the rate of that recursion is beta^2 / N, beta one over the mean distance of parents in generations (Kaj, Krone & Lascoux 2001)', () => {
    // The limit is that of many organisms: the rate is beta^2 / N up to terms of (delay / N) of it, here 2.35 / 40.
    const identity = expectedIdentity(share);
    const rate = -Math.log((1 - identity[last][last]) / (1 - identity[last - 40][last - 40])) / 40;
    const distance = 1 - share + share * (1 + (1 + oldest) / 2);
    expect(Math.abs(rate * size * distance ** 2 - 1)).toBeLessThan(distance / size);
    // Without the bank it is 1 / N.
    const plain = expectedIdentity(0);
    expect(-Math.log((1 - plain[last][last]) / (1 - plain[60][60])) / 40).toBeCloseTo(-Math.log(1 - 1 / size), 12);
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

  /** Shares of a population without drift: the living have offspring by their fitness, and the dead alike. */
  function expectedShares(q: number): number[][] {
    const shares = [start];
    for (let g = 1; g <= generations; g++) {
      const chances = parentOf(g, q, oldest);
      const now = shares[g - 1];
      const fitness = now.map((_, k) => 1 + 0.3 * (now[(k + 2) % 3] - now[(k + 1) % 3]));
      const sum = now.reduce((total, one, k) => total + one * fitness[k], 0);
      const next = now.map((one, k) => (chances[1] * one * fitness[k]) / sum);
      for (let d = 2; d < chances.length; d++) for (let k = 0; k < 3; k++) next[k] += chances[d] * shares[g - d][k];
      shares.push(next);
    }
    return shares;
  }

  const distance = (shares: readonly number[]) => Math.sqrt(shares.reduce((sum, one) => sum + (one - 1 / 3) ** 2, 0));

  it('goes in circles that widen without revival and narrow with it, as shares without drift do (means of replicates within 4 standard errors)', () => {
    const after = [share, 0].map((q) => {
      const expected = expectedShares(q);
      const worlds = Array.from({ length: replicates }, (_, r) => play(q, `game ${r}`));
      for (const g of [20, 40, 60, 80]) {
        for (let k = 0; k < 3; k++) {
          const found = worlds.map((shares) => shares[g][k]);
          expect(Math.abs(mean(found) - expected[g][k])).toBeLessThan(4 * error(found));
        }
      }
      const ends = worlds.map((shares) => distance(shares[generations]));
      return { expected: distance(expected[generations]), found: mean(ends), error: error(ends) };
    });
    const [revived, plain] = after;
    expect(revived.expected).toBeLessThan(0.6 * distance(start));
    expect(plain.expected).toBeGreaterThan(distance(start));
    expect(plain.found - revived.found).toBeGreaterThan(4 * Math.sqrt(plain.error ** 2 + revived.error ** 2));
  });
});
