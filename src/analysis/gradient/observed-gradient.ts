import { solvePositive } from '../../math/cholesky.ts';
import { studentQuantile } from '../../math/student.ts';

/** A gradient of relative fitness from regression, with its uncertainty. @experimental */
export interface ObservedGradient {
  /** b, per unit of each column. */
  readonly gradient: Float64Array;
  /** Bounds of the 95 % interval over clades, entry by entry: of the shrunk gradient, if there is a ridge. NaN for fewer than five clades. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly clades: number;
  /** The ridge, as given. */
  readonly ridge: number;
  /** Mean over columns of variance / (variance + ridge): 1 if nothing was shrunk, 0 if everything was. */
  readonly kept: number;
}

/** Fewer clades leave no reliable interval. */
const fewestClades = 5;

/**
 * Lande and Arnold's (1983, Evolution 37: 1210) selection gradient b = (P + ridge I)^-1 Cov(w, z), w = W / mean W, by ridge regression,
 * since P of many loci is near singular. It is confounded by shared environment and linkage: never show it alone.
 * Members of a clade share luck and genes, so the interval comes from leaving out one clade at a time (jackknife: Efron & Tibshirani 1993, ch. 11),
 * with Student's quantile for the number of clades minus one.
 * @param rows `fitness.length` rows of `width` values, genomes or traits
 * @param clades of each row, any number that identifies one
 * @param ridge in units of the mean variance of a column; 0 for none
 * @throws {RangeError} for fewer than two rows, columns that differ in length, or a singular P without a ridge
 * @experimental
 */
export function observedGradient(
  rows: ArrayLike<number>,
  width: number,
  fitness: ArrayLike<number>,
  clades: ArrayLike<number>,
  ridge: number,
): ObservedGradient {
  if (clades.length !== fitness.length) throw new RangeError(`${fitness.length} organisms with ${clades.length} clades`);
  const all = Array.from({ length: fitness.length }, (_, i) => i);
  const means = meansOf(rows, width, fitness.length);
  const total = momentsOf(rows, width, fitness, all, means);
  const { gradient, kept } = regress(total, width, ridge);
  const members = new Map<number, number[]>();
  for (const i of all) {
    const own = members.get(clades[i]);
    if (own) own.push(i);
    else members.set(clades[i], [i]);
  }
  const count = members.size;
  const unknown = () => new Float64Array(width).fill(Number.NaN);
  if (count < fewestClades) return { gradient, low: unknown(), high: unknown(), clades: count, ridge, kept };
  const without = [...members.values()].map(
    (own) => regress(less(total, momentsOf(rows, width, fitness, own, means)), width, ridge).gradient,
  );
  const t = studentQuantile(0.975, count - 1);
  const half = gradient.map((_, l) => {
    const mean = without.reduce((sum, slopes) => sum + slopes[l] / count, 0);
    const square = without.reduce((sum, slopes) => sum + (slopes[l] - mean) * (slopes[l] - mean), 0);
    return t * Math.sqrt(((count - 1) / count) * square);
  });
  return {
    gradient,
    low: gradient.map((b, l) => b - half[l]),
    high: gradient.map((b, l) => b + half[l]),
    clades: count,
    ridge,
    kept,
  };
}

/**
 * The gradient alone, without its interval: for comparing two halves of the data.
 * @throws {RangeError} as `observedGradient`
 */
export function regressFitness(rows: ArrayLike<number>, width: number, fitness: ArrayLike<number>, ridge: number): Float64Array {
  const all = Array.from({ length: fitness.length }, (_, i) => i);
  const means = meansOf(rows, width, fitness.length);
  return regress(momentsOf(rows, width, fitness, all, means), width, ridge).gradient;
}

/** Sums over some rows, of values minus the means of all: of fitness w, values z, and their products. */
interface Moments {
  readonly count: number;
  readonly w: number;
  readonly z: Float64Array;
  readonly wz: Float64Array;
  /** Lower triangle of width x width. */
  readonly zz: Float64Array;
}

function meansOf(rows: ArrayLike<number>, width: number, count: number): Float64Array {
  const means = new Float64Array(width);
  for (let i = 0; i < count; i++) for (let l = 0; l < width; l++) means[l] += rows[i * width + l] / count;
  return means;
}

function momentsOf(
  rows: ArrayLike<number>,
  width: number,
  fitness: ArrayLike<number>,
  members: readonly number[],
  means: Float64Array,
): Moments {
  const [z, wz, zz] = [new Float64Array(width), new Float64Array(width), new Float64Array(width * width)];
  const away = new Float64Array(width);
  let w = 0;
  for (const i of members) {
    w += fitness[i];
    for (let l = 0; l < width; l++) away[l] = rows[i * width + l] - means[l];
    for (let a = 0; a < width; a++) {
      const one = away[a];
      z[a] += one;
      wz[a] += fitness[i] * one;
      for (let b = 0; b <= a; b++) zz[a * width + b] += one * away[b];
    }
  }
  return { count: members.length, w, z, wz, zz };
}

const less = (all: Moments, part: Moments): Moments => ({
  count: all.count - part.count,
  w: all.w - part.w,
  z: all.z.map((value, l) => value - part.z[l]),
  wz: all.wz.map((value, l) => value - part.wz[l]),
  zz: all.zz.map((value, at) => value - part.zz[at]),
});

function regress({ count, w, z, wz, zz }: Moments, width: number, ridge: number) {
  if (count < 2) throw new RangeError(`${count} organisms are too few for a regression`);
  const covariance = new Float64Array(width * width);
  let trace = 0;
  for (let a = 0; a < width; a++) {
    for (let b = 0; b <= a; b++) covariance[a * width + b] = (zz[a * width + b] - (z[a] * z[b]) / count) / count;
    trace += covariance[a * width + a];
  }
  const added = (ridge * trace) / width;
  for (let l = 0; l < width; l++) covariance[l * width + l] += added;
  const differential = wz.map((value, l) => value / w - z[l] / count);
  const gradient = solvePositive(covariance, differential);
  let kept = 0;
  for (let l = 0; l < width; l++) kept += (covariance[l * width + l] - added) / covariance[l * width + l] / width;
  return { gradient, kept };
}
