import { rationalTanh, rationalTanhSlope } from '../../math/elementary.ts';
import type { NetworkPlan } from '../../policy/network.ts';

/** A property of a policy and its gradient by the weights. @experimental */
export interface PropertyGradient {
  readonly value: number;
  /** As long as the network's stretch of a genome; 0 at padding. */
  readonly gradient: Float64Array;
}

/**
 * A property of a policy given an observation: an output before its head, the chance of a Bernoulli action, or the mean of a
 * Gaussian one (turn between -1 and 1, thrust between 0 and 1).
 * @experimental
 */
export type PolicyProperty =
  | { readonly kind: 'output'; readonly output: number }
  | { readonly kind: 'chance'; readonly output: number }
  | { readonly kind: 'turn' | 'thrust' };

/**
 * A property of a policy and its gradient by backpropagation in float64, with the rational activation that all policies have: the
 * reference with which the float32 kernels are compared.
 * @param weights at `at` the network's stretch, as the forward kernel reads it
 * @param inputs the observation, `plan.inputs` numbers
 * @experimental
 */
export function propertyGradient(
  plan: NetworkPlan,
  weights: ArrayLike<number>,
  at: number,
  inputs: ArrayLike<number>,
  property: PolicyProperty,
): PropertyGradient {
  const { hidden, hiddenBlocks, outputBlocks } = plan;
  const width = 4 * hiddenBlocks;
  const outputWidth = 4 * outputBlocks;
  const sums = hiddenSums(plan, weights, at, inputs);
  const activity = sums.map(rationalTanh);
  const slope = sums.map(rationalTanhSlope);
  const o = outputOf(property);
  const [value, by] = head(property, outputSum(plan, weights, at, activity, o));
  const gradient = new Float64Array(plan.length);
  gradient[plan.outputBias + o] = by;
  for (let h = 0; h < hidden; h++) {
    const w = plan.outputWeights + h * outputWidth + o;
    gradient[w] = by * activity[h];
    const back = by * weights[at + w] * slope[h];
    gradient[h] = back;
    for (let i = 0; i < plan.inputs; i++) gradient[plan.inputWeights + i * width + h] = back * inputs[i];
  }
  return { value, gradient };
}

/** Only the values of several properties, from one pass through the network. */
export function propertyValues(
  plan: NetworkPlan,
  weights: ArrayLike<number>,
  at: number,
  inputs: ArrayLike<number>,
  properties: readonly PolicyProperty[],
): Float64Array {
  const activity = hiddenSums(plan, weights, at, inputs).map(rationalTanh);
  return Float64Array.from(
    properties,
    (property) => head(property, outputSum(plan, weights, at, activity, outputOf(property)))[0],
  );
}

/** Input to each hidden unit. */
function hiddenSums(
  { hidden, hiddenBlocks, inputs: count, inputWeights }: NetworkPlan,
  weights: ArrayLike<number>,
  at: number,
  inputs: ArrayLike<number>,
): Float64Array {
  const width = 4 * hiddenBlocks;
  const sums = new Float64Array(hidden);
  for (let h = 0; h < hidden; h++) {
    let sum = weights[at + h];
    for (let i = 0; i < count; i++) sum += inputs[i] * weights[at + inputWeights + i * width + h];
    sums[h] = sum;
  }
  return sums;
}

/** Input to an output. */
function outputSum(
  { outputBias, outputWeights, outputBlocks }: NetworkPlan,
  weights: ArrayLike<number>,
  at: number,
  activity: Float64Array,
  output: number,
): number {
  let sum = weights[at + outputBias + output];
  for (let h = 0; h < activity.length; h++) sum += activity[h] * weights[at + outputWeights + h * 4 * outputBlocks + output];
  return sum;
}

const outputOf = (property: PolicyProperty) => ('output' in property ? property.output : property.kind === 'turn' ? 0 : 1);

/** Value of a head and its slope by the output. */
function head({ kind }: PolicyProperty, output: number): readonly [value: number, slope: number] {
  if (kind === 'output') return [output, 1];
  if (kind === 'turn') return [rationalTanh(output), rationalTanhSlope(output)];
  return [0.5 + 0.5 * rationalTanh(0.5 * output), 0.25 * rationalTanhSlope(0.5 * output)];
}
