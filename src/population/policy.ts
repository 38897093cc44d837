import type { ColumnSpec } from '../ecs/table.ts';
import { actions as allActions } from '../policy/actions.ts';
import { planNetwork } from '../policy/network.ts';
import type { PlacedSense, Policy } from './capabilities.ts';

/** Turn, thrust and eat are offered everywhere. */
const alwaysOffered = 3;

/**
 * The policy of a population.
 * @param hidden number of hidden units
 * @param memory outputs that return as inputs in the next tick
 * @param offered actions beyond turn, thrust and eat
 */
export function planPolicy(
  senses: readonly PlacedSense[],
  offered: ReadonlySet<string>,
  { hidden, memory }: { readonly hidden: number; readonly memory: number },
): Policy {
  const actions = allActions.filter((action, i) => i < alwaysOffered || offered.has(action.id));
  const inputs = senses.reduce((sum, { labels }) => sum + labels.length, 0);
  return { network: planNetwork(inputs, hidden, actions.length + memory), senses, actions, memory };
}

/** Names of its inputs, in their order. */
export const inputLabelsOf = ({ senses }: Policy): readonly string[] => senses.flatMap(({ labels }) => labels);

/** Names of its outputs, in their order. */
export const outputLabelsOf = ({ actions, memory }: Policy): readonly string[] => [
  ...actions.map(({ id }) => id),
  ...Array.from({ length: memory }, (_, m) => `memory ${m + 1}`),
];

/** Columns that a policy needs in the table: what it decides, and what goes in and out of its network. */
export const policyColumns = ({ network, actions, memory }: Policy): { decisions: ColumnSpec[]; activity: ColumnSpec[] } => ({
  decisions: [
    ...actions.map(({ id }): ColumnSpec => ({ name: id, type: 'f32', kind: 'state' })),
    ...(memory > 0 ? [{ name: 'memory', type: 'f32', width: memory, kind: 'state' } as const] : []),
  ],
  activity: [
    { name: 'inputs', type: 'f32', width: Math.ceil(network.inputs / 4) * 4, kind: 'state' },
    { name: 'outputs', type: 'f32', width: network.outputBlocks * 4, kind: 'shown' },
  ],
});
