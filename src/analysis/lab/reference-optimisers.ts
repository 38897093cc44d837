import { log } from '../../math/elementary.ts';
import { expm1 } from '../../math/expm1.ts';

/** Settings of the optimisers; each reads only its own. */
export interface OptimiserParameters {
  /** Learning rate eta: the length of a step per unit of gradient, or, if gradients are normalised, about that of a step. */
  readonly rate: number;
  /** Share of the last step that is kept, in [0, 1) (momentum). */
  readonly momentum?: number;
  /** Share of the mean square that is kept, in [0, 1) (RMSProp). */
  readonly decay?: number;
  /** Shares of the mean and the mean square that are kept, in [0, 1) (Adam). */
  readonly beta1?: number;
  readonly beta2?: number;
  /** Keeps a division from 0. */
  readonly epsilon?: number;
}

/** A step function over a gradient. It climbs: the gradient is that of log fitness, and the step is added to the genome. */
export interface Optimiser {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** Numbers that it remembers per locus; `state` holds this many for each locus, 0 at the start. */
  readonly memory: number;
  /**
   * Writes the step to `out` and what it remembers to `state`; it reads and keeps nothing else.
   * @param time number of this step, 1 for the first
   * @param gradient of log fitness at the place, or an estimate of it; as long as `out`
   */
  step(parameters: OptimiserParameters, state: Float64Array, time: number, gradient: ArrayLike<number>, out: Float64Array): void;
}

const sgd: Optimiser = {
  id: 'sgd',
  title: 'Gradient ascent',
  source: 'Robbins & Monro 1951, Ann. Math. Stat. 22: 400',
  memory: 0,
  step({ rate }, _state, _time, gradient, out) {
    for (let l = 0; l < out.length; l++) out[l] = rate * gradient[l];
  },
};

const momentum: Optimiser = {
  id: 'momentum',
  title: 'Momentum',
  source: 'Polyak 1964, USSR Comp. Math. Math. Phys. 4(5): 1 (heavy ball)',
  memory: 1,
  step({ rate, momentum: kept = 0.9 }, state, _time, gradient, out) {
    for (let l = 0; l < out.length; l++) {
      state[l] = kept * state[l] + rate * gradient[l];
      out[l] = state[l];
    }
  },
};

const rmsprop: Optimiser = {
  id: 'rmsprop',
  title: 'RMSProp',
  source: 'Tieleman & Hinton 2012, Neural Networks for Machine Learning, lecture 6.5',
  memory: 1,
  step({ rate, decay = 0.9, epsilon = 1e-8 }, state, _time, gradient, out) {
    for (let l = 0; l < out.length; l++) {
      state[l] = decay * state[l] + (1 - decay) * gradient[l] * gradient[l];
      out[l] = (rate * gradient[l]) / (Math.sqrt(state[l]) + epsilon);
    }
  },
};

const adagrad: Optimiser = {
  id: 'adagrad',
  title: 'Adagrad',
  source: 'Duchi, Hazan & Singer 2011, J. Mach. Learn. Res. 12: 2121 (diagonal)',
  memory: 1,
  step({ rate, epsilon = 1e-8 }, state, _time, gradient, out) {
    for (let l = 0; l < out.length; l++) {
      state[l] += gradient[l] * gradient[l];
      out[l] = (rate * gradient[l]) / (Math.sqrt(state[l]) + epsilon);
    }
  },
};

const adam: Optimiser = {
  id: 'adam',
  title: 'Adam',
  source: 'Kingma & Ba 2015, ICLR (arXiv:1412.6980), algorithm 1',
  memory: 2,
  step({ rate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }, state, time, gradient, out) {
    const dimensions = out.length;
    // 1 - beta^t, the factor by which means that began at 0 are too small.
    const started1 = beta1 > 0 ? -expm1(time * log(beta1)) : 1;
    const started2 = beta2 > 0 ? -expm1(time * log(beta2)) : 1;
    for (let l = 0; l < dimensions; l++) {
      const mean = beta1 * state[l] + (1 - beta1) * gradient[l];
      const square = beta2 * state[dimensions + l] + (1 - beta2) * gradient[l] * gradient[l];
      state[l] = mean;
      state[dimensions + l] = square;
      out[l] = (rate * (mean / started1)) / (Math.sqrt(square / started2) + epsilon);
    }
  },
};

/** Gradient methods for comparison with natural selection, on the same landscapes. */
export const referenceOptimisers: readonly Optimiser[] = [sgd, momentum, rmsprop, adagrad, adam];

/** The optimiser of that id; throws RangeError with the ids for another. */
export function referenceOptimiser(id: string): Optimiser {
  const found = referenceOptimisers.find((one) => one.id === id);
  if (found === undefined) {
    throw new RangeError(`no optimiser '${id}'; known: ${referenceOptimisers.map((one) => one.id).join(', ')}`);
  }
  return found;
}
