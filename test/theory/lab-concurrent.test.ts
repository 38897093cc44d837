import { describe, expect, it } from 'vitest';
import { followConcurrent, followSingle } from '../../src/analysis/lab/concurrent-step.ts';
import { stepMeasures } from '../../src/analysis/lab/step-meter.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import {
  concurrentCases,
  followTransfer,
  games,
  playRocks,
  responseDeparture,
  responseForms,
  responseSigmas,
} from './lab-concurrent-cases.ts';
import { withWorld } from './lab-worlds.ts';

describe('many mutations in flight', () => {
  it.each(concurrentCases)('$check, $name: $formula', ({ run, replicates }) => {
    // Half of what `npm run verify` takes, but not fewer than an error can be estimated from.
    const { expected, measured, standardError: error } = run('theory', Math.max(8, replicates / 2));
    expect(error).toBeGreaterThan(0);
    expect(Math.abs(measured - expected)).toBeLessThan(4 * error);
  });
});

describe('check 3c: on a slope, against the transfer rate', () => {
  const of = (transfer: number, generations: number) => {
    const runs = followTransfer('theory', transfer, { runs: 8, generations });
    const over = (value: (run: (typeof runs)[number]) => number) => {
      const values = runs.map(value);
      return { mean: mean(values), error: standardError(values) };
    };
    return {
      toGradient: over(({ mean: { responseCosine } }) => responseCosine),
      step: over(({ mean: { cosine } }) => cosine),
      rank: over(({ mean: { rank } }) => rank),
      together: over(({ togetherCosine }) => togetherCosine),
    };
  };
  type Estimate = ReturnType<typeof of>['rank'];
  const apart = (a: Estimate, b: Estimate) => (b.mean - a.mean) / Math.hypot(a.error, b.error);
  const [none, some, half, full] = [0, 0.1, 0.5, 1].map((transfer) => of(transfer, 300));

  it('the cosine of G grad f to the gradient rises with h and stays below 1', () => {
    expect(apart(none.toGradient, some.toGradient)).toBeGreaterThan(4);
    expect(apart(some.toGradient, half.toGradient)).toBeGreaterThan(4);
    // Loci's variances fluctuate however many are exchanged.
    for (const { toGradient } of [some, half, full]) expect(toGradient.mean).toBeLessThan(0.9);
    expect(Math.abs(full.toGradient.mean - half.toGradient.mean)).toBeLessThan(0.05);
  });

  it('the effective rank of G rises with h and stays below the number of loci', () => {
    expect(apart(none.rank, some.rank)).toBeGreaterThan(4);
    expect(apart(some.rank, half.rank)).toBeGreaterThan(4);
    for (const { rank } of [none, some, half, full]) expect(rank.mean).toBeLessThan(15);
  });

  it('the step itself is mostly drift: its cosine is far below that of G grad f', () => {
    for (const one of [none, some, half, full]) expect(apart(one.step, one.toGradient)).toBeGreaterThan(20);
    expect(apart(none.step, some.step)).toBeGreaterThan(4);
  });

  it('steps taken together turn to the gradient', () => {
    for (const [transfer, long] of [
      [0, none],
      [0.5, half],
    ] as const) {
      const short = of(transfer, 30);
      expect(apart(short.together, long.together)).toBeGreaterThan(4);
      expect(apart(long.step, long.together)).toBeGreaterThan(20);
    }
    // What is left across falls as 1 / sqrt(generations): a tangent of 1/4 after 300 comes to 1/14 after 4000.
    const long = followTransfer('theory long', 0.5, { runs: 2, generations: 4000 });
    expect(mean(long.map(({ togetherCosine }) => togetherCosine))).toBeGreaterThan(0.99);
  });
});

describe('check 4a: the expected step turns to G grad f as sigma falls', () => {
  it.each(Object.keys(responseForms))('%s', (form) => {
    const departures = responseSigmas.map((sigma) => {
      const values = Array.from({ length: 4 }, (_, i) => responseDeparture(`theory ${i}`, form, sigma));
      return mean(values);
    });
    for (let i = 1; i < departures.length; i++) expect(departures[i]).toBeLessThan(departures[i - 1]);
    // The angle is of order sigma, and 1 - cosine half its square: a hundredth for each tenth of sigma, in the limit.
    expect(departures[3]).toBeLessThan(departures[1] / 20);
    expect(departures[3]).toBeLessThan(0.002);
  });
});

describe('check 6a: rock, paper, scissors, with drift', () => {
  const product = (shares: readonly number[]) => shares.reduce((a, b) => a * b, 1);
  const start = product([0.5, 0.3, 0.2]);
  it.each([
    ['inwards', 1],
    ['outwards', -1],
  ] as const)('%s', (game, sign) => {
    expect(Object.keys(games)).toContain(game);
    const values = Array.from({ length: 6 }, (_, i) => product(playRocks(`product ${i}`, game, 5000)));
    expect((sign * (mean(values) - start)) / standardError(values)).toBeGreaterThan(4);
  });
});

describe('followConcurrent', () => {
  const bowl = { form: 'bowl', parameters: { width: 2 }, dimensions: 5, size: 30, sigma: 0.05, start: { mean: 1 } } as const;

  it('splits each step, and its steps sum to the way made', () => {
    withWorld({ ...bowl, transfer: 0.2 }, 'split', (simulation) => {
      const run = followConcurrent(simulation, { burnIn: 3, generations: 40 });
      for (const name of stepMeasures) expect(run.series[name]).toHaveLength(40);
      for (let t = 0; t < 40; t++) {
        const [along, across, size] = [run.series.along[t], run.series.across[t], run.series.size[t]];
        expect(along * along + across * across).toBeCloseTo(size * size, 12);
        expect(run.series.cosine[t]).toBeCloseTo(along / size, 10);
        expect(run.series.rank[t]).toBeGreaterThanOrEqual(1);
        expect(run.series.rank[t]).toBeLessThanOrEqual(5);
      }
      expect(simulation.tick).toBe(44);
      expect(run.mean.speed).toBeCloseTo(run.series.speed.reduce((sum, value) => sum + value, 0) / 40, 12);
    });
  });

  it.each(['wright-fisher', 'moran'] as const)('changes nothing in the world it follows: %s', (model) => {
    const world = { ...bowl, model, transfer: 0.1 };
    const followed = withWorld(world, 'same', (simulation) => {
      followConcurrent(simulation, { burnIn: 2, generations: 5 });
      return [simulation.tick, simulation.hash()];
    });
    const alone = withWorld(world, 'same', (simulation) => {
      simulation.step(model === 'moran' ? 7 * 30 + 1 : 8);
      return [simulation.tick, simulation.hash()];
    });
    expect(followed).toEqual(alone);
  });

  it('refuses what it cannot follow', () => {
    withWorld(bowl, 'refuse', (simulation) => {
      expect(() => followSingle(simulation, { burnIn: 0, generations: 5 })).toThrow('many genomes');
      expect(() => followConcurrent(simulation, { burnIn: -1, generations: 5 })).toThrow('burnIn -1');
      expect(() => followConcurrent(simulation, { burnIn: 0, generations: 0 })).toThrow('generations 0');
    });
    withWorld({ ...bowl, model: 'annealing', size: 1 }, 'refuse', (simulation) => {
      expect(() => followConcurrent(simulation, { burnIn: 0, generations: 5 })).toThrow('one genome at a time');
      expect(() => followSingle(simulation, { burnIn: 0, generations: 1.5 })).toThrow('generations 1.5');
    });
  });
});
