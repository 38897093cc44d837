import { rationalTanh, rationalTanhSlope } from '../../math/elementary.ts';
import type { NetworkPlan } from '../../policy/network.ts';

/** A property of a policy and its gradient by the weights. */
export interface PropertyGradient {
  readonly value: number;
  /** As long as the network's stretch of a genome; 0 at padding. */
  readonly gradient: Float64Array;
}

/**
 * What can be asked of a policy given an observation: an output before its head, the chance of a Bernoulli action, or the mean of a
 * Gaussian one (turn between -1 and 1, thrust between 0 and 1).
 */
export type PolicyProperty =
  | { readonly kind: 'output'; readonly output: number }
  | { readonly kind: 'chance'; readonly output: number }
  | { readonly kind: 'turn' | 'thrust' };

/**
 * A property of a policy and its gradient by backpropagation in float64, with the rational activation that all policies have: the
 * twin that the float32 kernels are held against.
 * @param weights at `at` the network's stretch, as the forward kernel reads it
 * @param inputs the observation, `plan.inputs` numbers
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
  const activity = new Float64Array(hidden);
  const slope = new Float64Array(hidden);
  for (let h = 0; h < hidden; h++) {
    let sum = weights[at + h];
    for (let i = 0; i < plan.inputs; i++) sum += inputs[i] * weights[at + plan.inputWeights + i * width + h];
    activity[h] = rationalTanh(sum);
    slope[h] = rationalTanhSlope(sum);
  }
  const o = 'output' in property ? property.output : property.kind === 'turn' ? 0 : 1;
  let output = weights[at + plan.outputBias + o];
  for (let h = 0; h < hidden; h++) output += activity[h] * weights[at + plan.outputWeights + h * outputWidth + o];
  const [value, by] = head(property, output);
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

/** Value of a head and its slope by the output. */
function head({ kind }: PolicyProperty, output: number): readonly [value: number, slope: number] {
  if (kind === 'output') return [output, 1];
  if (kind === 'turn') return [rationalTanh(output), rationalTanhSlope(output)];
  return [0.5 + 0.5 * rationalTanh(0.5 * output), 0.25 * rationalTanhSlope(0.5 * output)];
}
