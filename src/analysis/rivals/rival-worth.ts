import { meanOf } from '../assay/align.ts';
import type { LocusSegment } from '../assay/locus-segments.ts';
import { reliabilityOfMean } from '../gradient/reliability.ts';
import { dot } from '../lab/direction.ts';
import type { RivalPair } from './choose-rivals.ts';

/** Loci, or traits, of all organisms of a population at one tick. @experimental */
export interface GenomesAt {
  /** Values of all copies, those of an organism one behind the other: `assayedGenomes`, or one row of traits an organism. */
  readonly values: Float64Array;
  /** Of each organism, the place of its subclade; -1 for none. */
  readonly members: ArrayLike<number>;
}

/** By what two rivals differ at a locus, or in a trait; in its units. @experimental */
export interface RivalDifference {
  /** Means of their copies, and winner less loser. */
  readonly winner: number;
  readonly loser: number;
  readonly difference: number;
  /** Standard deviation of all copies of the population. */
  readonly spread: number;
}

/** Means of two rivals, locus by locus or trait by trait. All of their organisms are counted, so the means have no error of sampling. @experimental */
export function rivalDifferences(
  { values, members }: GenomesAt,
  { winner, loser }: RivalPair,
  loci: number,
): readonly RivalDifference[] {
  const side = new Map<number, 0 | 1>();
  for (const k of winner.subclades) side.set(k, 0);
  for (const k of loser.subclades) side.set(k, 1);
  const each = values.length / members.length;
  const copies = values.length / loci;
  const sums = [new Float64Array(loci), new Float64Array(loci)];
  const count = [0, 0];
  const [total, squares] = [new Float64Array(loci), new Float64Array(loci)];
  for (let at = 0, l = 0; at < values.length; at++, l = l + 1 === loci ? 0 : l + 1) total[l] += values[at];
  for (let organism = 0; organism < members.length; organism++) {
    const s = side.get(members[organism]);
    if (s !== undefined) count[s] += each / loci;
    for (let at = organism * each, l = 0; at < (organism + 1) * each; at++, l = l + 1 === loci ? 0 : l + 1) {
      const deviation = values[at] - total[l] / copies;
      squares[l] += deviation * deviation;
      if (s !== undefined) sums[s][l] += values[at];
    }
  }
  return Array.from({ length: loci }, (_, l): RivalDifference => {
    const means = [0, 1].map((s) => sums[s][l] / count[s]);
    return { winner: means[0], loser: means[1], difference: means[0] - means[1], spread: Math.sqrt(squares[l] / copies) };
  });
}

/** What a difference is worth at the loci of a segment. @experimental */
export interface SegmentWorth extends LocusSegment {
  /** Difference times gradient: by how much the log of the ratio of copies would rise over the horizon, on a slope that is straight from one to the other. */
  readonly worth: number;
  /** Its standard error over forks. */
  readonly error: number;
  /** Reliability of the gradient at these loci; NaN if there is only noise. */
  readonly reliability: number;
}

/**
 * A difference of genomes on the assayed gradient, segment by segment. Genomes and gradient are of one tick and forks have draws of their own, so the
 * worth does not depend on which clade happened to win.
 * @param gradients one a seed of forks, with respect to expressed values; 1/locus unit; two at least
 * @experimental
 */
export function worthOf(
  differences: readonly RivalDifference[],
  gradients: readonly Float64Array[],
  segments: readonly LocusSegment[],
): readonly SegmentWorth[] {
  if (gradients.length < 2)
    throw new RangeError(`gradients of ${gradients.length} seeds are too few for an error; give two or more`);
  return segments.map((segment): SegmentWorth => {
    const step = segment.loci.map((l) => differences[l].difference);
    const picked = gradients.map((b) => Float64Array.from(segment.loci, (l) => b[l]));
    const each = picked.map((b) => dot(step, b));
    const worth = dot(step, meanOf(picked));
    const square = each.reduce((sum, value) => sum + (value - worth) * (value - worth), 0);
    return {
      ...segment,
      worth,
      error: Math.sqrt(square / (each.length * (each.length - 1))),
      reliability: reliabilityOfMean(picked),
    };
  });
}
