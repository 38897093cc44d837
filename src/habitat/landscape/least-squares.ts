import { solvePositive } from '../../math/cholesky.ts';
import type { NamedStream } from '../../math/streams.ts';
import { meetNobody, type SampledLandscape } from './landscape.ts';

/**
 * Linear regression as a landscape: f(z) = -(1/2m) sum_k (a_k . z - y_k)^2 over m rows of data, with y_k = a_k . z* + noise, a_k
 * and z* standard normal. Its gradient is a mean over rows, so that minibatches estimate it, and each row's noise is known.
 * The optimum is known where there are at least twice as many rows as loci: with fewer it may hardly be determined.
 * @param noise standard deviation of the residuals at z*
 */
export function leastSquares(dimensions: number, rows: number, noise: number, stream: NamedStream): SampledLandscape {
  const inputs = Float64Array.from({ length: rows * dimensions }, () => stream.normal());
  const origin = Float64Array.from({ length: dimensions }, () => stream.normal());
  const targets = new Float64Array(rows);
  for (let k = 0; k < rows; k++) {
    let target = noise * stream.normal();
    for (let l = 0; l < dimensions; l++) target += inputs[k * dimensions + l] * origin[l];
    targets[k] = target;
  }
  const all = Int32Array.from({ length: rows }, (_, k) => k);
  const sampled: SampledLandscape['sampled'] = (genomes, at, chosen, out, outAt = 0) => {
    const count = chosen.length;
    out.fill(0, outAt, outAt + dimensions);
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const row = chosen[i] * dimensions;
      let residual = -targets[chosen[i]];
      for (let l = 0; l < dimensions; l++) residual += inputs[row + l] * genomes[at + l];
      squares += residual * residual;
      for (let l = 0; l < dimensions; l++) out[outAt + l] -= (residual * inputs[row + l]) / count;
    }
    return -squares / (2 * count);
  };
  const unused = new Float64Array(dimensions);
  const best = rows >= 2 * dimensions ? solveNormal(inputs, targets, dimensions) : undefined;
  return {
    dimensions,
    rows,
    meet: meetNobody,
    logFitness: (genomes, at) => sampled(genomes, at, all, unused),
    gradient(genomes, at, out, outAt = 0) {
      sampled(genomes, at, all, out, outAt);
    },
    sampled,
    ...(best ? { optimum: () => best.slice() } : {}),
  };
}

/** Least squares by the normal equations. */
function solveNormal(inputs: Float64Array, targets: Float64Array, dimensions: number): Float64Array {
  const matrix = new Float64Array(dimensions * dimensions);
  const right = new Float64Array(dimensions);
  for (let k = 0, row = 0; k < targets.length; k++, row += dimensions) {
    for (let a = 0; a < dimensions; a++) {
      right[a] += inputs[row + a] * targets[k];
      for (let b = 0; b < dimensions; b++) matrix[a * dimensions + b] += inputs[row + a] * inputs[row + b];
    }
  }
  return solvePositive(matrix, right);
}
