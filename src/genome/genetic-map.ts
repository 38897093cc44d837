import { exp } from '../math/elementary.ts';
import type { GenomeLayout } from './layout.ts';

/** The genetic map of a genome, as described in a scene. */
export interface GeneticMap {
  /** Number of chromosomes, with equally many loci. */
  readonly chromosomes: number;
  /** Map length of each chromosome, Morgans: the expected number of crossovers in a meiosis. */
  readonly length: number;
  /** Exceptions for single segments. */
  readonly segments: readonly {
    readonly segment: string;
    /** Recombination rate between its first locus and the locus before it, 0 to 0.5. */
    readonly apart?: number | undefined;
    /** Map length within the segment, Morgans. */
    readonly length?: number | undefined;
  }[];
}

/** Recombination rate of two loci at a map distance in Morgans, without interference (Haldane 1919, J. Genet. 8: 299). */
export function haldaneRate(morgans: number): number {
  return (1 - exp(-2 * morgans)) / 2;
}

/**
 * Chance that the source of a gamete changes between a slot and the locus before it: a value a slot, -1 where a slot is not a
 * locus. The first locus of the genome has 0, the first of every other chromosome 1/2 (independent assortment).
 */
export function recombinationRates(layout: GenomeLayout, map: GeneticMap): Float32Array {
  const rates = new Float32Array(layout.stride).fill(-1);
  const { loci } = layout;
  const n = loci.length;
  const chromosomes = Math.min(map.chromosomes, n);
  const chromosomeOf = (locus: number) => Math.floor((locus * chromosomes) / n);
  for (let i = 0; i < n; i++) {
    const chromosome = chromosomeOf(i);
    const size = Math.ceil(((chromosome + 1) * n) / chromosomes) - Math.ceil((chromosome * n) / chromosomes);
    const opens = i === 0 || chromosomeOf(i - 1) !== chromosome;
    rates[loci[i].slot] = i === 0 ? 0 : opens ? 0.5 : haldaneRate(map.length / (size - 1));
  }
  for (const { segment, apart, length } of map.segments) {
    const own = loci.flatMap((locus, i) => (locus.segment === segment ? [i] : []));
    if (own.length === 0) continue;
    if (length !== undefined) {
      const rate = haldaneRate(length / Math.max(1, own.length - 1));
      for (const i of own.slice(1)) rates[loci[i].slot] = rate;
    }
    if (apart !== undefined && own[0] > 0) rates[loci[own[0]].slot] = apart;
  }
  return rates;
}
