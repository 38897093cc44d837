import {
  coordinates,
  type GenomeLayout,
  type Locus,
  laySegments,
  layTraits,
  type RangeMap,
  type Segment,
  type SegmentPlan,
  type TraitRange,
  up,
} from './layout.ts';

/** The trait that a coordinate is: its number counts from 1. */
export const coordinateName = (i: number) => `x${i + 1}`;

/**
 * Lays out a genome on a landscape: `dimensions` loci that fitness reads, then one locus per optional trait.
 * @param deviation standard deviation of a coordinate among founders, locus units
 * @param shown how many of the coordinates are also traits
 */
export function layLoci(
  dimensions: number,
  deviation: number,
  shown: number,
  traits: readonly TraitRange[],
  further: readonly SegmentPlan[] = [],
): GenomeLayout {
  const loci: Locus[] = Array.from({ length: dimensions }, (_, slot) => ({
    slot,
    name: coordinateName(slot),
    segment: coordinates,
    scale: 1,
    deviation,
  }));
  const segments: Segment[] = [
    { name: coordinates, description: 'The loci that fitness reads: a place on the landscape.', start: 0, length: dimensions },
  ];
  const ranges: RangeMap[] = loci.slice(0, shown).map(({ slot, name }) => ({
    slot,
    trait: name,
    form: 'identity',
    minimum: Number.NEGATIVE_INFINITY,
    maximum: Number.POSITIVE_INFINITY,
    offset: 0,
  }));
  const end = laySegments(further, layTraits(traits, dimensions, { loci, segments, ranges }), { loci, segments });
  return { stride: up(end, 8), segments, loci, ranges };
}
