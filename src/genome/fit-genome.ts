import type { GenomeLayout } from './layout.ts';

/** A genome by the names of its loci, so that another world can read it. */
export interface NamedGenome {
  readonly ploidy: 1 | 2;
  readonly names: readonly string[];
  /** A value a locus, haplotypes one behind the other; locus units. */
  readonly values: readonly number[];
}

/** The whole genome of a row, by the names of its loci. @param genome `ploidy * stride` floats */
export function nameGenome({ loci, stride }: GenomeLayout, ploidy: 1 | 2, genome: ArrayLike<number>): NamedGenome {
  const values: number[] = [];
  for (let h = 0; h < ploidy; h++) for (const { slot } of loci) values.push(genome[h * stride + slot]);
  return { ploidy, names: loci.map(({ name }) => name), values };
}

/**
 * A genome in another layout, locus by locus of the same name. From two haplotypes to one it is their mean; from one to two it is
 * duplicated.
 * @param otherwise value of a locus that the genome lacks, by its slot
 * @returns values in the order of the layout's loci, haplotypes one behind the other; how many loci were missing, and how many of the
 * genome's loci have no place
 */
export function fitGenome(
  genome: NamedGenome,
  { loci }: GenomeLayout,
  ploidy: 1 | 2,
  otherwise: (slot: number) => number,
): { readonly loci: number[]; readonly missing: number; readonly unplaced: number } {
  const places = new Map(genome.names.map((name, place) => [name, place]));
  const { length } = genome.names;
  const valueAt = (h: number, place: number) => {
    const { values } = genome;
    if (genome.ploidy === 1) return values[place];
    return ploidy === 2 ? values[h * length + place] : (values[place] + values[length + place]) / 2;
  };
  let missing = 0;
  const fitted: number[] = [];
  for (let h = 0; h < ploidy; h++) {
    for (const { name, slot } of loci) {
      const place = places.get(name);
      if (place === undefined && h === 0) missing++;
      fitted.push(place === undefined ? otherwise(slot) : valueAt(h, place));
    }
  }
  const known = new Set(loci.map(({ name }) => name));
  return { loci: fitted, missing, unplaced: genome.names.filter((name) => !known.has(name)).length };
}
