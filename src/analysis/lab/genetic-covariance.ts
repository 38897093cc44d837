/** Genomes of a population: `count` rows, `stride` floats apart, `dimensions` loci first in each. @experimental */
export interface GenomeRows {
  readonly values: Float32Array | Float64Array;
  readonly count: number;
  readonly stride: number;
  readonly dimensions: number;
}

/** Mean genome; NaN without genomes. @experimental */
export function meanGenome({ values, count, stride, dimensions }: GenomeRows): Float64Array {
  const mean = new Float64Array(dimensions);
  for (let row = 0, at = 0; row < count; row++, at += stride) for (let l = 0; l < dimensions; l++) mean[l] += values[at + l];
  for (let l = 0; l < dimensions; l++) mean[l] /= count;
  return mean;
}

/** Genomes minus their mean, `count` rows of `dimensions`, one behind the other. */
function centred(genomes: GenomeRows): Float64Array {
  const { values, count, stride, dimensions } = genomes;
  const mean = meanGenome(genomes);
  const rows = new Float64Array(count * dimensions);
  for (let row = 0, to = 0; row < count; row++) {
    for (let l = 0; l < dimensions; l++, to++) rows[to] = values[row * stride + l] - mean[l];
  }
  return rows;
}

/**
 * Additive genetic covariance G, `dimensions` rows one behind the other: the population covariance of the loci (divisor N).
 * @experimental
 */
export function geneticCovariance(genomes: GenomeRows): Float64Array {
  const { count, dimensions } = genomes;
  const rows = centred(genomes);
  const covariance = new Float64Array(dimensions * dimensions);
  for (let row = 0, from = 0; row < count; row++, from += dimensions) {
    for (let a = 0; a < dimensions; a++) {
      const one = rows[from + a];
      if (one === 0) continue;
      const line = a * dimensions;
      for (let b = a; b < dimensions; b++) covariance[line + b] += one * rows[from + b];
    }
  }
  for (let a = 0; a < dimensions; a++) {
    for (let b = a; b < dimensions; b++) {
      const value = covariance[a * dimensions + b] / count;
      covariance[a * dimensions + b] = value;
      covariance[b * dimensions + a] = value;
    }
  }
  return covariance;
}

/**
 * G v as the covariance of each locus with z . v: no matrix, N d multiplications. G grad f is Lande's (1979) response.
 * @experimental
 */
export function timesCovariance(genomes: GenomeRows, vector: ArrayLike<number>): Float64Array {
  const { values, count, stride, dimensions } = genomes;
  const mean = meanGenome(genomes);
  const product = new Float64Array(dimensions);
  for (let row = 0, at = 0; row < count; row++, at += stride) {
    let projection = 0;
    for (let l = 0; l < dimensions; l++) projection += (values[at + l] - mean[l]) * vector[l];
    for (let l = 0; l < dimensions; l++) product[l] += projection * (values[at + l] - mean[l]);
  }
  for (let l = 0; l < dimensions; l++) product[l] /= count;
  return product;
}

/** The sum of the eigenvalues of G, and its effective number of directions. */
export interface CovarianceSpread {
  /** tr G, the sum of the loci's variances. */
  readonly trace: number;
  /** tr(G^2), the sum of squared eigenvalues. */
  readonly traceOfSquare: number;
  /** (tr G)^2 / tr(G^2), from 1 to the smaller of d and N - 1; NaN if nothing varies. */
  readonly effectiveRank: number;
}

/**
 * The traces of G and G^2 and its effective rank, exactly: the sum of squares of G's entries, or of those of the N x N matrix
 * of inner products (divided by N), which has the same eigenvalues, whichever is smaller. N d min(N, d) / 2 multiplications.
 */
export function covarianceSpread(genomes: GenomeRows): CovarianceSpread {
  const { count, dimensions } = genomes;
  const rows = centred(genomes);
  let trace = 0;
  for (let i = 0; i < rows.length; i++) trace += rows[i] * rows[i];
  trace /= count;
  let traceOfSquare = 0;
  if (dimensions <= count) {
    const covariance = geneticCovariance(genomes);
    for (let i = 0; i < covariance.length; i++) traceOfSquare += covariance[i] * covariance[i];
  } else {
    for (let a = 0; a < count; a++) {
      for (let b = 0; b <= a; b++) {
        let product = 0;
        for (let l = 0; l < dimensions; l++) product += rows[a * dimensions + l] * rows[b * dimensions + l];
        traceOfSquare += (a === b ? 1 : 2) * product * product;
      }
    }
    traceOfSquare /= count * count;
  }
  return { trace, traceOfSquare, effectiveRank: (trace * trace) / traceOfSquare };
}
