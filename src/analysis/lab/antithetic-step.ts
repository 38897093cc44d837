import type { Landscape } from '../../habitat/landscape/landscape.ts';
import type { NamedStream } from '../../math/streams.ts';
import { cosine, dot } from './direction.ts';

/** The expected step of a model with one organism, from pairs of opposite proposals, beside the exact gradient. */
export interface StepEstimate {
  /** Number of antithetic pairs drawn; two proposals each. */
  readonly pairs: number;
  /** Expected step per proposal, rejected ones counted as 0; a number a locus. */
  readonly mean: Float64Array;
  /** Standard error of each of these. */
  readonly standardError: Float64Array;
  /** Exact gradient of log fitness at the place. */
  readonly gradient: Float64Array;
  /** Length of the mean step along the gradient, and its standard error. */
  readonly along: number;
  readonly alongError: number;
  /** The c of step = c grad f, along over |grad f|, and its standard error. */
  readonly slope: number;
  readonly slopeError: number;
  /** Of the mean step to the gradient. */
  readonly cosine: number;
  /** The cosine that sampling alone leaves of a mean step exactly along the gradient, from the errors across. */
  readonly cosineIfAligned: number;
}

/** Where and how a step is estimated. */
export interface StepQuestion {
  readonly landscape: Landscape;
  /** The genome of the clone: the landscape's dimensions. */
  readonly at: ArrayLike<number>;
  /** Standard deviation of mutation at each locus, isotropic normal. */
  readonly sigma: number;
  /** Generation, for a landscape that moves; 0 by default. */
  readonly time?: number;
  /** Antithetic pairs of proposals, 2 or more. */
  readonly pairs: number;
  readonly stream: NamedStream;
}

/**
 * Expected step of a clone that a mutant x + sigma e, e ~ N(0, I), replaces with probability `weight` of its change in log
 * fitness. Each e is tried with -e, and the probability itself weights the step in place of a draw: what is even in e cancels,
 * so that the relative error does not grow as sigma falls: about sqrt(2 / pairs) along the gradient for a smooth weight.
 * `weight` may also be a draw, 0 or 1, as of a simulated drift. The landscape meets the clone, alone.
 * Throws RangeError unless there are 2 pairs or more, sigma is positive and the genome has the landscape's dimensions.
 */
export function antitheticStep(question: StepQuestion, weight: (change: number) => number): StepEstimate {
  const { landscape, at, sigma, pairs, stream, time = 0 } = question;
  const { dimensions } = landscape;
  checkQuestion(question);
  const place = Float64Array.from(at);
  landscape.meet(place, 1, dimensions, time);
  const gradient = new Float64Array(dimensions);
  landscape.gradient(place, 0, gradient);
  const norm = Math.sqrt(dot(gradient, gradient));
  const here = landscape.logFitness(place, 0);

  const deviate = new Float64Array(dimensions);
  const mutant = new Float64Array(dimensions);
  const sum = new Float64Array(dimensions);
  const squares = new Float64Array(dimensions);
  let [alongSum, alongSquares] = [0, 0];
  const fitnessOf = (side: number): number => {
    for (let l = 0; l < dimensions; l++) mutant[l] = place[l] + side * sigma * deviate[l];
    return landscape.logFitness(mutant, 0);
  };
  for (let pair = 0; pair < pairs; pair++) {
    for (let l = 0; l < dimensions; l++) deviate[l] = stream.normal();
    const share = (sigma / 2) * (weight(fitnessOf(1) - here) - weight(fitnessOf(-1) - here));
    let along = 0;
    for (let l = 0; l < dimensions; l++) {
      const step = share * deviate[l];
      sum[l] += step;
      squares[l] += step * step;
      along += step * gradient[l];
    }
    along /= norm;
    alongSum += along;
    alongSquares += along * along;
  }

  const errorOf = (total: number, square: number) =>
    Math.sqrt(Math.max(0, square - (total * total) / pairs) / (pairs - 1) / pairs);
  const mean = sum.map((total) => total / pairs);
  const standardError = sum.map((total, l) => errorOf(total, squares[l]));
  const along = alongSum / pairs;
  const alongError = errorOf(alongSum, alongSquares);
  // The sum of the errors of all loci, minus that along, is the square that sampling is expected to add across.
  const acrossSquare = Math.max(0, dot(standardError, standardError) - alongError * alongError);
  return {
    pairs,
    mean,
    standardError,
    gradient,
    along,
    alongError,
    slope: along / norm,
    slopeError: alongError / norm,
    cosine: cosine(mean, gradient),
    cosineIfAligned: 1 / Math.sqrt(1 + acrossSquare / (along * along)),
  };
}

/** The steps themselves, of `count` proposals each drawn and accepted or rejected: count rows of the landscape's dimensions. */
export function drawSteps(
  question: Omit<StepQuestion, 'pairs'>,
  count: number,
  accepts: (change: number) => boolean,
): { readonly steps: Float64Array; readonly gradient: Float64Array } {
  const { landscape, at, sigma, stream, time = 0 } = question;
  const { dimensions } = landscape;
  checkQuestion({ ...question, pairs: 2 });
  const place = Float64Array.from(at);
  landscape.meet(place, 1, dimensions, time);
  const gradient = new Float64Array(dimensions);
  landscape.gradient(place, 0, gradient);
  const here = landscape.logFitness(place, 0);
  const steps = new Float64Array(count * dimensions);
  const mutant = new Float64Array(dimensions);
  for (let row = 0; row < count; row++) {
    const step = steps.subarray(row * dimensions, (row + 1) * dimensions);
    for (let l = 0; l < dimensions; l++) {
      step[l] = sigma * stream.normal();
      mutant[l] = place[l] + step[l];
    }
    if (!accepts(landscape.logFitness(mutant, 0) - here)) step.fill(0);
  }
  return { steps, gradient };
}

function checkQuestion({ landscape, at, sigma, pairs }: StepQuestion): void {
  if (at.length !== landscape.dimensions) {
    throw new RangeError(`the genome has ${at.length} loci, the landscape ${landscape.dimensions} dimensions`);
  }
  if (!(sigma > 0 && sigma < Infinity)) throw new RangeError(`sigma ${sigma} is not positive and finite`);
  if (!(Number.isInteger(pairs) && pairs >= 2)) throw new RangeError(`${pairs} pairs of proposals: give 2 or more`);
}
