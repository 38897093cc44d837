import type { GenomeLayout } from '../genome/layout.ts';

/**
 * How a gamete was put together, in loci: the source of locus 0, then the loci at which the source changes.
 * @param masks words of many gametes; this gamete's begin at `at`, bit i of word w is for slot 32 w + i
 */
export function gameteEntries(layout: GenomeLayout, masks: Uint32Array, at: number): number[] {
  const { loci } = layout;
  const entries: number[] = [];
  let last = -1;
  for (let locus = 0; locus < loci.length; locus++) {
    const { slot } = loci[locus];
    const source = (masks[at + (slot >> 5)] >>> (slot & 31)) & 1;
    if (source !== last) entries.push(last < 0 ? source : locus);
    last = source;
  }
  return entries;
}

/** Number of the first locus at or after a slot; `loci.length` where none follows. */
export function locusFrom({ loci }: GenomeLayout, slot: number): number {
  let low = 0;
  let high = loci.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (loci[middle].slot < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The values of a whole genome that are loci, haplotypes one behind the other. */
export function locusValues({ loci, stride }: GenomeLayout, genome: Float32Array): Float32Array {
  const haplotypes = genome.length / stride;
  const values = new Float32Array(haplotypes * loci.length);
  for (let h = 0; h < haplotypes; h++) {
    for (let i = 0; i < loci.length; i++) values[h * loci.length + i] = genome[h * stride + loci[i].slot];
  }
  return values;
}
