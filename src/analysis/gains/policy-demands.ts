import type { ActionId } from '../../policy/actions.ts';
import type { PopulationWith } from '../../population/capabilities.ts';
import { inputLabelsOf } from '../../population/policy.ts';
import { propertyGradient } from '../tangent/policy-twin.ts';

/** What a step of a policy's weights does to an action, to first order. @experimental */
export interface PolicyDemand {
  readonly action: ActionId;
  /** The input that changes the action's output most, by its label; '' where the output itself changes more, whatever is observed. */
  readonly input: string;
  /** Change of the output, before its head, for an input one standard deviation above its mean: its sign says more or less. */
  readonly change: number;
}

/** Most organisms whose policies and observations are used. */
const mostObservers = 32;

/**
 * What a step of the weights asks of each action: the mean over organisms (32 at most, evenly by row) of the derivative, along the step, of each output and
 * of its slope by each input, at their latest observations. Slopes are central differences.
 * @param slots of the assayed loci
 * @param step a number a locus; locus units
 * @experimental
 */
export function policyDemands(
  population: PopulationWith<'policy'>,
  slots: ArrayLike<number>,
  step: ArrayLike<number>,
): readonly PolicyDemand[] {
  const {
    table,
    layout,
    count,
    policy: { network, actions },
  } = population;
  if (count === 0) return [];
  const along = new Float64Array(network.length);
  for (let l = 0; l < slots.length; l++) if (slots[l] < network.length) along[slots[l]] = step[l];
  const [weights, inputs, width] = [table.f32('genome'), table.f32('inputs'), table.columns.inputs.width];
  const some = Math.min(count, mostObservers);
  const rows = Array.from({ length: some }, (_, k) => Math.floor((k * count) / some));
  const labels = inputLabelsOf(population.policy);
  const spreads = labels.map((_, i) => deviation(Array.from({ length: count }, (_, row) => inputs[row * width + i])));
  return actions.map(({ id }, output): PolicyDemand => {
    let shift = 0;
    const slopes = new Float64Array(labels.length);
    for (const row of rows) {
      const seen = Float64Array.from(inputs.subarray(row * width, row * width + network.inputs));
      const derivative = () => {
        const { gradient } = propertyGradient(network, weights, row * layout.stride, seen, { kind: 'output', output });
        let sum = 0;
        for (let w = 0; w < along.length; w++) sum += gradient[w] * along[w];
        return sum;
      };
      shift += derivative() / some;
      for (const [i, spread] of spreads.entries()) {
        if (spread === 0) continue;
        const value = seen[i];
        seen[i] = value + spread / 2;
        const above = derivative();
        seen[i] = value - spread / 2;
        slopes[i] += (above - derivative()) / some;
        seen[i] = value;
      }
    }
    let most = 0;
    for (let i = 1; i < slopes.length; i++) if (Math.abs(slopes[i]) > Math.abs(slopes[most])) most = i;
    return slopes.length > 0 && Math.abs(slopes[most]) > Math.abs(shift)
      ? { action: id, input: labels[most], change: slopes[most] }
      : { action: id, input: '', change: shift };
  });
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return Math.sqrt(values.reduce((sum, value) => sum + ((value - mean) * (value - mean)) / values.length, 0));
}
