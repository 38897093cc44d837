import { eigenComponents } from '../../math/eigenvalues.ts';
import type { NamedStream } from '../../math/streams.ts';
import { percentileOf, randomCosinesTo } from '../gradient/random-directions.ts';
import { correctedCosine, reliabilityOfMean } from '../gradient/reliability.ts';
import { cosine, dot } from '../lab/direction.ts';

/**
 * A part of selection compared with the assayed gradient, at the loci of a segment, with its nulls and its reliability.
 * @experimental
 */
export interface Alignment {
  /** Length of the selection differential; locus units. */
  readonly length: number;
  /** Selection times gradient: gain in relative fitness over the horizon that a linear landscape would give, and its standard error. */
  readonly gain: number;
  readonly gainError: number;
  /** Length along the gradient and of the rest; locus units. */
  readonly along: number;
  readonly across: number;
  /** Cosine of mean selection to the gradient, its standard error over forks, and the mean cosine of single forks. NaN for a single locus. */
  readonly cosine: number;
  readonly cosineError: number;
  readonly replayCosine: number;
  /** Middle 95 % of the cosines of random directions, drawn with the covariance of this part, and the share of them that is lower. */
  readonly null: readonly [low: number, high: number];
  readonly percentile: number;
  /** The same to G b, G the covariance of this part, through which selection acts. */
  readonly throughG: number;
  readonly nullThroughG: readonly [low: number, high: number];
  readonly percentileThroughG: number;
  /** The same of selection under the neutral shadows, a fork each: middle 95 %, and the share that is lower. */
  readonly neutral: readonly [low: number, high: number];
  readonly neutralPercentile: number;
  /** Reliability of this selection over forks (`reliabilityOfMean`). */
  readonly reliability: number;
  /** Cosine corrected for the noise of both estimates. */
  readonly corrected: number;
}

const empty = new Float64Array(0);

/** Random directions that an alignment is compared with. */
const draws = 499;

/** The effect of variation alone on a part: the same for all kinds of forks. */
export interface PartNull {
  /** G b, G the covariance of the part. */
  readonly response: Float64Array;
  /** Sorted cosines of random directions with that covariance to b, and to G b; none for a single locus. */
  readonly toGradient: Float64Array;
  readonly toResponse: Float64Array;
}

/** @param deviations of copies in this part, a row a copy, at the loci of b */
export function nullOf(deviations: Float64Array, b: Float64Array, stream: NamedStream): PartNull {
  const loci = b.length;
  const response = responseTo(deviations, loci, b);
  if (loci === 1) return { response, toGradient: empty, toResponse: empty };
  const [toGradient, toResponse] = randomCosinesTo(deviations, loci, [b, response], draws, stream);
  return { response, toGradient: toGradient.sort(), toResponse: toResponse.sort() };
}

/**
 * The same from a covariance at the loci of b: `loci` rows, one behind the other. In the basis of its eigenvectors a random direction is a row of independent
 * normals, so a draw takes `loci` multiplications.
 */
export function nullOfCovariance(covariance: Float64Array, b: Float64Array, stream: NamedStream): PartNull {
  const loci = b.length;
  const response = Float64Array.from(b, (_, l) => dot(covariance.subarray(l * loci, (l + 1) * loci), b));
  if (loci === 1) return { response, toGradient: empty, toResponse: empty };
  const { values, components } = eigenComponents(covariance, b);
  const roots = values.map((value) => Math.sqrt(Math.max(0, value)));
  const responses = components.map((component, i) => values[i] * component);
  const direction = new Float64Array(loci);
  const [toGradient, toResponse] = [new Float64Array(draws), new Float64Array(draws)];
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < loci; i++) direction[i] = roots[i] * stream.normal();
    toGradient[draw] = cosine(direction, components);
    toResponse[draw] = cosine(direction, responses);
  }
  return { response, toGradient: toGradient.sort(), toResponse: toResponse.sort() };
}

/**
 * Aligns a part of selection with a gradient.
 * @param selections one a fork, at the loci of the segment; @param shadows the same under the neutral shadow
 * @param gradients one a perturbed fork, at the same loci, with respect to expressed values
 * @param paired whether selections and gradients come from the same forks, in the same order
 * @param drawn the null of this part at the same loci
 * @param negligible length below which the part is rounding: nothing is reported of it then
 */
export function align(
  selections: readonly Float64Array[],
  shadows: readonly Float64Array[],
  gradients: readonly Float64Array[],
  paired: boolean,
  drawn: PartNull,
  negligible: number,
): Alignment {
  const b = meanOf(gradients);
  const selection = meanOf(selections);
  const loci = b.length;
  const length = Math.sqrt(dot(selection, selection));
  if (!(length > negligible)) return nothing(length);
  const steepness = Math.sqrt(dot(b, b));
  const along = dot(selection, b) / steepness;
  const trust = reliabilityOfMean(selections);
  const angled = loci > 1;
  const angle = angled ? cosine(selection, b) : Number.NaN;
  const through = angled ? cosine(selection, drawn.response) : Number.NaN;
  const drift = angled
    ? Float64Array.from(shadows, (shadow) => cosine(shadow, b))
        .filter((value) => !Number.isNaN(value))
        .sort()
    : empty;
  return {
    length,
    gain: dot(selection, b),
    gainError: jackknife(selections, gradients, paired, dot),
    along,
    across: Math.sqrt(Math.max(0, length * length - along * along)),
    cosine: angle,
    cosineError: angled ? jackknife(selections, gradients, paired, cosine) : Number.NaN,
    replayCosine: angled ? selections.reduce((sum, own) => sum + cosine(own, b) / selections.length, 0) : Number.NaN,
    null: middle95(drawn.toGradient),
    percentile: percentileOf(angle, drawn.toGradient),
    throughG: through,
    nullThroughG: middle95(drawn.toResponse),
    percentileThroughG: percentileOf(through, drawn.toResponse),
    neutral: middle95(drift),
    neutralPercentile: percentileOf(angle, drift),
    reliability: trust,
    corrected: angled ? correctedCosine(angle, reliabilityOfMean(gradients), trust) : Number.NaN,
  };
}

/** The result for a part that is only rounding. */
function nothing(length: number): Alignment {
  const none = [Number.NaN, Number.NaN] as const;
  return {
    length,
    gain: 0,
    gainError: Number.NaN,
    along: Number.NaN,
    across: Number.NaN,
    cosine: Number.NaN,
    cosineError: Number.NaN,
    replayCosine: Number.NaN,
    null: none,
    percentile: Number.NaN,
    throughG: Number.NaN,
    nullThroughG: none,
    percentileThroughG: Number.NaN,
    neutral: none,
    neutralPercentile: Number.NaN,
    reliability: Number.NaN,
    corrected: Number.NaN,
  };
}

/** Mean of vectors of one length. */
export function meanOf(vectors: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(vectors[0].length);
  for (const vector of vectors) for (let l = 0; l < sum.length; l++) sum[l] += vector[l] / vectors.length;
  return sum;
}

/** Means of the even and of the odd ones. */
export function halvesOf(vectors: readonly Float64Array[]): readonly [Float64Array, Float64Array] {
  const half = (parity: number) => meanOf(vectors.length < 2 ? vectors : vectors.filter((_, f) => f % 2 === parity));
  return [half(0), half(1)];
}

/** G b, without a matrix: the covariance of each locus with z . b. */
export function responseTo(deviations: Float64Array, loci: number, b: ArrayLike<number>): Float64Array {
  const rows = deviations.length / loci;
  const response = new Float64Array(loci);
  for (let at = 0; at < deviations.length; at += loci) {
    let score = 0;
    for (let l = 0; l < loci; l++) score += deviations[at + l] * b[l];
    for (let l = 0; l < loci; l++) response[l] += (score * deviations[at + l]) / rows;
  }
  return response;
}

/**
 * Standard error of a function of two means by a jackknife over the forks of either (Efron & Tibshirani 1993, An Introduction to the Bootstrap,
 * ch. 11). If both come from the same forks, these are left out together.
 */
function jackknife(
  selections: readonly Float64Array[],
  gradients: readonly Float64Array[],
  paired: boolean,
  value: (selection: Float64Array, gradient: Float64Array) => number,
): number {
  const [s, b] = [meanOf(selections), meanOf(gradients)];
  const without = (mean: Float64Array, own: Float64Array, count: number) =>
    mean.map((entry, l) => (count * entry - own[l]) / (count - 1));
  const spread = (values: readonly number[]) => {
    const mean = values.reduce((sum, one) => sum + one / values.length, 0);
    return ((values.length - 1) / values.length) * values.reduce((sum, one) => sum + (one - mean) * (one - mean), 0);
  };
  if (selections.length < 2 || gradients.length < 2) return Number.NaN;
  const n = selections.length;
  if (paired) {
    return Math.sqrt(spread(selections.map((own, f) => value(without(s, own, n), without(b, gradients[f], n)))));
  }
  const ofSelection = spread(selections.map((own) => value(without(s, own, n), b)));
  const ofGradient = spread(gradients.map((own) => value(s, without(b, own, gradients.length))));
  return Math.sqrt(ofSelection + ofGradient);
}

/** Middle 95 % of sorted numbers; NaN for none. */
const middle95 = (sorted: Float64Array): readonly [number, number] =>
  sorted.length === 0
    ? [Number.NaN, Number.NaN]
    : [sorted[Math.floor(0.025 * sorted.length)], sorted[Math.min(sorted.length - 1, Math.floor(0.975 * sorted.length))]];
