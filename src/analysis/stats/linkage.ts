import { log } from '../../math/elementary.ts';

/** Pairs of loci at a recombination rate. @experimental */
export interface LinkageBin {
  /** Map distance in Morgans by Haldane's function, from (included) to (excluded); both infinite for loci that segregate independently. */
  readonly from: number;
  readonly to: number;
  /** Pairs of loci that both vary. */
  readonly pairs: number;
  /** Mean squared correlation of their values over copies; NaN without pairs. */
  readonly r2: number;
}

/** Bounds of the bins, Morgans. @experimental */
export const linkageBounds: readonly number[] = [0, 0.01, 0.03, 0.1, 0.3, 1, Number.POSITIVE_INFINITY];

/**
 * Places of loci on the map by Haldane's function, -ln(1 - 2c)/2 Morgans between neighbours (Haldane 1919, J. Genet. 8: 299).
 * @param rates recombination rate of each locus with the one before it; 0.5 begins another chromosome
 * @returns chromosome and place (Morgans from its first locus) of each locus
 * @experimental
 */
export function mapPlaces(rates: ArrayLike<number>): { readonly chromosome: Int32Array; readonly morgans: Float64Array } {
  const [chromosome, morgans] = [new Int32Array(rates.length), new Float64Array(rates.length)];
  for (let l = 1; l < rates.length; l++) {
    const apart = rates[l] >= 0.5;
    chromosome[l] = chromosome[l - 1] + (apart ? 1 : 0);
    morgans[l] = apart ? 0 : morgans[l - 1] - log(1 - 2 * rates[l]) / 2;
  }
  return { chromosome, morgans };
}

/**
 * Linkage disequilibrium by map distance: mean r^2 of pairs of loci, the squared correlation of the values of their copies (Hill & Robertson 1968, Theor. Appl.
 * Genet. 38: 226; for two alleles it is D^2 / (p(1 - p) q(1 - q))). Independent loci have 1/(n - 1) in a sample of n copies.
 * @param values of n copies (haplotypes), `loci` each
 * @param rates as for `mapPlaces`
 * @param bounds of the bins; the last is infinite, and a further bin has the pairs on different chromosomes
 * @experimental
 */
export function linkageByDistance(
  values: Float32Array,
  loci: number,
  rates: ArrayLike<number>,
  bounds: readonly number[] = linkageBounds,
): LinkageBin[] {
  const n = loci === 0 ? 0 : values.length / loci;
  const { chromosome, morgans } = mapPlaces(rates);
  const scaled: { readonly locus: number; readonly column: Float64Array }[] = [];
  for (let l = 0; l < loci; l++) {
    const column = new Float64Array(n);
    let [mean, square] = [0, 0];
    for (let c = 0; c < n; c++) mean += values[c * loci + l] / n;
    for (let c = 0; c < n; c++) {
      column[c] = values[c * loci + l] - mean;
      square += column[c] * column[c];
    }
    // Rounding of the mean leaves a little where nothing varies.
    if (!(square > 1e-12 * n * (mean * mean + 1e-12))) continue;
    const root = Math.sqrt(square);
    for (let c = 0; c < n; c++) column[c] /= root;
    scaled.push({ locus: l, column });
  }
  const bins = bounds.length;
  const [pairs, sums] = [new Float64Array(bins), new Float64Array(bins)];
  for (const [a, one] of scaled.entries()) {
    for (const other of scaled.slice(0, a)) {
      let product = 0;
      for (let c = 0; c < n; c++) product += one.column[c] * other.column[c];
      const distance = Math.abs(morgans[one.locus] - morgans[other.locus]);
      const apart = chromosome[one.locus] !== chromosome[other.locus];
      const bin = apart ? bins - 1 : bounds.findIndex((bound) => distance < bound) - 1;
      pairs[bin]++;
      sums[bin] += product * product;
    }
  }
  return Array.from(pairs, (count, bin) => ({
    from: bounds[bin],
    to: bounds[bin + 1] ?? Number.POSITIVE_INFINITY,
    pairs: count,
    r2: count > 0 ? sums[bin] / count : Number.NaN,
  }));
}

/**
 * Lengths of runs of identity: maximal stretches of neighbouring loci of one chromosome at which two copies have the same allele.
 * @param one, @param other alleles of two copies, a value a locus
 * @param chromosome of each locus, as from `mapPlaces`
 * @returns lengths in loci, in their order along the genome
 * @experimental
 */
export function identityRuns(one: ArrayLike<number>, other: ArrayLike<number>, chromosome: ArrayLike<number>): number[] {
  const runs: number[] = [];
  let length = 0;
  for (let l = 0; l < one.length; l++) {
    if (length > 0 && (one[l] !== other[l] || chromosome[l] !== chromosome[l - 1])) {
      runs.push(length);
      length = 0;
    }
    if (one[l] === other[l]) length++;
  }
  if (length > 0) runs.push(length);
  return runs;
}
