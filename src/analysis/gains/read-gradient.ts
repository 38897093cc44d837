import { halvesOf } from '../assay/align.ts';
import type { LocusSegment } from '../assay/locus-segments.ts';
import type { AssayForkResult } from '../assay/perform-assay-fork.ts';
import { averageSeeds, gradientOfForks } from '../assay/summarise-assay.ts';
import { reliabilityOfMean } from '../gradient/reliability.ts';
import { dot } from '../lab/direction.ts';
import { timesCovariance } from '../lab/genetic-covariance.ts';
import { mainDirection } from '../lab/main-direction.ts';

/** What selection would do at a segment in one horizon, by Lande's response. @experimental */
export interface Pull {
  readonly segment: string;
  /** b_1 G b_2 at its loci, from halves of the forks: log relative number of copies. */
  readonly predicted: number;
  /** For one locus, the sign of its response; 0 otherwise. */
  readonly sign: number;
}

/** A gradient before anything has moved along it. @experimental */
export interface GradientReading {
  /** 1/locus unit. */
  readonly gradient: Float64Array;
  readonly forks: number;
  readonly reliability: number;
  /** G b: where the mean would move; locus units in one horizon. */
  readonly response: Float64Array;
  /** Direction, orthogonal to it, in which the copies differ most; coefficients of values in standard deviations of mutations, 1/locus unit. */
  readonly across: Float64Array;
  /** Of all loci. */
  readonly predicted: number;
  /** Of the smallest segments, the most first. */
  readonly pulls: readonly Pull[];
}

/**
 * Reads the forks of an assay so far.
 * @param forks perturbed ones, of two seeds at least
 * @param genomes values of all copies, `ploidy` rows an organism; locus units
 * @param scales root mean square of a mutation of each locus; locus units
 * @throws {RangeError} for fewer than two seeds
 * @experimental
 */
export function readGradient(
  forks: readonly AssayForkResult[],
  genomes: Float64Array,
  ploidy: number,
  segments: readonly LocusSegment[],
  scales: Float64Array,
): GradientReading {
  const seeds = averageSeeds(forks);
  if (seeds.length < 2) throw new RangeError(`forks of ${seeds.length} seeds are too few for an error; give two or more`);
  const { gradients, gradient } = gradientOfForks(seeds, ploidy);
  const loci = gradient.length;
  const rows = { values: genomes, count: genomes.length / loci, stride: loci, dimensions: loci };
  const [first, second] = halvesOf(gradients);
  const toSecond = timesCovariance(rows, second);
  const response = timesCovariance(rows, gradient);
  const at = (own: readonly number[]) => own.reduce((sum, l) => sum + first[l] * toSecond[l], 0);
  return {
    gradient,
    forks: forks.length,
    reliability: reliabilityOfMean(gradients),
    response,
    across: axisAcross(genomes, scales, gradient),
    predicted: dot(first, toSecond),
    pulls: smallestSegments(segments)
      .map(
        ({ name, loci: own }): Pull => ({
          segment: name,
          predicted: at(own),
          sign: own.length === 1 ? Math.sign(response[own[0]]) : 0,
        }),
      )
      .sort((a, b) => b.predicted - a.predicted),
  };
}

/** Segments that contain no other: single traits, and the weights to each action. */
export const smallestSegments = (segments: readonly LocusSegment[]): readonly LocusSegment[] =>
  segments.filter((one) => {
    const own = new Set(one.loci);
    return !segments.some((other) => other !== one && other.loci.length < own.size && other.loci.every((l) => own.has(l)));
  });

/**
 * The main direction in which rows of values differ among those orthogonal to a gradient, everything in standard deviations of mutations; as coefficients of values,
 * 1/locus unit.
 */
export function axisAcross(rows: Float64Array, scales: Float64Array, gradient: ArrayLike<number>): Float64Array {
  const dimensions = scales.length;
  const values = rows.map((value, at) => value / scales[at % dimensions]);
  const up = scales.map((scale, l) => gradient[l] * scale);
  const axis = mainDirection(
    { values, count: rows.length / dimensions, stride: dimensions, dimensions },
    // Without a gradient any axis will do.
    up.some(Boolean) ? up : up.fill(1),
  );
  return axis.map((value, l) => value / scales[l]);
}
