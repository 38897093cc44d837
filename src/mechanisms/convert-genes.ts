import { drawPoisson, drawUniform } from '../math/draws.ts';
import { log } from '../math/elementary.ts';
import type { Births } from '../population/births.ts';

/** How often and how much of a gamete is converted. */
export interface Conversion {
  /** Expected tracts in a gamete. */
  readonly conversions: number;
  /** Mean length of a tract where no chromosome ends it, loci. */
  readonly tract: number;
}

/** Draws of a gamete are made at this tick, which no world reaches: the kernel's are keyed by slots. */
const lifelong = 0xffff_ffff;
/** Most tracts of a gamete, so that the second gamete has draws of its own. */
const mostTracts = 1000;

/** The locus after the last one of the chromosome of each locus, of `n` loci on equal chromosomes. */
export function chromosomeEnds(n: number, chromosomes: number): Int32Array {
  const many = Math.min(chromosomes, n);
  return Int32Array.from({ length: n }, (_, locus) => Math.ceil(((Math.floor((locus * many) / n) + 1) * n) / many));
}

/**
 * Converts genes of gametes that have been formed from two sources: in each of a Poisson number of tracts the gamete has the other source than
 * before. A tract begins at any locus with the same chance, has a geometric length, and ends with its chromosome; the loci around it are not exchanged.
 * Source of the model: Andolfatto & Nordborg (1998), Genetics 148: 1397.
 * @param ends of `chromosomeEnds`
 */
export function convertGenes(
  births: Births,
  { conversions, tract }: Conversion,
  ends: Int32Array,
  stream: readonly [number, number],
): void {
  const { population, count, firstRow } = births;
  const { table, ploidy } = population;
  const { loci } = population.layout;
  const mates = births.mateRows();
  const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
  // P(length > k) = (1 - 1 / tract)^k.
  const stay = tract > 1 ? log(1 - 1 / tract) : Number.NEGATIVE_INFINITY;
  for (let k = 0; k < count; k++) {
    if (mates[k] < 0) continue;
    const child = firstRow + k;
    for (let g = 0; g < ploidy; g++) {
      let draw = g * (2 * mostTracts + 1);
      const tracts = Math.min(mostTracts, drawPoisson(stream, low[child], high[child], lifelong, draw, conversions));
      for (let i = 0; i < tracts; i++) {
        const start = Math.floor(drawUniform(stream, low[child], high[child], lifelong, ++draw) * loci.length);
        const length = 1 + Math.floor(log(1 - drawUniform(stream, low[child], high[child], lifelong, ++draw)) / stay);
        convertTract(births, k, g, start, Math.min(start + length, ends[start]));
      }
    }
  }
}

/** From locus `from` to the one before `to` gamete `g` of newborn `k` has the other source than before. */
function convertTract(births: Births, k: number, g: number, from: number, to: number): void {
  const { population, firstRow, maskWords } = births;
  const { table, ploidy, haplotypes, layout } = population;
  const { loci, stride } = layout;
  const masks = births.masks();
  const at = (k * ploidy + g) * maskWords;
  const gamete = table.f32(haplotypes[g]);
  const [parent, mate] = [births.parentRows()[k], births.mateRows()[k]];
  for (let locus = from; locus < to; locus++) {
    const { slot } = loci[locus];
    masks[at + (slot >> 5)] ^= 1 << (slot & 31);
    const isSecond = ((masks[at + (slot >> 5)] >>> (slot & 31)) & 1) === 1;
    // Sources of a haploid are two organisms; of a gamete of a diploid, the two haplotypes of one.
    const row = ploidy === 1 ? (isSecond ? mate : parent) : g === 0 ? parent : mate;
    const column = ploidy === 2 && isSecond ? 1 : 0;
    gamete[(firstRow + k) * stride + slot] = table.f32(haplotypes[column])[row * stride + slot];
  }
}
