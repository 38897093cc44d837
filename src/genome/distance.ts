import { type GenomeLayout, transposonSites } from './layout.ts';

/** Loci by which two organisms are compared: all of them, or only the three neutral markers. */
export const distanceMeasures = ['genome', 'markers'] as const;

export type DistanceMeasure = (typeof distanceMeasures)[number];

/** Slots of a haplotype that a measure compares, ascending; padding is never compared. */
export function measureSlots(layout: GenomeLayout, measure: DistanceMeasure): Int32Array {
  const compared = layout.loci.filter(({ name, segment }) =>
    measure === 'genome' ? segment !== transposonSites : name.startsWith('marker.'),
  );
  return Int32Array.from(compared, ({ slot }) => slot).sort();
}

/**
 * The limit of `genomeDistance` that belongs to a distance in locus units (root mean square difference over the loci):
 * two genomes are within the distance when `genomeDistance` does not exceed it.
 */
export function limitOf(distance: number, slots: Int32Array): number {
  return distance * distance * slots.length;
}

/**
 * Squared distance of two expressed genomes, the first from `aAt` on: the sum of their squared differences over `slots`,
 * locus units squared. Once the sum exceeds `limit`, it returns the partial sum, which is over the limit.
 */
export function genomeDistance(
  a: Float32Array,
  aAt: number,
  b: Float32Array,
  bAt: number,
  slots: Int32Array,
  limit = Number.POSITIVE_INFINITY,
): number {
  const n = slots.length;
  let sum = 0;
  let i = 0;
  // Eight loci between two checks of the limit: a check costs about as much as a locus.
  while (i + 8 <= n) {
    for (const end = i + 8; i < end; i++) {
      const difference = a[aAt + slots[i]] - b[bAt + slots[i]];
      sum += difference * difference;
    }
    if (sum > limit) return sum;
  }
  for (; i < n; i++) {
    const difference = a[aAt + slots[i]] - b[bAt + slots[i]];
    sum += difference * difference;
  }
  return sum;
}
