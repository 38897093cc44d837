import { studentQuantile } from '../../math/student.ts';
import type { AlleleTable } from './allele-table.ts';

/** Effective size by linkage disequilibrium. @experimental */
export interface LinkageSize {
  /** Pairs of loci on different chromosomes that both vary. */
  readonly pairs: number;
  /**
   * Squared covariance of organisms between alleles of two loci over the product of their variances, a ratio of sums over all pairs of loci and of their alleles.
   * Loci count by their diversity, so that rare alleles count little. NaN without pairs.
   */
  readonly r2: number;
  /** `r2` minus 1/(S - 1), which S organisms show without any disequilibrium: it is what drift made. */
  readonly excess: number;
  /** Standard error of `excess`: the jackknife over organisms, whose shared parents make pairs of loci depend on each other. */
  readonly error: number;
  /** Organisms; infinite where `excess` is not above 0. */
  readonly size: number;
  /** Bounds of the 95 % interval of `size`. */
  readonly low: number;
  readonly high: number;
}

/**
 * Effective size at which drift makes as much disequilibrium of loci that segregate independently: 1/(3 Ne) in a generation of random pairs (Hill 1981, Genet.
 * Res. 38: 209), with the second-order term of Waples 2006 (Conserv. Genet. 7: 167), r^2 = 1/(3 Ne) - 0.69/Ne^2. Below 4 organisms the term is left at its largest.
 * @param excess squared correlation above that of the sample
 * @experimental
 */
export function sizeOfLinkage(excess: number): number {
  if (!(excess > 0)) return excess <= 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  return (1 / 3 + Math.sqrt(Math.max(0, 1 / 9 - 2.76 * excess))) / (2 * excess);
}

/**
 * Effective size by linkage disequilibrium of a sample at one time. Pairs of loci enter that lie on different chromosomes and vary in the sample; an allele is
 * a number of copies, 0 to the ploidy, so that haplotypes need not be known. The mean over random orders of one locus is 1/(S - 1) exactly, which is
 * the correction for the size S of the sample.
 * @param group places of organisms in the table
 * @param chromosome of each locus, as from `mapPlaces`
 * @experimental
 */
export function linkageEffectiveSize(table: AlleleTable, group: ArrayLike<number>, chromosome: ArrayLike<number>): LinkageSize {
  const n = group.length;
  const all = new KernelSum(n);
  const parts = new KernelParts(n);
  const one = new KernelSum(n);
  for (let from = 0; from < table.loci; ) {
    let to = from + 1;
    while (to < table.loci && chromosome[to] === chromosome[from]) to++;
    one.kernel.fill(0);
    const varying = addSharedAlleles(table, group, from, to, one.kernel);
    if (varying > 0) {
      all.add(one);
      parts.take(one, varying);
    }
    from = to;
  }
  if (parts.pairs === 0 || n < 4) {
    const none = Number.NaN;
    return { pairs: parts.pairs, r2: none, excess: none, error: none, size: none, low: none, high: none };
  }
  const { r2, without } = ratios(all, parts, n);
  const excess = r2 - 1 / (n - 1);
  let [mean, squares] = [0, 0];
  for (const one of without) mean += one / n;
  for (const one of without) squares += (one - mean) * (one - mean);
  const error = Math.sqrt(((n - 1) / n) * squares);
  const reach = studentQuantile(0.975, n - 1) * error;
  return {
    pairs: parts.pairs,
    r2,
    excess,
    error,
    size: sizeOfLinkage(excess),
    low: sizeOfLinkage(excess + reach),
    high: sizeOfLinkage(excess - reach),
  };
}

/** Alleles that two organisms share, summed over loci; its inner products with others are squared covariances of loci, summed over their alleles. */
class KernelSum {
  readonly kernel: Float64Array;

  constructor(readonly n: number) {
    this.kernel = new Float64Array(n * n);
  }

  add({ kernel }: KernelSum): void {
    for (let k = 0; k < kernel.length; k++) this.kernel[k] += kernel[k];
  }

  /**
   * Trace and square of the kernel, and the same without each organism in turn. Leaving out i moves the mean of the rest by x_i/(n - 1): with v the row of
   * i and d its own entry, the trace falls by d n/(n - 1), the square by 2 n/(n - 1) sum v^2 + (1 - 1/(n - 1)^2) d^2.
   */
  moments() {
    const { n, kernel } = this;
    const [traces, squares] = [new Float64Array(n), new Float64Array(n)];
    let [trace, square] = [0, 0];
    for (let i = 0; i < n; i++) {
      let row = 0;
      for (let j = 0; j < n; j++) row += kernel[i * n + j] * kernel[i * n + j];
      const own = kernel[i * n + i];
      const a = 1 / (n - 1);
      trace += own;
      square += row;
      traces[i] = own * (1 + a);
      squares[i] = 2 * (1 + a) * (row - own * own) + (1 - a * a) * own * own;
    }
    for (let i = 0; i < n; i++) [traces[i], squares[i]] = [trace - traces[i], square - squares[i]];
    return { trace, square, traces, squares };
  }
}

/** Sums over chromosomes of what loci of one chromosome have with each other, which is to be left out. */
class KernelParts {
  square = 0;
  traceSquare = 0;
  readonly squares: Float64Array;
  readonly traceSquares: Float64Array;
  private loci = 0;
  private within = 0;

  constructor(n: number) {
    this.squares = new Float64Array(n);
    this.traceSquares = new Float64Array(n);
  }

  take(chromosome: KernelSum, varying: number): void {
    const { trace, square, traces, squares } = chromosome.moments();
    this.square += square;
    this.traceSquare += trace * trace;
    for (let i = 0; i < squares.length; i++) {
      this.squares[i] += squares[i];
      this.traceSquares[i] += traces[i] * traces[i];
    }
    this.loci += varying;
    this.within += varying * varying;
  }

  get pairs(): number {
    return (this.loci * this.loci - this.within) / 2;
  }
}

/** The ratio, and what is above 1/(S - 2) without each organism in turn. */
function ratios(all: KernelSum, parts: KernelParts, n: number) {
  const { trace, square, traces, squares } = all.moments();
  const without = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const variances = traces[i] * traces[i] - parts.traceSquares[i];
    // Without organisms that carry all variants of all chromosomes but one, there are no pairs left.
    without[i] = variances > 1e-9 * trace * trace ? (squares[i] - parts.squares[i]) / variances - 1 / (n - 2) : 0;
  }
  return { r2: (square - parts.square) / (trace * trace - parts.traceSquare), without };
}

/** Adds the centred kernels of the loci from `from` to `to` - 1. @returns loci that vary */
function addSharedAlleles(
  { ploidy, loci, alleles }: AlleleTable,
  group: ArrayLike<number>,
  from: number,
  to: number,
  kernel: Float64Array,
): number {
  const n = group.length;
  const copies = new Int32Array(n * ploidy);
  let varying = 0;
  for (let l = from; l < to; l++) {
    let varies = false;
    for (let i = 0; i < n; i++) {
      for (let h = 0; h < ploidy; h++) copies[i * ploidy + h] = alleles[(group[i] * ploidy + h) * loci + l];
      const [one, other] = [copies[i * ploidy], copies[(i + 1) * ploidy - 1]];
      const [a, b] = [copies[0], copies[ploidy - 1]];
      if (!((one === a && other === b) || (one === b && other === a))) varies = true;
    }
    // Where all organisms are the same heterozygote, none has more of an allele than another.
    if (!varies) continue;
    varying++;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let shared = 0;
        for (let g = i * ploidy; g < (i + 1) * ploidy; g++) {
          for (let h = j * ploidy; h < (j + 1) * ploidy; h++) if (copies[g] === copies[h]) shared++;
        }
        kernel[i * n + j] += shared;
      }
    }
  }
  if (varying > 0) centre(kernel, n);
  return varying;
}

/** Completes the lower half to a symmetric matrix and takes means of rows and columns out. */
function centre(kernel: Float64Array, n: number): void {
  const means = new Float64Array(n);
  let mean = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) kernel[j * n + i] = kernel[i * n + j];
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) means[i] += kernel[i * n + j] / n;
    mean += means[i] / n;
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) kernel[i * n + j] += mean - means[i] - means[j];
}
