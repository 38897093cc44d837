import { dot } from '../lab/direction.ts';
import { type GenomeRows, timesCovariance } from '../lab/genetic-covariance.ts';

/**
 * Neural tangent covariance of two properties of one network, grad x . grad y: how fast x changes when the weights climb y,
 * dx/dt = ntcov(x, y) under dw/dt = grad y (tailcalled 2022).
 * @experimental
 */
export function tangentCovariance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return dot(x, y);
}

/**
 * Its matrix J_x J_y^T for vectors of properties: rows of gradients by the same weights.
 * @returns `x.length` rows of `y.length` numbers
 * @experimental
 */
export function tangentMatrix(x: readonly ArrayLike<number>[], y: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from(x.flatMap((one) => y.map((two) => dot(one, two))));
}

/**
 * The genetic twin, gcov(x, y) = grad x . G . grad y: how fast the population's mean of x changes when selection climbs y (Price's
 * equation in continuous time, with the gradients at the mean genome).
 * @param genomes the stretch of the genomes by which the gradients are taken
 * @experimental
 */
export function geneticCovarianceOf(genomes: GenomeRows, x: ArrayLike<number>, y: ArrayLike<number>): number {
  return dot(x, timesCovariance(genomes, y));
}
