import type { GenomePicture } from '../../../worker/landscape/genome-picture.ts';

/** What a locus of a needle is: right, wrong, or left open to be tried in life. */
export const alleles = ['right', 'open', 'wrong'] as const;

/** Index of what a locus is. @param open distance from 0 up to which it is open */
export const alleleOf = (value: number, open: number): 0 | 1 | 2 => (value > open ? 0 : value < -open ? 2 : 1);

/** A picture of genomes, row by row from its upper edge. */
export interface GenomeCells {
  readonly rows: number;
  readonly columns: number;
  /** What each locus is, as an index of `alleles`. */
  readonly cells: Uint8Array;
  /** Shares of all loci, in the order of `alleles`. */
  readonly shares: readonly number[];
}

/** Sorts genomes: those with the fewest wrong loci come first, and among these those with the fewest open ones. */
export function genomeCells({ values, dimensions, open }: GenomePicture): GenomeCells {
  const rows = dimensions > 0 ? values.length / dimensions : 0;
  const found = Uint8Array.from(values, (value) => alleleOf(value, open));
  const counts = Array.from({ length: rows }, (_, row) => {
    const own = found.subarray(row * dimensions, (row + 1) * dimensions);
    return [0, 1, 2].map((allele) => own.filter((one) => one === allele).length);
  });
  const order = [...counts.keys()].sort((a, b) => counts[a][2] - counts[b][2] || counts[a][1] - counts[b][1] || a - b);
  const cells = new Uint8Array(found.length);
  order.forEach((row, at) => {
    cells.set(found.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
  });
  const shares = alleles.map((_, allele) => counts.reduce((sum, own) => sum + own[allele], 0) / Math.max(1, found.length));
  return { rows, columns: dimensions, cells, shares };
}
