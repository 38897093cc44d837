import type { AssayForkResult } from '../assay/perform-assay-fork.ts';
import { dot } from './direction.ts';
import { covarianceSpread } from './genetic-covariance.ts';
import { stepNoise } from './step-noise.ts';

/** The noise of the steps of a world's mean genome over a horizon, in standard deviations of mutation. */
export interface WorldNoise {
  readonly organisms: number;
  readonly loci: number;
  /** Forks without changes, and those perturbed for the gradient. */
  readonly forks: number;
  readonly perturbed: number;
  /** Length of the mean step, with the noise of the forks subtracted once from its square; NaN if that is not above 0. */
  readonly step: number;
  /** Root of the trace of the covariance C of steps over forks (divisor F - 1). */
  readonly noise: number;
  /** Effective rank (tr C)^2 / tr(C^2): as estimated from F forks, and corrected to infinitely many normal forks. */
  readonly rank: number;
  readonly fullRank: number;
  /** Variance along the gradient over the mean of those across. */
  readonly alongAcross: number;
  /** Kurtosis along the gradient, and across; of F normal numbers `normalKurtosis` is expected. */
  readonly kurtosisAlong: number;
  readonly kurtosisAcross: number;
  readonly normalKurtosis: number;
  /** Ne by the variance of organisms' copies in forks, harmonic mean. */
  readonly effective: number;
  /** tr C over tr G/Ne, and over that of the neutral shadow of the same births and deaths: 1 if the noise is drift alone. */
  readonly overDrift: number;
  readonly overShadow: number;
  /** |b|, by the inner product of the gradients of two halves of the perturbed forks, so that its noise adds nothing; NaN if that is not above 0. */
  readonly slope: number;
  /** By locus: variance of steps, of the shadow's steps, G/Ne, and the gradient. */
  readonly byLocus: {
    readonly noise: Float64Array;
    readonly shadow: Float64Array;
    readonly drift: Float64Array;
    readonly gradient: Float64Array;
  };
}

/**
 * Describes the noise of a world's steps from forks of it. A fork's step is its selection differential: the effect of births and deaths alone on the mean
 * of the copies over the horizon, without new mutation. All forks had the same population and differ in their draws.
 * @param results forks of kind realised (three or more) and perturbed (two or more), of one population
 * @param genomes values of the assayed loci of all copies when the forks began, locus units
 * @param sizes standard deviation of mutation of each locus, locus units
 * @throws {RangeError} for too few forks, or a gradient of 0
 */
export function worldNoise(results: readonly AssayForkResult[], genomes: Float64Array, sizes: ArrayLike<number>): WorldNoise {
  const realised = results.filter(({ kind }) => kind === 'realised');
  const perturbed = results.filter(({ kind }) => kind === 'perturbed');
  if (realised.length < 3 || perturbed.length < 2) {
    throw new RangeError(`worldNoise: ${realised.length} forks and ${perturbed.length} perturbed; give 3 and 2 or more`);
  }
  const loci = sizes.length;
  const forks = realised.length;
  const rowsOf = (of: (result: AssayForkResult, l: number) => number) =>
    Float64Array.from({ length: forks * loci }, (_, i) => of(realised[Math.floor(i / loci)], i % loci) / sizes[i % loci]);
  const steps = rowsOf(({ between, within }, l) => between[l] + within[l]);
  const shadows = rowsOf(({ neutralBetween, neutralWithin }, l) => neutralBetween[l] + neutralWithin[l]);
  // Each perturbed fork has its own seed, so that every other one is an independent half.
  const half = (which: number) => {
    const own = perturbed.filter((_, f) => f % 2 === which);
    return Float64Array.from(
      { length: loci },
      (_, l) => own.reduce((sum, { gradient }) => sum + gradient[l] * sizes[l], 0) / own.length,
    );
  };
  const halves = [half(0), half(1)];
  const gradient = Float64Array.from({ length: loci }, (_, l) => (halves[0][l] + halves[1][l]) / 2);
  const rows = { values: steps, count: forks, stride: loci, dimensions: loci };
  const shape = stepNoise(rows, gradient);
  const bessel = forks / (forks - 1);
  const trace = shape.trace * bessel;
  const shadowTrace = covarianceSpread({ ...rows, values: shadows }).trace * bessel;
  const perSize = realised.reduce((sum, { fitnessVariance, organisms }) => sum + fitnessVariance / (organisms - 1) / forks, 0);
  const variances = varianceOfLoci(genomes, loci, sizes);
  const additive = variances.reduce((sum, v) => sum + v, 0);
  const step = dot(shape.mean, shape.mean) - trace / forks;
  const square = dot(halves[0], halves[1]);
  return {
    organisms: realised[0].organisms,
    loci,
    forks,
    perturbed: perturbed.length,
    step: step > 0 ? Math.sqrt(step) : Number.NaN,
    noise: Math.sqrt(trace),
    rank: shape.effectiveRank,
    fullRank: rankWithoutEnd(shape.effectiveRank, forks - 1),
    alongAcross: shape.varianceAlong / shape.varianceAcross,
    kurtosisAlong: shape.kurtosisAlong,
    kurtosisAcross: shape.kurtosisAcross,
    normalKurtosis: (3 * (forks - 1)) / (forks + 1),
    effective: 1 / perSize,
    overDrift: trace / (additive * perSize),
    overShadow: trace / shadowTrace,
    slope: square > 0 ? Math.sqrt(square) : Number.NaN,
    byLocus: {
      noise: columnVariances(steps, loci),
      shadow: columnVariances(shadows, loci),
      drift: variances.map((v) => v * perSize),
      gradient,
    },
  };
}

/**
 * The effective rank of a covariance, from the rank r of its estimate with n degrees of freedom: with normal steps E tr(S^2) = (1 + 1/n) tr(C^2) +
 * (tr C)^2 / n, so that 1/r = (1 + 1/n) / rank + 1/n. Infinite if only the small number of forks makes it low.
 */
export function rankWithoutEnd(r: number, n: number): number {
  const left = 1 / r - 1 / n;
  return left > 0 ? (1 + 1 / n) / left : Number.POSITIVE_INFINITY;
}

/** Variance of each column, divisor n - 1. */
function columnVariances(rows: Float64Array, columns: number): Float64Array {
  const count = rows.length / columns;
  return varianceOfLoci(rows, columns).map((variance) => (variance * count) / (count - 1));
}

/** Variance of each column, divisor n, in units of `sizes`. */
function varianceOfLoci(rows: Float64Array, columns: number, sizes?: ArrayLike<number>): Float64Array {
  const count = rows.length / columns;
  const means = new Float64Array(columns);
  const squares = new Float64Array(columns);
  for (let i = 0; i < rows.length; i++) means[i % columns] += rows[i] / count;
  for (let i = 0; i < rows.length; i++)
    squares[i % columns] += ((rows[i] - means[i % columns]) * (rows[i] - means[i % columns])) / count;
  return sizes ? squares.map((square, l) => square / (sizes[l] * sizes[l])) : squares;
}
