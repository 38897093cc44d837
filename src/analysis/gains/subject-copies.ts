import { cladeDeviations } from '../assay/clade-deviations.ts';
import { geneticCovariance } from '../lab/genetic-covariance.ts';
import type { Covariances } from './gains-of-step.ts';
import type { CopiesAt } from './interval.ts';

/** Mean over the copies of some organisms, a number a locus. */
export function meanCopy({ values, loci, ploidy }: CopiesAt, places: readonly number[]): Float64Array {
  const mean = new Float64Array(loci);
  for (const k of places) {
    for (let at = k * ploidy * loci, to = at + ploidy * loci; at < to; at += loci) {
      for (let l = 0; l < loci; l++) mean[l] += values[at + l];
    }
  }
  return mean.map((sum) => sum / (places.length * ploidy));
}

/** Copies for each locus below which random directions are drawn from the copies themselves. */
const fewCopies = 0.5;

/**
 * Covariances of the copies of some organisms, which steps are compared with; and the mean number over loci of the clades.
 * @param clades with them, also the covariances within clades and of clades
 */
export function covariancesOfCopies(
  opened: CopiesAt,
  places: readonly number[],
  clades: Uint32Array | undefined,
): Covariances & { readonly clades?: number } {
  const { values, loci, ploidy } = opened;
  const copies = places.length * ploidy;
  const rows = new Float64Array(copies * loci);
  let to = 0;
  for (const k of places) {
    for (let at = k * ploidy * loci, end = at + ploidy * loci; at < end; at++) rows[to++] = values[at];
  }
  const covariance = (of: Float64Array) => geneticCovariance({ values: of, count: copies, stride: loci, dimensions: loci });
  if (!clades) {
    const whole = covariance(rows);
    return copies < fewCopies * loci ? { whole, few: deviationsOf(rows, loci) } : { whole };
  }
  const { whole, within, between, numberOf } = cladeDeviations(rows, clades, loci);
  return { whole: covariance(whole), within: covariance(within), between: covariance(between), clades: numberOf };
}

/** Rows minus their mean. */
function deviationsOf(rows: Float64Array, loci: number): Float64Array {
  const mean = new Float64Array(loci);
  for (let at = 0; at < rows.length; at++) mean[at % loci] += (rows[at] * loci) / rows.length;
  return rows.map((value, at) => value - mean[at % loci]);
}
