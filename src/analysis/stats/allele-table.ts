/**
 * Alleles of organisms: the allele of haplotype h of organism i at locus l is at `[(i * ploidy + h) * loci + l]`. Equal numbers are copies of one allele;
 * what makes two copies equal (their value, their origin, their founder) is up to the table's maker.
 * @experimental
 */
export interface AlleleTable {
  readonly organisms: number;
  readonly ploidy: 1 | 2;
  readonly loci: number;
  readonly alleles: Int32Array;
}

/** Alleles of a group at a locus, ascending, and the number of copies of each. @experimental */
export interface AlleleCounts {
  /** Copies of all alleles. */
  readonly copies: number;
  readonly alleles: Int32Array;
  readonly counts: Uint32Array;
}

/**
 * Counts the alleles of a group at a locus.
 * @param group places of organisms in the table
 * @experimental
 */
export function alleleCounts({ ploidy, loci, alleles }: AlleleTable, group: ArrayLike<number>, locus: number): AlleleCounts {
  const sorted = new Int32Array(group.length * ploidy);
  for (let g = 0, to = 0; g < group.length; g++) {
    for (let h = 0; h < ploidy; h++) sorted[to++] = alleles[(group[g] * ploidy + h) * loci + locus];
  }
  sorted.sort();
  const [found, counts] = [new Int32Array(sorted.length), new Uint32Array(sorted.length)];
  let kinds = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) found[kinds++] = sorted[i];
    counts[kinds - 1]++;
  }
  return { copies: sorted.length, alleles: found.subarray(0, kinds), counts: counts.subarray(0, kinds) };
}

/**
 * A table in which copies are equal where their values are, bit for bit: alleles are the bits of float32 values, 0 and -0 the same.
 * @param values laid out as `AlleleTable.alleles`
 * @experimental
 */
export function allelesOfValues(values: Float32Array, ploidy: 1 | 2, loci: number): AlleleTable {
  const alleles = new Int32Array(values.buffer, values.byteOffset, values.length).slice();
  for (let i = 0; i < alleles.length; i++) if (values[i] === 0) alleles[i] = 0;
  return { organisms: loci === 0 ? 0 : values.length / (ploidy * loci), ploidy, loci, alleles };
}
