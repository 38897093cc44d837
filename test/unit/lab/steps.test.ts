import { describe, expect, it } from 'vitest';
import { annealingStep, drawAnnealingSteps } from '../../../src/analysis/lab/annealing-step.ts';
import { antitheticStep } from '../../../src/analysis/lab/antithetic-step.ts';
import { drawSequentialSteps, oneAtATime, sequentialStep } from '../../../src/analysis/lab/sequential-step.ts';
import { makeAcceptance } from '../../../src/habitat/landscape/acceptance.ts';
import { fixationProbability } from '../../../src/habitat/landscape/fixation-probability.ts';
import { makeLandscape } from '../../../src/habitat/landscape/forms.ts';
import { mean, standardError } from '../../../src/math/statistics.ts';
import { namedStream } from '../../../src/math/streams.ts';

const valley = makeLandscape('valley', 4, { condition: 5 }, 'steps');
const at = Float64Array.of(0.5, -0.2, 0.9, 0.3);
const question = (name: string, pairs = 50) => ({ landscape: valley, at, sigma: 0.4, pairs, stream: namedStream('steps', name) });

describe('the antithetic estimate', () => {
  const weight = (change: number) => 1 / (1 + Math.exp(-change));

  it('equals its definition', () => {
    const estimate = antitheticStep(question('definition'), weight);
    const stream = namedStream('steps', 'definition');
    const gradient = new Float64Array(4);
    valley.gradient(at, 0, gradient);
    const norm = Math.hypot(...gradient);
    const steps: number[][] = [];
    for (let pair = 0; pair < 50; pair++) {
      const e = at.map(() => stream.normal());
      const chance = (side: number) =>
        weight(
          valley.logFitness(
            at.map((value, l) => value + side * 0.4 * e[l]),
            0,
          ) - valley.logFitness(at, 0),
        );
      steps.push(Array.from(e, (value) => (0.4 * value * chance(1) - 0.4 * value * chance(-1)) / 2));
    }
    const column = (l: number) => steps.map((step) => step[l]);
    for (let l = 0; l < 4; l++) {
      expect(estimate.mean[l]).toBeCloseTo(mean(column(l)), 14);
      expect(estimate.standardError[l]).toBeCloseTo(standardError(column(l)), 14);
    }
    const along = steps.map((step) => step.reduce((sum, value, l) => sum + (value * gradient[l]) / norm, 0));
    expect(estimate.along).toBeCloseTo(mean(along), 14);
    expect(estimate.alongError).toBeCloseTo(standardError(along), 14);
    expect(estimate.slope).toBeCloseTo(mean(along) / norm, 14);
    expect(estimate.slopeError).toBeCloseTo(standardError(along) / norm, 14);
    expect(estimate.cosine).toBeCloseTo(mean(along) / Math.hypot(...estimate.mean), 14);
    const across = estimate.standardError.reduce((sum, value) => sum + value ** 2, 0) - estimate.alongError ** 2;
    expect(estimate.cosineIfAligned).toBeCloseTo(mean(along) / Math.hypot(mean(along), Math.sqrt(across)), 14);
    expect(estimate.gradient).toEqual(gradient);
  });

  it('has errors as large as estimates differ', () => {
    const estimates = Array.from({ length: 400 }, (_, i) => antitheticStep(question(`again ${i}`), weight));
    const spread = standardError(estimates.map(({ along }) => along)) * Math.sqrt(400);
    const said = Math.sqrt(mean(estimates.map(({ alongError }) => alongError ** 2)));
    // The standard deviation of 400 numbers is known to 1/sqrt(800), more for heavy tails.
    expect(Math.abs(said / spread - 1)).toBeLessThan(0.2);
    const tangent = (cosine: number) => 1 / cosine ** 2 - 1;
    const seen = mean(estimates.map(({ cosine }) => tangent(cosine)));
    expect(seen).toBeGreaterThan(mean(estimates.map(({ cosineIfAligned }) => tangent(cosineIfAligned))));
  });

  it('refuses what it cannot estimate', () => {
    expect(() => antitheticStep({ ...question('x'), pairs: 1 }, weight)).toThrow('1 pairs');
    expect(() => antitheticStep({ ...question('x'), sigma: 0 }, weight)).toThrow('sigma 0');
    expect(() => antitheticStep({ ...question('x'), at: [1, 2] }, weight)).toThrow('2 loci, the landscape 4 dimensions');
  });
});

describe('steps that are taken', () => {
  it('average to the estimate: annealing', () => {
    for (const id of ['logistic', 'metropolis', 'step'] as const) {
      const acceptance = makeAcceptance(id, 1.5);
      const estimate = annealingStep(question(id, 4000), acceptance);
      const { steps, gradient } = drawAnnealingSteps(question(`${id} drawn`), acceptance, 20_000);
      expect(gradient).toEqual(estimate.gradient);
      for (let l = 0; l < 4; l++) {
        const column = Array.from({ length: 20_000 }, (_, row) => steps[row * 4 + l]);
        expect(Math.abs(mean(column) - estimate.mean[l])).toBeLessThan(
          4 * Math.hypot(standardError(column), estimate.standardError[l]),
        );
      }
    }
  });

  it.each(['formula', 'simulated'] as const)('average to the estimate: fixation by %s', (drift) => {
    const model = { process: 'moran', size: 12, mutationRate: 1e-3, drift } as const;
    const estimate = sequentialStep(question('fixation', 4000), { ...model, drift: 'formula' });
    const { steps } = drawSequentialSteps(question(`fixation ${drift}`), model, 20_000);
    for (let l = 0; l < 4; l++) {
      const column = Array.from({ length: 20_000 }, (_, row) => steps[row * 4 + l]);
      expect(Math.abs(mean(column) - estimate.mean[l])).toBeLessThan(
        4 * Math.hypot(standardError(column), estimate.standardError[l]),
      );
    }
  });
});

describe('the sequential step', () => {
  const slope = makeLandscape('linear', 3, { slope: 2, direction: 'diagonal' }, 'steps');
  const model = { process: 'wright-fisher', size: 500, mutationRate: 1e-5, drift: 'formula' } as const;

  it('is per mutant and per generation, beside its limit and its value on a slope', () => {
    const step = sequentialStep(
      { landscape: slope, at: [0, 0, 0], sigma: 0.01, pairs: 20_000, stream: namedStream('s', 'x') },
      model,
    );
    expect(step.mutantsPerGeneration).toBeCloseTo(0.005, 15);
    for (let l = 0; l < 3; l++) expect(step.perGeneration[l]).toBeCloseTo(0.005 * step.mean[l], 15);
    expect(step.limit).toBeCloseTo(0.0001 * 2 * (1 - 1 / 500), 15);
    expect(Math.abs(step.along - step.linear)).toBeLessThan(4 * step.alongError);
    // A share of about 1.6 sigma |grad f| is lost to the curvature of p_fix.
    expect(step.linear / step.limit).toBeGreaterThan(0.95);
    expect(step.linear / step.limit).toBeLessThan(0.99);
    expect(step.warning).toBeNull();
  });

  it('says so when mutants do not come one at a time', () => {
    // N U ln N: 1000 x 1e-5 x 6.9 = 0.069, and ten times that.
    expect(oneAtATime(1000, 1e-5)).toBeNull();
    expect(oneAtATime(1000, 1e-4)).toBe(
      'N U ln N is 0.691, not << 1: mutants meet others in flight; lower the mutation rate to 0.000014',
    );
    expect(oneAtATime(1, 1)).toBeNull();
    const crowded = sequentialStep(
      { landscape: slope, at: [0, 0, 0], sigma: 0.01, pairs: 2, stream: namedStream('s', 'x') },
      { ...model, mutationRate: 0.1 },
    );
    expect(crowded.warning).toContain('not << 1');
  });

  it('weighs by the probability of fixation', () => {
    const stream = () => namedStream('weighs', 'x');
    const asked = { landscape: slope, at: [0, 0, 0], sigma: 0.1, pairs: 30 };
    const step = sequentialStep({ ...asked, stream: stream() }, model);
    const same = antitheticStep({ ...asked, stream: stream() }, (s) => fixationProbability('wright-fisher', 500, s));
    expect(step.mean).toEqual(same.mean);
  });
});
