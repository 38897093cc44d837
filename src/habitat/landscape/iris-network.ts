import { exp, log, tanh } from '../../math/elementary.ts';
import { irisMillimetres, irisSpecies } from './iris-data.ts';
import type { Genomes } from './landscape.ts';

const INPUTS = 4;
const CLASSES = irisSpecies.length;
const ROWS = irisMillimetres.length / INPUTS;

/** Weights of a network of `hidden` hidden units: 8 for each, and 3. */
export function irisWeights(hidden: number): number {
  return (INPUTS + 1) * hidden + (hidden + 1) * CLASSES;
}

/** Measurements minus their mean over all flowers, in standard deviations (divisor 150). */
function standardised(): Float64Array {
  const inputs = Float64Array.from(irisMillimetres);
  for (let column = 0; column < INPUTS; column++) {
    let sum = 0;
    for (let row = 0; row < ROWS; row++) sum += inputs[row * INPUTS + column];
    const mean = sum / ROWS;
    let square = 0;
    for (let row = 0; row < ROWS; row++) {
      const away = (inputs[row * INPUTS + column] -= mean);
      square += away * away;
    }
    const deviation = Math.sqrt(square / ROWS);
    for (let row = 0; row < ROWS; row++) inputs[row * INPUTS + column] /= deviation;
  }
  return inputs;
}

/** A network 4 - hidden (tanh) - 3 (softmax) that classifies the iris species. */
export interface IrisNetwork {
  readonly weights: number;
  readonly rows: number;
  /** Mean cross-entropy over the rows given, in nats; by default over all 150. The genome's loci from `at` on are the weights. */
  loss(genomes: Genomes, at: number, rows?: ArrayLike<number>): number;
  /** The same, with the gradient of the loss by the weights written to out[outAt .. outAt+weights-1] (backpropagation). */
  lossAndGradient(genomes: Genomes, at: number, out: Float64Array, outAt: number, rows?: ArrayLike<number>): number;
  /** Share of the 150 flowers whose most probable species is the right one. */
  accuracy(genomes: Genomes, at: number): number;
}

/**
 * The network's loss on Fisher's data. Weights in order: for each hidden unit its 4 input weights and bias, then for each species
 * its weights from the hidden units and bias.
 */
export function irisNetwork(hidden: number): IrisNetwork {
  const inputs = standardised();
  const weights = irisWeights(hidden);
  const outputsAt = (INPUTS + 1) * hidden;
  const units = new Float64Array(hidden);
  const chances = new Float64Array(CLASSES);
  const speciesOf = (row: number) => Math.floor((row * CLASSES) / ROWS);

  /** Runs the network on a row: hidden units, then the chance of each species; returns the row's cross-entropy. */
  const judge = (genomes: Genomes, at: number, row: number): number => {
    const from = row * INPUTS;
    for (let unit = 0, w = at; unit < hidden; unit++, w += INPUTS + 1) {
      let sum = genomes[w + INPUTS];
      for (let k = 0; k < INPUTS; k++) sum += genomes[w + k] * inputs[from + k];
      units[unit] = tanh(sum);
    }
    let most = -Infinity;
    for (let c = 0, w = at + outputsAt; c < CLASSES; c++, w += hidden + 1) {
      let sum = genomes[w + hidden];
      for (let unit = 0; unit < hidden; unit++) sum += genomes[w + unit] * units[unit];
      chances[c] = sum;
      most = Math.max(most, sum);
    }
    const right = chances[speciesOf(row)] - most;
    let total = 0;
    for (let c = 0; c < CLASSES; c++) total += chances[c] = exp(chances[c] - most);
    for (let c = 0; c < CLASSES; c++) chances[c] /= total;
    return log(total) - right;
  };
  /** Adds the row's gradient, after `judge`. */
  const blame = (genomes: Genomes, at: number, row: number, out: Float64Array, outAt: number) => {
    chances[speciesOf(row)] -= 1;
    for (let c = 0, w = outAt + outputsAt; c < CLASSES; c++, w += hidden + 1) {
      for (let unit = 0; unit < hidden; unit++) out[w + unit] += chances[c] * units[unit];
      out[w + hidden] += chances[c];
    }
    for (let unit = 0, w = outAt; unit < hidden; unit++, w += INPUTS + 1) {
      let back = 0;
      for (let c = 0; c < CLASSES; c++) back += chances[c] * genomes[at + outputsAt + c * (hidden + 1) + unit];
      back *= 1 - units[unit] * units[unit];
      for (let k = 0; k < INPUTS; k++) out[w + k] += back * inputs[row * INPUTS + k];
      out[w + INPUTS] += back;
    }
  };
  const rowCount = (rows?: ArrayLike<number>): number => {
    const count = rows ? rows.length : ROWS;
    if (count === 0) throw new RangeError('iris: no rows of data; give at least one');
    return count;
  };

  return {
    weights,
    rows: ROWS,
    loss(genomes, at, rows) {
      const count = rowCount(rows);
      let sum = 0;
      for (let i = 0; i < count; i++) sum += judge(genomes, at, rows ? rows[i] : i);
      return sum / count;
    },
    lossAndGradient(genomes, at, out, outAt, rows) {
      const count = rowCount(rows);
      out.fill(0, outAt, outAt + weights);
      let sum = 0;
      for (let i = 0; i < count; i++) {
        const row = rows ? rows[i] : i;
        sum += judge(genomes, at, row);
        blame(genomes, at, row, out, outAt);
      }
      for (let k = 0; k < weights; k++) out[outAt + k] /= count;
      return sum / count;
    },
    accuracy(genomes, at) {
      let right = 0;
      for (let row = 0; row < ROWS; row++) {
        judge(genomes, at, row);
        if (chances.indexOf(Math.max(...chances)) === speciesOf(row)) right++;
      }
      return right / ROWS;
    },
  };
}
