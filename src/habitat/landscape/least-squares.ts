import { solvePositive } from '../../math/cholesky.ts';
import type { NamedStream } from '../../math/streams.ts';
import { type Genomes, meetNobody, type SampledLandscape } from './landscape.ts';

/**
 * Linear regression as a landscape: f(z) = -(1/2m) sum_k (a_k . z - y_k)^2 over m rows of data, with y_k = a_k . z* + noise, a_k
 * and z* standard normal. Its gradient is a mean over rows, so that minibatches estimate it, and each row's noise is known.
 * The optimum is known if there are at least twice as many rows as loci: with fewer it may be poorly determined.
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
  const known = rows >= 2 * dimensions ? roundOptimum(inputs, targets, dimensions) : undefined;
  const unused = new Float64Array(dimensions);
  return {
    dimensions,
    rows,
    meet: meetNobody,
    logFitness: known
      ? (genomes, at) => known.best.height - 0.5 * known.pull(genomes, at, unused, 0)
      : (genomes, at) => sampled(genomes, at, all, unused),
    gradient(genomes, at, out, outAt = 0) {
      if (known) known.pull(genomes, at, out, outAt);
      else sampled(genomes, at, all, out, outAt);
    },
    sampled,
    ...(known ? { optimum: () => known.best.place.slice() } : {}),
  };
}

/**
 * The same as a bowl round the optimum by the normal equations, which takes d^2 multiplications instead of d for each row.
 * `pull` writes the gradient -A (z - z*)/m and returns (z - z*) A (z - z*)/m.
 */
function roundOptimum(inputs: Float64Array, targets: Float64Array, d: number) {
  const rows = targets.length;
  const matrix = new Float64Array(d * d);
  const right = new Float64Array(d);
  for (let k = 0, row = 0; k < rows; k++, row += d) {
    for (let a = 0; a < d; a++) {
      right[a] += (inputs[row + a] * targets[k]) / rows;
      for (let b = 0; b < d; b++) matrix[a * d + b] += (inputs[row + a] * inputs[row + b]) / rows;
    }
  }
  const place = solvePositive(matrix, right);
  let squares = 0;
  for (let k = 0; k < rows; k++) {
    let residual = -targets[k];
    for (let l = 0; l < d; l++) residual += inputs[k * d + l] * place[l];
    squares += residual * residual;
  }
  const away = new Float64Array(d);
  return {
    best: { place, height: -squares / (2 * rows) },
    pull(genomes: Genomes, at: number, out: Float64Array, outAt: number): number {
      for (let l = 0; l < d; l++) away[l] = genomes[at + l] - place[l];
      let square = 0;
      for (let a = 0; a < d; a++) {
        let sum = 0;
        for (let b = 0; b < d; b++) sum += matrix[a * d + b] * away[b];
        out[outAt + a] = -sum;
        square += away[a] * sum;
      }
      return square;
    },
  };
}
