// The noise of steps that see a part of the data only, measured and predicted.

import type { SampledLandscape } from '../../habitat/landscape/landscape.ts';
import type { NamedStream } from '../../math/streams.ts';
import { covarianceSpread, type GenomeRows } from './genetic-covariance.ts';
import { type StepNoise, stepNoise } from './step-noise.ts';

export interface MinibatchQuestion {
  readonly landscape: SampledLandscape;
  /** The genome: the landscape's dimensions. */
  readonly at: ArrayLike<number>;
  /** Length of a step per unit of gradient. */
  readonly rate: number;
  /** Rows of data in a minibatch, drawn without replacement, in [1, rows]. */
  readonly batch: number;
  readonly stream: NamedStream;
}

export interface MinibatchNoise extends StepNoise {
  /** The trace of the steps' covariance by theory: rate^2 tr S / B (m - B) / (m - 1), S the covariance of the gradients of single rows. */
  readonly expectedTrace: number;
  /** The effective rank by theory, that of S. */
  readonly expectedRank: number;
}

/** Noise of `count` steps of minibatch gradient ascent from one place, beside the prediction of theory. */
export function minibatchNoise(question: MinibatchQuestion, count: number): MinibatchNoise {
  const { landscape, rate, batch } = question;
  const { dimensions, rows } = landscape;
  const { steps, gradients } = drawMinibatchSteps(question, count);
  const gradient = new Float64Array(dimensions);
  landscape.gradient(Float64Array.from(question.at), 0, gradient);
  const { trace, effectiveRank } = covarianceSpread(gradients);
  return {
    ...stepNoise({ values: steps, count, stride: dimensions, dimensions }, gradient),
    expectedTrace: ((rate * rate * trace) / batch) * ((rows - batch) / (rows - 1)),
    expectedRank: effectiveRank,
  };
}

/**
 * Steps of minibatch gradient ascent from one place: `count` rows of the landscape's dimensions, and the gradients by each row of
 * data alone. Throws RangeError for a batch that is not in [1, rows] or a genome of another length.
 */
export function drawMinibatchSteps(
  { landscape, at, rate, batch, stream }: MinibatchQuestion,
  count: number,
): { readonly steps: Float64Array; readonly gradients: GenomeRows } {
  const { dimensions, rows } = landscape;
  if (at.length !== dimensions) throw new RangeError(`the genome has ${at.length} loci, the landscape ${dimensions} dimensions`);
  if (!(Number.isInteger(batch) && batch >= 1 && batch <= rows)) {
    throw new RangeError(`a minibatch of ${batch} is not in [1, ${rows}], the rows of data`);
  }
  const place = Float64Array.from(at);
  landscape.meet(place, 1, dimensions, 0);
  // The gradient by a minibatch is the mean of those by its rows: each is computed once.
  const values = new Float64Array(rows * dimensions);
  for (let row = 0; row < rows; row++) landscape.sampled(place, 0, [row], values, row * dimensions);
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const steps = new Float64Array(count * dimensions);
  for (let step = 0; step < count; step++) {
    const to = step * dimensions;
    for (let k = 0; k < batch; k++) {
      // The beginning of a shuffle (Durstenfeld 1964), from whatever order the last one left.
      const other = k + stream.integer(rows - k);
      const row = order[other];
      order[other] = order[k];
      order[k] = row;
      for (let l = 0; l < dimensions; l++) steps[to + l] += (rate / batch) * values[row * dimensions + l];
    }
  }
  return { steps, gradients: { values, count: rows, stride: dimensions, dimensions } };
}
