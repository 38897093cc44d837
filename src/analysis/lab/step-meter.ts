import type { Landscape } from '../../habitat/landscape/landscape.ts';
import { cosine, direction, dot } from './direction.ts';
import { covarianceSpread, type GenomeRows, meanGenome, timesCovariance } from './genetic-covariance.ts';

/** Measures of a step; lengths in locus units. @experimental */
export const stepMeasures = [
  'along',
  'across',
  'size',
  'cosine',
  'responseCosine',
  'toResponse',
  'rank',
  'trace',
  'slope',
  'speed',
] as const;

/**
 * - `along`, `across`, `size`, `cosine`: the step of the mean, against the exact gradient at the mean before it
 * - `responseCosine`: of G grad f, the response that Lande (1979) expects, to the gradient
 * - `toResponse`: of the step to G grad f
 * - `rank`: effective rank of G, (tr G)^2 / tr(G^2); `trace`: tr G, locus units squared
 * - `slope`: |grad f| at the mean
 * - `speed`: log fitness that the mean genome gains in the step
 *
 * NaN if a measure is undefined, as a direction is if the gradient is 0 or nothing moved, and G of a single genome.
 * @experimental
 */
export type StepMeasure = (typeof stepMeasures)[number];

/** A series of steps: each measure of each step, means over time, and the steps taken together. @experimental */
export interface FollowedSteps {
  readonly series: Readonly<Record<StepMeasure, Float64Array>>;
  /** Means over the steps in which a measure is defined; NaN if there was none. */
  readonly mean: Readonly<Record<StepMeasure, number>>;
  /** Cosine of the sum of all steps to the sum of the gradients, and to that of G grad f: the time-averaged step's. */
  readonly togetherCosine: number;
  readonly togetherToResponse: number;
}

/** The mean and the forces on it. */
interface Standing {
  readonly mean: Float64Array;
  readonly gradient: Float64Array;
  readonly response: Float64Array;
  readonly rank: number;
  readonly trace: number;
}

/** Measures the steps of a mean genome from one call with the genomes to the next. @experimental */
export class StepMeter {
  private readonly landscape: Landscape;
  private readonly steps: Float64Array;
  private readonly gradients: Float64Array;
  private readonly responses: Float64Array;
  private readonly values: Record<StepMeasure, number[]>;
  private before: Standing | undefined;

  constructor(landscape: Landscape) {
    this.landscape = landscape;
    const { dimensions } = landscape;
    this.steps = new Float64Array(dimensions);
    this.gradients = new Float64Array(dimensions);
    this.responses = new Float64Array(dimensions);
    this.values = Object.fromEntries(stepMeasures.map((name) => [name, [] as number[]])) as Record<StepMeasure, number[]>;
  }

  /** Takes the genomes after a step; the landscape must have met the organisms among which fitness is computed. */
  show(genomes: GenomeRows): void {
    const now = this.stand(genomes);
    if (this.before !== undefined) this.measure(now, this.before);
    this.before = now;
  }

  finish(): FollowedSteps {
    const of = <T>(value: (name: StepMeasure) => T) =>
      Object.fromEntries(stepMeasures.map((name) => [name, value(name)])) as Record<StepMeasure, T>;
    return {
      series: of((name) => Float64Array.from(this.values[name])),
      mean: of((name) => meanOfKnown(this.values[name])),
      togetherCosine: cosine(this.steps, this.gradients),
      togetherToResponse: cosine(this.steps, this.responses),
    };
  }

  private stand(genomes: GenomeRows): Standing {
    const mean = meanGenome(genomes);
    const gradient = new Float64Array(genomes.dimensions);
    this.landscape.gradient(mean, 0, gradient);
    if (genomes.count === 1) {
      return { mean, gradient, response: new Float64Array(genomes.dimensions), rank: Number.NaN, trace: Number.NaN };
    }
    const { trace, effectiveRank } = covarianceSpread(genomes);
    return { mean, gradient, response: timesCovariance(genomes, gradient), rank: effectiveRank, trace };
  }

  private measure(now: Standing, { mean, gradient, response, rank, trace }: Standing): void {
    const step = now.mean.map((value, l) => value - mean[l]);
    const { along, across, size, cosine: toGradient } = direction(step, gradient);
    const measured: Record<StepMeasure, number> = {
      along,
      across,
      size,
      cosine: toGradient,
      responseCosine: cosine(response, gradient),
      toResponse: cosine(step, response),
      rank,
      trace,
      slope: Math.sqrt(dot(gradient, gradient)),
      speed: this.landscape.logFitness(now.mean, 0) - this.landscape.logFitness(mean, 0),
    };
    for (const name of stepMeasures) this.values[name].push(measured[name]);
    for (let l = 0; l < step.length; l++) {
      this.steps[l] += step[l];
      this.gradients[l] += gradient[l];
      this.responses[l] += response[l];
    }
  }
}

function meanOfKnown(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
