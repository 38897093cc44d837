import type { GenomeLayout } from '../../genome/layout.ts';
import { type LocusSegment, locusSegments } from '../assay/locus-segments.ts';

/** An earlier and a later genome of a population: `ploidy * stride` floats each. @experimental */
export interface GenomePair {
  readonly earlier: Float32Array;
  readonly later: Float32Array;
}

/** Where loci are in a genome. @experimental */
export interface GenomeShape {
  readonly ploidy: number;
  /** Floats of one haplotype. */
  readonly stride: number;
  /** Slots of the loci that segments count from 0. */
  readonly slots: ArrayLike<number>;
}

/** Two genomes that compete: what a transplant adds is the margin of the first. @experimental */
export interface TransplantContest {
  /** Undefined: the whole genome. */
  readonly segment: LocusSegment | undefined;
  /** The genome in which later loci compete with earlier ones; of the whole genome there is none. */
  readonly background: 'earlier' | 'later' | undefined;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** A genome with the loci of a segment from another one, in every haplotype. @experimental */
export function transplantLoci(
  into: Float32Array,
  from: Float32Array,
  { loci }: LocusSegment,
  { ploidy, stride, slots }: GenomeShape,
): Float32Array {
  const genome = into.slice();
  for (let h = 0; h < ploidy; h++) for (const l of loci) genome[h * stride + slots[l]] = from[h * stride + slots[l]];
  return genome;
}

/**
 * The contests of a pair of genomes: later against earlier; then for each segment its later loci against its earlier ones, in the earlier genome and
 * in the later one.
 * @experimental
 */
export function transplantContests(
  { earlier, later }: GenomePair,
  segments: readonly LocusSegment[],
  shape: GenomeShape,
): readonly TransplantContest[] {
  return [
    { segment: undefined, background: undefined, first: later, second: earlier },
    ...segments.flatMap((segment): TransplantContest[] => [
      { segment, background: 'earlier', first: transplantLoci(earlier, later, segment, shape), second: earlier },
      { segment, background: 'later', first: later, second: transplantLoci(later, earlier, segment, shape) },
    ]),
  ];
}

/**
 * Seed of the world of a replicate of a pair. All contests of the pair have it, so that what they differ by is the genomes, and differences between
 * them have less noise.
 * @experimental
 */
export const transplantSeed = (seed: string, pair: number, replicate: number) => `${seed}/transplant ${pair}/${replicate}`;

/**
 * Pairs of the fossils that are nearest to two ticks, the k-th of the earlier with the k-th of the later.
 * @param fossils in the order of their ticks
 * @returns undefined if there are too few: the same fossil is nearest to both ticks, or a later one was not kept later
 */
export function pairNearest<T extends { readonly tick: number }>(
  fossils: readonly T[],
  from: number,
  to: number,
  pairs: number,
): readonly { readonly earlier: T; readonly later: T }[] | undefined {
  const nearest = (tick: number) =>
    [...fossils.keys()]
      .sort((a, b) => Math.abs(fossils[a].tick - tick) - Math.abs(fossils[b].tick - tick) || a - b)
      .slice(0, pairs)
      .sort((a, b) => a - b)
      .map((place) => fossils[place]);
  const [earlier, later] = [nearest(from), nearest(to)];
  if (later.length < pairs || later[0].tick <= earlier[pairs - 1].tick) return undefined;
  return earlier.map((one, k) => ({ earlier: one, later: later[k] }));
}

/** Segments that can be transplanted: all but the whole genome. None if genomes are one segment. */
export const transplantSegments = (layout: GenomeLayout, slots: ArrayLike<number>): readonly LocusSegment[] =>
  locusSegments(layout, slots).filter(({ name }) => name !== 'everything');

/** Of these policy and traits, or all where there is neither. */
export function usualSegments(segments: readonly LocusSegment[]): readonly LocusSegment[] {
  const usual = segments.filter(({ name }) => name === 'policy' || name === 'traits');
  return usual.length > 0 ? usual : segments;
}
