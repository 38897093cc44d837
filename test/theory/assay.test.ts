import { describe, expect, it } from 'vitest';
import { assayedClades, assayedGenomes } from '../../src/analysis/assay/assayed-genomes.ts';
import { type AssayFork, performAssayFork } from '../../src/analysis/assay/perform-assay-fork.ts';
import { planAssay } from '../../src/analysis/assay/plan-assay.ts';
import { assayedSlots } from '../../src/analysis/assay/prepare-fork.ts';
import { summariseAssay } from '../../src/analysis/assay/summarise-assay.ts';
import { percentileOf, randomCosines } from '../../src/analysis/gradient/random-directions.ts';
import { cosine, dot } from '../../src/analysis/lab/direction.ts';
import { NeutralShadow } from '../../src/analysis/neutral-shadow.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { LandscapeSimulation } from '../../src/simulation/kinds.ts';
import { makeWorld, smallWorld } from '../unit/engine/worlds.ts';

const landscape = (form: string, forms: Record<string, unknown>, ploidy: 1 | 2 = 1, deviation = 0.1) =>
  parseScene(
    {
      version: 1,
      name: 'assay',
      title: 'Assay',
      habitat: { kind: 'landscape', form, dimensions: 8, forms, model: 'wright-fisher' },
      populations: {
        line: {
          founders: 2000,
          start: { mean: 0.5, deviation },
          genome: { ploidy },
          mechanisms: {
            mutation: { on: true, rate: 1, deviation: 0.05 },
            'sexual-reproduction': { on: ploidy === 2 },
          },
        },
      },
    },
    'test',
  );

function assay(scene: ReturnType<typeof landscape>, forks: number, ticks: number, { paired = true, age = 5 } = {}) {
  const simulation = createSimulation(scene, 'assay') as LandscapeSimulation;
  const [population] = simulation.populations;
  const { trace, end } = simulation.traceOrigins(population, { slots: assayedSlots(population) });
  simulation.step(age);
  const clades = assayedClades(population, trace);
  end();
  const genomes = assayedGenomes(population);
  const exact = new Float64Array(8);
  const mean = Float32Array.from({ length: 8 }, (_, l) => {
    let sum = 0;
    for (let c = 0; c < genomes.length / 8; c++) sum += genomes[c * 8 + l];
    return sum / (genomes.length / 8);
  });
  simulation.habitat.logFitness(population);
  simulation.habitat.landscape.gradient(mean, 0, exact);
  const snapshot = simulation.snapshot();
  simulation.dispose();
  const question = { population: 'line', ticks, size: 4, clades };
  const plan = planAssay({ seed: 'fork', forks: paired ? forks : 2 * forks, replays: 0 });
  const results = plan
    .filter(({ mirrored }) => paired || !mirrored)
    .map((fork) => performAssayFork(snapshot, { ...question, ...fork } satisfies AssayFork));
  const segments = [{ name: 'everything', loci: [0, 1, 2, 3, 4, 5, 6, 7] }];
  const summary = summariseAssay(results, genomes, clades, segments, namedStream('assay', 'null'));
  const [everything] = summary.segments;
  return {
    summary,
    everything,
    parts: everything.alignments.perturbed as NonNullable<typeof everything.alignments.perturbed>,
    exact,
    results,
  };
}

describe('the assayed gradient', () => {
  it.each([
    ['linear', { linear: { slope: 0.4 } }, 1],
    ['bowl', { bowl: { width: 2 } }, 1],
    ['bowl', { bowl: { width: 2 } }, 2],
  ] as const)('equals the exact one within its error: %s %o, ploidy %i', (form, forms, ploidy) => {
    const { summary, everything, exact } = assay(landscape(form, forms, ploidy), ploidy === 1 ? 40 : 64, 1);
    for (let l = 0; l < 8; l++) expect(Math.abs(summary.gradient[l] - exact[l])).toBeLessThan(4 * summary.error[l]);
    // It is no estimate of nothing: the error is small against the gradient.
    expect(Math.max(...summary.error)).toBeLessThan(0.2 * Math.max(...exact.map(Math.abs)));
    // Noise of this size turns the estimate by about its square's share: twice that at the most.
    const noise = dot(summary.error, summary.error) / dot(exact, exact);
    expect(cosine(summary.gradient, exact)).toBeGreaterThan(1 - 2 * noise);
    expect(everything.reliability).toBeGreaterThan(0.9);
  });

  it('has a smaller error from pairs of forks than from as many single ones: fitness without the perturbation cancels', () => {
    // Genomes that differ far more than they are moved: what they differ in is noise, and the same in both of a pair.
    const scene = landscape('linear', { linear: { slope: 0.8 } }, 1, 1);
    const [paired, single] = [true, false].map((pairs) => assay(scene, 32, 1, { paired: pairs, age: 0 }));
    for (const { summary, exact } of [paired, single]) {
      for (let l = 0; l < 8; l++) expect(Math.abs(summary.gradient[l] - exact[l])).toBeLessThan(4 * summary.error[l]);
    }
    expect(paired.summary.forks.perturbed).toBe(single.summary.forks.perturbed);
    const ratio = dot(paired.summary.error, paired.summary.error) / dot(single.summary.error, single.summary.error);
    // The variance of e^f is 0.9 where that of drawing parents is 1; the ratio of two such sums has a relative error of about 0.2.
    expect(ratio).toBeLessThan(0.7);
  });

  it('has an error over pairs: both of a pair are one draw', () => {
    const { summary, results, everything } = assay(landscape('linear', { linear: { slope: 0.4 } }), 16, 1);
    expect(summary.forks.perturbed).toBe(16);
    const means = Array.from({ length: 8 }, (_, p) => (results[2 * p].gradient[0] + results[2 * p + 1].gradient[0]) / 2);
    expect(summary.gradient[0]).toBeCloseTo(mean(means), 12);
    expect(summary.error[0]).toBeCloseTo(standardError(means), 12);
    // A landscape has no policy to act by.
    expect(everything.effects).toBeUndefined();
    expect(() => summariseAssay(results.slice(0, 2), new Float64Array(16_000), [], [], namedStream('a', 'b'))).toThrow(
      'of 1 seeds',
    );
  });

  it('of two generations is twice as steep where the landscape is a plane', () => {
    const { summary, exact } = assay(landscape('linear', { linear: { slope: 0.2 } }), 30, 2);
    for (let l = 0; l < 8; l++) expect(Math.abs(summary.gradient[l] - 2 * exact[l])).toBeLessThan(4 * summary.error[l]);
  });

  it('selection lies along it through G, beyond what random directions do, and parts sum to the whole', () => {
    const { summary, parts } = assay(landscape('linear', { linear: { slope: 0.4 } }), 20, 1);
    expect(parts.whole.throughG).toBeGreaterThan(0.95);
    expect(parts.whole.percentile).toBeGreaterThan(0.99);
    expect(parts.whole.percentileThroughG).toBeGreaterThan(0.99);
    for (let l = 0; l < 8; l++) {
      const { within, between, whole } = summary.selection.perturbed as NonNullable<typeof summary.selection.perturbed>;
      expect(within[l] + between[l]).toBeCloseTo(whole[l], 12);
    }
    // b G b: the variance of log fitness that is there.
    expect(summary.additiveVariance).toBeGreaterThan(0);
  });

  it('and beyond its own neutral shadows, whose cosines lie on both sides of 0', () => {
    const { parts, results } = assay(landscape('linear', { linear: { slope: 0.4 } }), 20, 1);
    const { neutral, neutralPercentile } = parts.whole;
    expect(neutralPercentile).toBeGreaterThan(0.95);
    expect(neutral[0]).toBeLessThan(0);
    expect(neutral[1]).toBeGreaterThan(0);
    // Random parents change means by chance alone: over forks and loci the z-scores have mean 0.
    for (let l = 0; l < 8; l++) {
      const shadow = results.map(({ neutralWithin, neutralBetween }) => neutralWithin[l] + neutralBetween[l]);
      expect(Math.abs(mean(shadow))).toBeLessThan(4 * standardError(shadow));
    }
  });

  it('is the same bit for bit again, in the plane with bodies shuffled', () => {
    const world = makeWorld(smallWorld({ foragers: { founders: 60 } }), 'assay');
    world.step(20);
    const snapshot = world.snapshot();
    const clades = world.populations[0].table.f64('id').slice(0, world.populations[0].count).sort();
    const question: AssayFork = { population: 'foragers', kind: 'perturbed', ticks: 60, size: 1, seed: '1', clades };
    const [one, two] = [0, 1].map(() => performAssayFork(snapshot, question));
    expect(two).toEqual(one);
    expect(one.gradient.every(Number.isFinite)).toBe(true);
    expect(performAssayFork(snapshot, { ...question, seed: '2' })).not.toEqual(one);
    expect(performAssayFork(snapshot, { ...question, policySize: 2 })).not.toEqual(one);
    expect(performAssayFork(snapshot, { ...question, mirrored: true }).gradient).not.toEqual(one.gradient);
    expect(() => performAssayFork(snapshot, { ...question, population: 'nobody' })).toThrow("no population 'nobody'");
    world.dispose();
  });
});

describe('under the neutral shadow', () => {
  it('the percentile of selection among random directions is uniform (Kolmogorov and Smirnov)', () => {
    const scene = smallWorld({
      habitat: { width: 64, height: 64, grass: { capacity: 4, regrowth: 0.3, cover: 1, pattern: 'uniform' } },
      foragers: { founders: 80, capacity: 80, life: { maturity: 5, span: 40 } },
    });
    const world = makeWorld(scene, 'shadow');
    const [population] = world.populations;
    world.step(60);
    const count = population.count;
    const loci = 10;
    const stream = namedStream('shadow', 'percentiles');
    const labels = Array.from({ length: count }, (_, k) => k);
    const shadows = Array.from(
      { length: 300 },
      (_, s) => new NeutralShadow(world, population, labels, namedStream('each', String(s))),
    );
    for (const shadow of shadows) world.observe(shadow);
    world.step(60);
    const percentiles = shadows.map((shadow) => {
      const fitness = shadow.bearers(count);
      // Genomes of any covariance, and a direction that knows nothing of them.
      const deviations = Float64Array.from({ length: count * loci }, (_, i) => stream.normal() * (1 + (i % loci)));
      for (let l = 0; l < loci; l++) {
        let mean = 0;
        for (let k = 0; k < count; k++) mean += deviations[k * loci + l] / count;
        for (let k = 0; k < count; k++) deviations[k * loci + l] -= mean;
      }
      const b = Float64Array.from({ length: loci }, () => stream.normal());
      const selection = new Float64Array(loci);
      for (let k = 0; k < count; k++) for (let l = 0; l < loci; l++) selection[l] += fitness[k] * deviations[k * loci + l];
      return percentileOf(cosine(selection, b), randomCosines(deviations, loci, b, 199, stream));
    });
    world.dispose();
    const sorted = percentiles.sort((a, b) => a - b);
    const n = sorted.length;
    const distance = Math.max(...sorted.map((p, i) => Math.max(p - i / n, (i + 1) / n - p)));
    // p > 1e-3: the distance is under 1.95 / sqrt(n).
    expect(distance).toBeLessThan(1.95 / Math.sqrt(n));
  });

  it('selection stays within what drift makes of it: z within 4', () => {
    const world = makeWorld(smallWorld({ foragers: { founders: 60 } }), 'shadow z');
    const [population] = world.populations;
    world.step(30);
    const count = population.count;
    const trait = population.table.f32('body.size').slice(0, count);
    const mean = trait.reduce((sum, value) => sum + value, 0) / count;
    const labels = Array.from({ length: count }, (_, k) => k);
    const shadows = Array.from(
      { length: 400 },
      (_, s) => new NeutralShadow(world, population, labels, namedStream('z', String(s))),
    );
    for (const shadow of shadows) world.observe(shadow);
    world.step(200);
    const selections = shadows.map((shadow) => {
      const fitness = shadow.bearers(count);
      const total = fitness.reduce((sum, w) => sum + w, 0);
      return fitness.reduce((sum, w, k) => sum + (w / total) * (trait[k] - mean), 0);
    });
    world.dispose();
    const average = selections.reduce((sum, s) => sum + s, 0) / 400;
    const deviation = Math.sqrt(selections.reduce((sum, s) => sum + (s - average) ** 2, 0) / 399);
    expect(Math.abs(average / (deviation / 20))).toBeLessThan(4);
  });
});
