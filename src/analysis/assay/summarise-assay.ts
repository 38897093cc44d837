import type { NamedStream } from '../../math/streams.ts';
import { type Projection, projectOntoGradient } from '../gradient/project.ts';
import { percentileOf, randomCosines } from '../gradient/random-directions.ts';
import { correctedCosine, splitHalfReliability } from '../gradient/reliability.ts';
import { dot } from '../lab/direction.ts';
import type { AssayForkResult } from './perform-assay-fork.ts';

/** A part of selection against the assayed gradient, with its null and the trust it deserves. */
export interface Alignment {
  /** Selection differential, locus units. */
  readonly selection: Float64Array;
  readonly projection: Projection;
  /** Cosine to G b, G the covariance of this part; its null beside it. */
  readonly throughG: number;
  /** Share of random directions, drawn with the covariance of this part, whose cosine is lower. */
  readonly percentile: number;
  /** Middle 95 % of the null's cosines. */
  readonly null: readonly [low: number, high: number];
  /** The same of selection under the neutral shadow, a fork each: share of forks whose cosine is lower, and their middle 95 %. */
  readonly neutralPercentile: number;
  readonly neutral: readonly [low: number, high: number];
  /** Split-half reliability of the whole estimate of this selection, NaN where halves point apart. */
  readonly reliability: number;
  /** Cosine corrected for the noise of both estimates. */
  readonly corrected: number;
}

export interface AssaySummary {
  readonly forks: number;
  readonly organisms: number;
  readonly clades: number;
  readonly gradient: Float64Array;
  /** Standard error of each entry, over forks; NaN for fewer than two. */
  readonly error: Float64Array;
  /** Split-half reliability of the gradient. */
  readonly reliability: number;
  readonly whole: Alignment;
  readonly within: Alignment;
  readonly between: Alignment;
  /** b_1 G b_2 from halves: additive variance in relative fitness over the horizon. */
  readonly additiveVariance: number;
  readonly fitnessVariance: number;
}

/** Random directions that an alignment is compared with. */
const draws = 999;

/**
 * Joins the forks of an assay.
 * @param genomes of those who lived when the forks began, in the order of ids: `loci` expressed values of assayed loci each
 * @param clades of the same
 * @throws {RangeError} for fewer than two forks
 */
export function summariseAssay(
  forks: readonly AssayForkResult[],
  genomes: Float64Array,
  clades: Float64Array,
  stream: NamedStream,
): AssaySummary {
  if (forks.length < 2) throw new RangeError(`${forks.length} forks are too few to tell an error; give two or more`);
  const loci = forks[0].gradient.length;
  const mean = (pick: (fork: AssayForkResult) => Float64Array, of: readonly AssayForkResult[] = forks) => {
    const sum = new Float64Array(loci);
    for (const fork of of) for (let l = 0; l < loci; l++) sum[l] += pick(fork)[l] / of.length;
    return sum;
  };
  const halves = [0, 1].map((half) => forks.filter((_, f) => f % 2 === half));
  const gradient = mean((fork) => fork.gradient);
  const [firstHalf, secondHalf] = halves.map((half) => mean((fork) => fork.gradient, half));
  const error = gradient.map((b, l) => {
    let sum = 0;
    for (const fork of forks) sum += square(fork.gradient[l] - b);
    return Math.sqrt(sum / (forks.length * (forks.length - 1)));
  });
  const reliability = splitHalfReliability(firstHalf, secondHalf).whole;
  const { within, between, all } = deviationsOf(genomes, clades, loci);
  type Pick = (fork: AssayForkResult) => Float64Array;
  const align = (pick: Pick, shadow: Pick, deviations: Float64Array): Alignment => {
    const selection = mean(pick);
    const [one, two] = halves.map((half) => mean(pick, half));
    const own = splitHalfReliability(one, two).whole;
    const rows = { values: deviations, count: deviations.length / loci, stride: loci, dimensions: loci };
    const projection = projectOntoGradient(selection, gradient, rows);
    const cosines = randomCosines(deviations, loci, gradient, draws, stream).sort();
    // The direction of a mean of many shadows is spread as that of one is.
    const drift = Float64Array.from(forks, (fork) => projectOntoGradient(shadow(fork), gradient).cosine)
      .filter((cosine) => !Number.isNaN(cosine))
      .sort();
    return {
      selection,
      projection,
      throughG: projection.throughG,
      percentile: percentileOf(projection.cosine, cosines),
      null: middle95(cosines),
      neutralPercentile: percentileOf(projection.cosine, drift),
      neutral: middle95(drift),
      reliability: own,
      corrected: correctedCosine(projection.cosine, reliability, own),
    };
  };
  const response = new Float64Array(loci);
  const rows = all.length / loci;
  for (let k = 0; k < rows; k++) {
    const score = dot(all.subarray(k * loci, (k + 1) * loci), secondHalf);
    for (let l = 0; l < loci; l++) response[l] += (score * all[k * loci + l]) / rows;
  }
  return {
    forks: forks.length,
    organisms: forks[0].organisms,
    clades: new Set(clades).size,
    gradient,
    error,
    reliability,
    whole: align(
      (fork) => fork.within.map((s, l) => s + fork.between[l]),
      (fork) => fork.neutralWithin.map((s, l) => s + fork.neutralBetween[l]),
      all,
    ),
    within: align(
      (fork) => fork.within,
      (fork) => fork.neutralWithin,
      within,
    ),
    between: align(
      (fork) => fork.between,
      (fork) => fork.neutralBetween,
      between,
    ),
    additiveVariance: dot(firstHalf, response),
    fitnessVariance: forks.reduce((sum, fork) => sum + fork.fitnessVariance / forks.length, 0),
  };
}

/** Deviations of genomes from the mean of all, of genomes from their clade's, and of clades' from that of all, a row an organism. */
function deviationsOf(genomes: Float64Array, clades: Float64Array, loci: number) {
  const count = clades.length;
  const grand = new Float64Array(loci);
  const sums = new Map<number, { size: number; sum: Float64Array }>();
  for (let k = 0; k < count; k++) {
    const clade = sums.get(clades[k]) ?? { size: 0, sum: new Float64Array(loci) };
    sums.set(clades[k], clade);
    clade.size++;
    for (let l = 0; l < loci; l++) {
      clade.sum[l] += genomes[k * loci + l];
      grand[l] += genomes[k * loci + l] / count;
    }
  }
  const [within, between, all] = [0, 1, 2].map(() => new Float64Array(count * loci));
  for (let k = 0; k < count; k++) {
    const { size, sum } = sums.get(clades[k]) as { size: number; sum: Float64Array };
    for (let l = 0; l < loci; l++) {
      const value = genomes[k * loci + l];
      within[k * loci + l] = value - sum[l] / size;
      between[k * loci + l] = sum[l] / size - grand[l];
      all[k * loci + l] = value - grand[l];
    }
  }
  return { within, between, all };
}

/** Middle 95 % of sorted numbers; NaN where there are none. */
const middle95 = (sorted: Float64Array): [number, number] =>
  sorted.length === 0
    ? [Number.NaN, Number.NaN]
    : [sorted[Math.floor(0.025 * sorted.length)], sorted[Math.min(sorted.length - 1, Math.floor(0.975 * sorted.length))]];

const square = (x: number) => x * x;
