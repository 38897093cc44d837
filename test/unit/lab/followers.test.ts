import { describe, expect, it } from 'vitest';
import { cosine } from '../../../src/analysis/lab/direction.ts';
import { followOptimiser } from '../../../src/analysis/lab/follow-optimiser.ts';
import { followTraining } from '../../../src/analysis/lab/follow-training.ts';
import { neutralVariance } from '../../../src/analysis/lab/neutral-variance.ts';
import { referenceOptimiser } from '../../../src/analysis/lab/reference-optimisers.ts';
import { selectionDifferential } from '../../../src/analysis/lab/selection-differential.ts';
import { StepMeter } from '../../../src/analysis/lab/step-meter.ts';
import { makeLandscape } from '../../../src/habitat/landscape/forms.ts';
import { covariance, mean } from '../../../src/math/statistics.ts';
import { namedStream } from '../../../src/math/streams.ts';

const stream = () => namedStream('followers', 'draws');

describe('selectionDifferential', () => {
  it('is the covariance of relative fitness and genome', () => {
    const draws = stream();
    const [count, stride, dimensions] = [30, 5, 3];
    const values = Float64Array.from({ length: count * stride }, () => draws.normal());
    const logFitness = Float64Array.from({ length: count }, () => 3 * draws.normal());
    const fitness = Array.from(logFitness, Math.exp);
    const relative = fitness.map((w) => w / mean(fitness));
    const step = selectionDifferential({ values, count, stride, dimensions }, logFitness);
    for (let l = 0; l < dimensions; l++) {
      const locus = Array.from({ length: count }, (_, row) => values[row * stride + l]);
      expect(step[l]).toBeCloseTo(covariance(relative, locus), 12);
    }
    // Fitness beyond what a number can hold, and a constant added to its logarithm, change nothing.
    const shifted = selectionDifferential(
      { values, count, stride, dimensions },
      logFitness.map((f) => f + 5000),
    );
    for (let l = 0; l < dimensions; l++) expect(shifted[l]).toBeCloseTo(step[l], 9);
  });
});

describe('neutralVariance', () => {
  it('is where the recursion of drift, transfer and mutation rests', () => {
    for (const transfer of [0, 0.1, 1]) {
      const [size, sigma] = [12, 0.3];
      // Half the mean square difference of two of newborns, and the variance of all.
      let half = 0;
      for (let t = 0; t < 5000; t++) {
        const replaced = 1 - (1 - transfer) ** 2;
        half = half * (1 - replaced / size) * (1 - 1 / size) + sigma * sigma;
      }
      expect(neutralVariance({ size, sigma, transfer })).toBeCloseTo((1 - 1 / size) * half, 12);
    }
  });

  it('tends to N sigma² / (1 + 2h - h²)', () => {
    const size = 1e9;
    expect(neutralVariance({ size, sigma: 1, transfer: 0.5 }) / size).toBeCloseTo(1 / 1.75, 8);
  });
});

describe('StepMeter', () => {
  it('measures each step against gradient and G as they were before it', () => {
    const landscape = makeLandscape('bowl', 2, { width: 1 }, 'a');
    const meter = new StepMeter(landscape);
    // Round (1, 0), with variances 0.04 and 0.01 and no covariance.
    const rows = (x: number, y: number) =>
      Float64Array.of(x - 0.2, y - 0.1, x - 0.2, y + 0.1, x + 0.2, y - 0.1, x + 0.2, y + 0.1);
    for (const [x, y] of [
      [1, 1],
      [0.7, 0.6],
      [0.7, 0.6],
    ]) {
      meter.show({ values: rows(x, y), count: 4, stride: 2, dimensions: 2 });
    }
    const { series, mean: over, togetherCosine, togetherToResponse } = meter.finish();
    expect(series.size[0]).toBeCloseTo(0.5, 12);
    expect(series.along[0]).toBeCloseTo(0.7 / Math.SQRT2, 12);
    expect(series.across[0]).toBeCloseTo(0.1 / Math.SQRT2, 12);
    expect(series.cosine[0]).toBeCloseTo(cosine([-0.3, -0.4], [-1, -1]), 12);
    expect(series.responseCosine[0]).toBeCloseTo(cosine([-0.04, -0.01], [-1, -1]), 12);
    expect(series.toResponse[0]).toBeCloseTo(cosine([-0.3, -0.4], [-0.04, -0.01]), 12);
    expect(series.trace[0]).toBeCloseTo(0.05, 12);
    expect(series.rank[0]).toBeCloseTo(0.05 ** 2 / (0.04 ** 2 + 0.01 ** 2), 12);
    expect(series.slope[0]).toBeCloseTo(Math.SQRT2, 12);
    expect(series.speed[0]).toBeCloseTo((1 + 1 - 0.49 - 0.36) / 2, 12);
    // The second step is 0: it has no direction, and counts in sizes only.
    expect(series.cosine[1]).toBeNaN();
    expect(over.cosine).toBe(series.cosine[0]);
    expect(over.size).toBeCloseTo(0.25, 12);
    expect(togetherCosine).toBeCloseTo(cosine([-0.3, -0.4], [-1.7, -1.6]), 12);
    expect(togetherToResponse).toBeCloseTo(cosine([-0.3, -0.4], [-0.04 * 1.7, -0.01 * 1.6]), 12);
  });
});

describe('followers of gradient methods', () => {
  const landscape = () => makeLandscape('bowl', 3, { width: 2 }, 'a');

  it('gradient ascent without noise is along the gradient, and comes as far as it must', () => {
    const followed = followOptimiser({
      landscape: landscape(),
      optimiser: referenceOptimiser('sgd'),
      parameters: { rate: 0.4 },
      start: Float64Array.of(1, 2, 3),
      noise: 0,
      burnIn: 2,
      steps: 10,
      stream: stream(),
    });
    for (const value of followed.series.cosine) expect(value).toBeCloseTo(1, 12);
    expect(followed.series.along).toHaveLength(10);
    expect(followed.togetherCosine).toBeCloseTo(1, 12);
    expect(followed.finalFitness).toBeCloseTo((-14 / 8) * 0.9 ** 24, 12);
    expect(followed.mean.rank).toBeNaN();
  });

  it('learners who never copy move by their own steps alone', () => {
    const options = {
      landscape: landscape(),
      start: new Float64Array(12).fill(1),
      stream: stream(),
      rate: 0.1,
      noise: 1,
      interval: 5,
      objective: 'fixed',
    } as const;
    const alone = followTraining({ options: { ...options, exploit: 'none' }, burnIn: 5, steps: 50 });
    expect(alone.copying).toBe(0);
    expect(alone.series.size).toHaveLength(50);
    const copying = followTraining({ options: { ...options, stream: stream(), exploit: 'pair' }, burnIn: 5, steps: 50 });
    expect(copying.copying).not.toBe(0);
    expect(copying.mean.rank).toBeGreaterThanOrEqual(1);
  });
});
