import { describe, expect, it } from 'vitest';
import { makeLandscape } from '../../src/habitat/landscape/forms.ts';
import type { Landscape } from '../../src/habitat/landscape/landscape.ts';

/** Loci of those who always play one strategy: far enough out that they play it to the last bit. */
const SURE = 1000;

/**
 * One generation of a large population of pure types: a type's share grows with its fitness (Taylor & Jonker 1978, discrete
 * form). Fitness is the landscape's own, among `size` organisms of which each type has its share, rounded.
 */
function nextShares(landscape: Landscape, types: readonly Float64Array[], shares: readonly number[], size: number): number[] {
  const { dimensions } = landscape;
  const population = new Float64Array(size * dimensions);
  let [row, upTo] = [0, 0];
  for (const [type, share] of shares.entries()) {
    upTo += share;
    const end = type === shares.length - 1 ? size : Math.round(upTo * size);
    for (; row < end; row++) population.set(types[type], row * dimensions);
  }
  landscape.meet(population, size, dimensions, 0);
  const grown = shares.map((share, type) => share * Math.exp(landscape.logFitness(types[type], 0)));
  const sum = grown.reduce((a, b) => a + b, 0);
  return grown.map((share) => share / sum);
}

describe('check 6a: hawk and dove', () => {
  const types = [Float64Array.of(SURE), Float64Array.of(-SURE)];
  const size = 1000;
  const settle = (value: number, cost: number, start: number) => {
    const landscape = makeLandscape('hawk-dove', 1, { value, cost, base: 3, strength: 1 }, 'games');
    let shares = [start, 1 - start];
    for (let generation = 0; generation < 800; generation++) shares = nextShares(landscape, types, shares, size);
    return shares[0];
  };

  it.each([
    [1, 2],
    [1, 5],
    [3, 4],
    [0.2, 1],
  ])('V = %d, C = %d: the share of hawks comes to V / C from either side', (value, cost) => {
    // The population knows shares to half an organism only.
    for (const start of [0.001, 0.999]) expect(Math.abs(settle(value, cost, start) - value / cost)).toBeLessThan(1 / size);
  });

  it('V > C: all become hawks', () => {
    expect(settle(2, 1, 0.01)).toBeGreaterThan(0.999);
  });

  it('a population of one mixed strategy follows its gradient to V / C too', () => {
    const landscape = makeLandscape('hawk-dove', 1, { value: 1, cost: 4, base: 2, strength: 1 }, 'games');
    const genome = new Float64Array(1);
    const gradient = new Float64Array(1);
    for (const start of [-4, 4]) {
      genome[0] = start;
      for (let step = 0; step < 5000; step++) {
        landscape.meet(genome, 1, 1, 0);
        landscape.gradient(genome, 0, gradient);
        genome[0] += gradient[0];
      }
      expect(1 / (1 + Math.exp(-genome[0]))).toBeCloseTo(1 / 4, 12);
    }
  });
});

describe('check 6a: rock, paper, scissors', () => {
  const strategies = [0, 1, 2];
  const pure = strategies.map((type) => Float64Array.from(strategies, (k) => (k === type ? SURE : 0)));
  const make = (win: number, loss: number, strength: number) =>
    makeLandscape('rock-paper-scissors', 3, { win, loss, base: 1, strength }, 'games');
  const product = ([x, y, z]: readonly number[]) => x * y * z;
  const start = [0.5, 0.3, 0.2];

  /** Log fitness of the pure types in a population with exactly these shares: payoffs depend on the mean strategy alone. */
  const logFitness = (landscape: Landscape, shares: readonly number[]) => {
    landscape.meet(Float64Array.from(shares, Math.log), 1, 3, 0);
    return pure.map((type) => landscape.logFitness(type, 0));
  };
  const generation = (landscape: Landscape, shares: readonly number[]) => {
    const grown = logFitness(landscape, shares).map((f, type) => shares[type] * Math.exp(f));
    const sum = grown.reduce((a, b) => a + b, 0);
    return grown.map((share) => share / sum);
  };
  const ahead = (generations: number, landscape: Landscape) => {
    let shares = start;
    for (let i = 0; i < generations; i++) shares = generation(landscape, shares);
    return shares;
  };

  it('a population of organisms has the fitness that its shares give', () => {
    const landscape = make(1.3, 1, 0.2);
    const sampled = nextShares(landscape, pure, start, 10);
    for (const [type, share] of generation(landscape, start).entries()) expect(sampled[type]).toBeCloseTo(share, 14);
  });

  it('win > loss spirals in to 1/3', () => {
    const landscape = make(2, 1, 0.05);
    expect(product(ahead(200, landscape))).toBeGreaterThan(product(start));
    const there = ahead(3000, landscape);
    for (const share of there) expect(share).toBeCloseTo(1 / 3, 6);
  });

  it('win < loss spirals out to the edge', () => {
    const landscape = make(1, 2, 0.05);
    expect(product(ahead(100, landscape))).toBeLessThan(product(start));
    expect(product(ahead(1500, landscape))).toBeLessThan(1e-12);
  });

  it('win = loss spirals out in discrete generations, however weak selection is', () => {
    for (const strength of [0.2, 0.05, 0.01]) {
      const landscape = make(1, 1, strength);
      let shares = start;
      for (let i = 0; i < 300; i++) {
        const next = generation(landscape, shares);
        expect(product(next)).toBeLessThan(product(shares));
        shares = next;
      }
    }
  });

  it('win = loss conserves xyz in continuous time: what a generation loses falls with the square of the strength', () => {
    // With mean payoff 0, log xyz changes by sum log(1 + e p_i), p the payoffs: its first order sum p_i = 0, its second
    // -e^2 sum p_i^2 / 2.
    const [x, y, z] = start;
    const second = ((z - y) ** 2 + (x - z) ** 2 + (y - x) ** 2) / 2;
    for (const strength of [0.1, 0.01, 0.001]) {
      const lost = -Math.log(product(generation(make(1, 1, strength), start)) / product(start));
      expect(Math.abs(lost / strength ** 2 / second - 1)).toBeLessThan(strength);
    }
    // The replicator equation itself, dx/dt = x (f - mean f) with fitness differences as weak as the step is short, by the
    // classical Runge-Kutta method: a full turn returns to where it began.
    const landscape = make(1, 1, 1e-4);
    const rate = (shares: readonly number[]) => {
      const f = logFitness(landscape, shares).map((one) => Math.expm1(one) / 1e-4);
      const mean = shares.reduce((sum, share, type) => sum + share * f[type], 0);
      return shares.map((share, type) => share * (f[type] - mean));
    };
    const moved = (shares: readonly number[], by: readonly number[], h: number) => shares.map((share, k) => share + h * by[k]);
    let shares: readonly number[] = start;
    let farthest = 0;
    const h = 0.02;
    for (let i = 0; i < 1000; i++) {
      const a = rate(shares);
      const b = rate(moved(shares, a, h / 2));
      const c = rate(moved(shares, b, h / 2));
      const d = rate(moved(shares, c, h));
      shares = shares.map((share, k) => share + (h / 6) * (a[k] + 2 * b[k] + 2 * c[k] + d[k]));
      farthest = Math.max(farthest, Math.abs(shares[0] - start[0]));
      expect(product(shares) / product(start)).toBeCloseTo(1, 7);
    }
    expect(farthest).toBeGreaterThan(0.2);
  });
});
