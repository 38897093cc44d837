import type { Census, LocusCensus } from './types.ts';

/** Values of one locus of all copies of a census, haplotypes of an organism side by side. */
export function ofLocus(values: ArrayLike<number>, { loci, ploidy }: LocusCensus, count: number, l: number): Float64Array {
  const found = new Float64Array(count * ploidy);
  for (let k = 0; k < count; k++) {
    for (let h = 0; h < ploidy; h++) found[k * ploidy + h] = values[(k * loci + l) * ploidy + h];
  }
  return found;
}

/** A number for each copy; copies of the same haplotype of organisms with the same number share it. */
function named(numbers: ArrayLike<number>, { ploidy }: LocusCensus, count: number): Float64Array {
  const names = new Float64Array(count * ploidy);
  for (let k = 0; k < count; k++) for (let h = 0; h < ploidy; h++) names[k * ploidy + h] = numbers[k] * ploidy + h;
  return names;
}

/** Number of a copy from outside: a separate clade and family. */
const alone = (copy: number): number => -1 - copy;

/**
 * Origins of the copies of a locus: 0 from outside, otherwise 1 + place * ploidy + haplotype at the census before.
 * @returns undefined if they were not followed since then
 */
export function sourcesOf(census: Census, before: Census, l: number): Float64Array | undefined {
  const { locus, count, clade } = census;
  if (!locus) return undefined;
  if (locus.origins) return ofLocus(locus.origins, locus, count, l);
  if (locus.descent !== 'clades') return undefined;
  const { ploidy } = locus;
  const places = new Map(Array.from(before.id, (id, place): [number, number] => [id, place]));
  return Float64Array.from({ length: count * ploidy }, (_, c) => {
    const place = places.get(clade[Math.floor(c / ploidy)]);
    return place === undefined ? 0 : 1 + place * ploidy + (c % ploidy);
  });
}

/** Clades of the copies of a locus: by the copy at the census before from which each descends. Any number may name a clade. */
export function cladesOfCopies({ locus, count, clade }: Census, l: number): Float64Array {
  if (!locus) throw new RangeError('the census has no copies of loci; set record.census.loci');
  if (!locus.origins) return named(clade, locus, count);
  return ofLocus(locus.origins, locus, count, l).map((code, c) => code || alone(c));
}

/**
 * Families of the copies of a locus: by the copy at the census before the last from which each descends.
 * @param before the census before; without it families are clades
 */
export function familiesOfCopies(census: Census, before: Census | undefined, l: number): Float64Array {
  const { locus, count, clade } = census;
  if (!locus || !before) return cladesOfCopies(census, l);
  if (!locus.origins) {
    const former = new Map(Array.from(before.id, (id, k): [number, number] => [id, before.clade[k]]));
    return named(
      Float64Array.from(clade, (one) => former.get(one) ?? one),
      locus,
      count,
    );
  }
  const earlier = before.locus ? cladesOfCopies(before, l) : undefined;
  return ofLocus(locus.origins, locus, count, l).map((code, c) => (code === 0 || !earlier ? alone(c) : earlier[code - 1]));
}
