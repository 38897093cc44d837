import { choleskyFactor, solveLower } from '../../math/cholesky.ts';
import type { PopulationWith } from '../../population/capabilities.ts';
import { propertyGradient } from '../tangent/policy-twin.ts';

/** The metric of effects on actions at the loci of a policy: how strongly a step of weights changes the actions. @experimental */
export interface EffectMetric {
  /** Places among the assayed loci, ascending. */
  readonly loci: readonly number[];
  /**
   * Fisher information of the distribution of actions by these weights, row by row; 1/locus unit squared. A step D changes actions by a
   * divergence of D^T F D / 2 an organism and tick.
   */
  readonly information: Float64Array;
}

/** Added to the diagonal, in mean entries of it: weights that at present affect no action would have a metric of 0. */
export const effectRidge = 0.05;

/** Most organisms whose observations are used. */
const mostObservers = 2000;

/**
 * Fisher information of inherited policies: the mean, over organisms (2,000 at most, evenly by age) and their latest observations, of grad log pi grad log pi^T. It is J^T J / variance for
 * Gaussian heads (before clamping), J^T J / (p (1 - p)) for Bernoulli heads (Amari 1998, Neural Comput. 10: 251). A level
 * and memory are not drawn; they count only through their effect on draws in the same tick.
 * @param slots of the assayed loci
 * @returns undefined if no locus of the policy is among them
 * @experimental
 */
export function effectMetric(population: PopulationWith<'policy'>, slots: ArrayLike<number>): EffectMetric | undefined {
  const {
    table,
    layout,
    count,
    policy: { network, actions },
  } = population;
  const loci = Array.from(slots, (_, l) => l).filter((l) => slots[l] < network.length);
  if (loci.length === 0 || count === 0) return undefined;
  const own = loci.map((l) => slots[l]);
  const d = loci.length;
  const information = new Float64Array(d * d);
  const [weights, inputs, width] = [table.f32('genome'), table.f32('inputs'), table.columns.inputs.width];
  const spreads = { turn: table.f32('policy.spread.turn'), thrust: table.f32('policy.spread.thrust') };
  const observers = observersOf(table.f64('id').subarray(0, count));
  for (const row of observers) {
    const seen = inputs.subarray(row * width, row * width + network.inputs);
    for (const [output, { id, head }] of actions.entries()) {
      if (head === 'level') continue;
      const property = id === 'turn' || id === 'thrust' ? { kind: id } : ({ kind: 'chance', output } as const);
      const { value, gradient } = propertyGradient(network, weights, row * layout.stride, seen, property);
      const variance = id === 'turn' || id === 'thrust' ? spreads[id][row] * spreads[id][row] : value * (1 - value);
      // A draw that is certain carries no information on weights: nor does it change with them, to first order.
      if (variance > 0) addOuter(information, gradient, own, 1 / (variance * observers.length));
    }
  }
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) information[j * d + i] = information[i * d + j];
  return { loci, information };
}

/** Rows of organisms, evenly over their ids. */
function observersOf(ids: Float64Array): number[] {
  const rows = Array.from(ids, (_, row) => row).sort((a, b) => ids[a] - ids[b]);
  const some = Math.min(rows.length, mostObservers);
  return Array.from({ length: some }, (_, k) => rows[Math.floor((k * rows.length) / some)]);
}

/** Adds to the lower triangle the outer product of a gradient with itself. */
function addOuter(sum: Float64Array, gradient: Float64Array, slots: readonly number[], factor: number): void {
  const d = slots.length;
  for (let i = 0; i < d; i++) {
    const one = factor * gradient[slots[i]];
    if (one === 0) continue;
    for (let j = 0; j <= i; j++) sum[i * d + j] += one * gradient[slots[j]];
  }
}

/** Coordinates in which the metric of effects is the plain one. */
export interface EffectCoordinates {
  /** L^T D of a step, L the factor of the metric. Rows of steps, one behind the other, likewise. */
  ofSteps(steps: Float64Array): Float64Array;
  /** L^-1 b of a gradient, which is a covector. */
  ofGradient(gradient: Float64Array): Float64Array;
  /** L^T C L of a covariance of steps. */
  ofCovariance(covariance: Float64Array): Float64Array;
}

/**
 * Coordinates of some loci of a policy. In them D . b is unchanged, and the cosine is D^T b / sqrt(D^T F D b^T F^-1 b), F with
 * `effectRidge` times its mean diagonal entry added to its diagonal.
 * @param loci places among the assayed loci
 * @returns undefined if the metric does not contain all of them, or no action depends on any
 */
export function effectCoordinates(
  { loci: all, information }: EffectMetric,
  loci: readonly number[],
): EffectCoordinates | undefined {
  const places = loci.map((l) => all.indexOf(l));
  const d = loci.length;
  if (places.includes(-1)) return undefined;
  const metric = Float64Array.from(
    { length: d * d },
    (_, at) => information[places[Math.floor(at / d)] * all.length + places[at % d]],
  );
  let trace = 0;
  for (let i = 0; i < d; i++) trace += metric[i * d + i];
  if (!(trace > 0)) return undefined;
  for (let i = 0; i < d; i++) metric[i * d + i] += (effectRidge * trace) / d;
  const lower = choleskyFactor(metric, d);
  const ofSteps = (steps: Float64Array) => {
    const moved = new Float64Array(steps.length);
    for (let at = 0; at < steps.length; at += d) {
      for (let i = 0; i < d; i++) {
        const step = steps[at + i];
        for (let j = 0; j <= i; j++) moved[at + j] += lower[i * d + j] * step;
      }
    }
    return moved;
  };
  return {
    ofSteps,
    // Rows of C are steps; C L, transposed, is L^T C.
    ofCovariance: (covariance) => ofSteps(transposed(ofSteps(covariance), d)),
    ofGradient: (gradient) => solveLower(lower, gradient),
  };
}

function transposed(matrix: Float64Array, d: number): Float64Array {
  const turned = new Float64Array(matrix.length);
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) turned[j * d + i] = matrix[i * d + j];
  return turned;
}
