import { learningGenes } from '../../mechanisms/learning.ts';
import type { MechanismSet } from '../../mechanisms/mechanism-set.ts';
import type { PopulationWith } from '../../population/capabilities.ts';
import { traitReader } from '../../population/trait-reader.ts';
import type { GroundView } from '../../simulation/types.ts';
import { type PropertyGradient, propertyGradient } from './policy-twin.ts';

/** Organisms that can learn from what they eat. */
export type Learner = PopulationWith<'policy' | 'energy'>;

interface LearningParameters {
  readonly on: boolean;
  readonly rule: string;
  readonly layers: 'all' | 'outputs' | 'biases';
}

const learningOf = ({ parameters }: Learner) => parameters.mechanisms.learning as unknown as LearningParameters | undefined;

/**
 * Whether policies learn now, from a reward whose expectation is known; learning may be switched on and off while the world runs.
 */
export const learnsFromReward = (population: Learner, mechanisms: MechanismSet): boolean =>
  learningOf(population)?.on === true &&
  !mechanisms.all().some(({ id, changesIntake }) => changesIntake && population.parameters.mechanisms[id]?.on);

/** Whether the current rule is the policy gradient, the only rule whose effect is known to first order. */
export const climbsReward = (population: Learner, mechanisms: MechanismSet): boolean =>
  learnsFromReward(population, mechanisms) && learningOf(population)?.rule === 'policy-gradient';

/**
 * The reward that an organism's policy can expect of its last tick, given its observation, and its gradient by the weights that learning
 * may move. Among the signals of reward only intake depends on actions in the same tick: reward = gene * chance to eat * share of
 * the appetite that eating brought, or would have brought on its cell or patch. (Rare or untried actions are not learned: the gradient
 * is in proportion to how often there is something.)
 * @param row of a living organism that learns
 * @experimental
 */
export function expectedReward(population: Learner, ground: GroundView, row: number): PropertyGradient {
  const {
    table,
    layout,
    policy: { network, actions },
  } = population;
  const width = table.columns.inputs.width;
  const inputs = table.f32('inputs').subarray(row * width, row * width + network.inputs);
  const eat = actions.findIndex(({ id }) => id === 'eat');
  const chance = propertyGradient(network, table.f32('weights'), row * layout.stride, inputs, { kind: 'chance', output: eat });
  const gene = traitReader(population, learningGenes.energy)(row);
  const worth = (gene * gainOfEating(population, ground, row)) / table.f32('appetite')[row];
  const learnable = learnableFrom(population);
  return {
    value: worth * chance.value,
    gradient: chance.gradient.map((slope, slot) => (learnable(slot) ? worth * slope : 0)),
  };
}

/** Energy that eating brought in the last tick, or would have brought to a single eater on its cell or patch. */
function gainOfEating({ table }: Learner, ground: GroundView, row: number): number {
  if (table.f32('eat')[row] !== 0) return table.f32('intake')[row];
  const food = ground.foodAt(table.f32('x')[row], table.f32('y')[row]);
  const efficiency = table.f32('efficiency');
  let worth = 0;
  for (let lane = 0; lane < 3; lane++) worth += food[lane] * efficiency[4 * row + lane];
  const room = Math.max(0, table.f32('storage')[row] - table.f32('energy')[row]);
  const mouth = Math.min(table.f32('appetite')[row], room);
  // The appetite is divided among the foods by what they yield, and each is eaten up at most.
  let gain = 0;
  for (let lane = 0; lane < 3; lane++) {
    const use = efficiency[4 * row + lane];
    const want = worth > 1e-6 ? Math.min((food[lane] * use * mouth) / worth, food[lane]) : 0;
    gain += Math.max(0, want) * use;
  }
  return gain;
}

/** Which slots of the network learning moves, as its parameter `layers` says. */
function learnableFrom(population: Learner): (slot: number) => boolean {
  const { network } = population.policy;
  const layers = learningOf(population)?.layers ?? 'all';
  if (layers === 'all') return () => true;
  const end = layers === 'biases' ? network.outputWeights : network.length;
  return (slot) => slot >= network.outputBias && slot < end;
}
