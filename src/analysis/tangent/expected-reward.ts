import { furtherTraits } from '../../population/further-traits.ts';
import type { PlanePopulation } from '../../population/plane-population.ts';
import type { GroundView } from '../../simulation/types.ts';
import { type PropertyGradient, propertyGradient } from './policy-twin.ts';

/** A trait of a row, or what it is in everybody where genomes carry no locus of it. */
export function further({ table }: PlanePopulation, row: number, id: string): number {
  if (table.has(id)) return table.f32(id)[row];
  return furtherTraits.find((trait) => trait.id === id)?.founder ?? 0;
}

/**
 * The reward that an organism's policy can expect of its last tick, given what it observed, and its gradient by the weights that learning
 * may move. Of the signals of reward only what is eaten depends on what is done in the same tick: reward = gene * chance to eat * share of
 * the appetite that eating brought, or would have brought on its cell of ground. (What is rare or never tried is not learned: the gradient
 * is in proportion to how often there is something.)
 * @param row of a living organism that learns
 */
export function expectedReward(population: PlanePopulation, ground: GroundView, row: number): PropertyGradient {
  const { table, layout, network, actions } = population;
  const width = table.stride('inputs');
  const inputs = table.f32('inputs').subarray(row * width, row * width + network.inputs);
  const eat = actions.findIndex(({ id }) => id === 'eat');
  const chance = propertyGradient(network, table.f32('weights'), row * layout.stride, inputs, { kind: 'chance', output: eat });
  const worth = (further(population, row, 'reward.energy') * gainOfEating(population, ground, row)) / table.f32('appetite')[row];
  const learnable = learnableFrom(population);
  return {
    value: worth * chance.value,
    gradient: chance.gradient.map((slope, slot) => (learnable(slot) ? worth * slope : 0)),
  };
}

/** Energy that eating brought in the last tick, or would have brought one who alone eats from its cell. */
function gainOfEating({ table }: PlanePopulation, ground: GroundView, row: number): number {
  if (table.f32('eat')[row] !== 0) return table.f32('intake')[row];
  const { cell, columns } = ground;
  const at = 4 * (Math.floor(table.f32('y')[row] / cell) * columns + Math.floor(table.f32('x')[row] / cell));
  const food = ground.values();
  const efficiency = table.f32('efficiency');
  let worth = 0;
  for (let lane = 0; lane < 3; lane++) worth += food[at + lane] * efficiency[4 * row + lane];
  const room = Math.max(0, table.f32('storage')[row] - table.f32('energy')[row]);
  const mouth = Math.min(table.f32('appetite')[row], room);
  // The mouth is spread over the foods by what they bring, and each is eaten up at most.
  let gain = 0;
  for (let lane = 0; lane < 3; lane++) {
    const use = efficiency[4 * row + lane];
    const want = worth > 1e-6 ? Math.min((food[at + lane] * use * mouth) / worth, food[at + lane]) : 0;
    gain += Math.max(0, want) * use;
  }
  return gain;
}

/** Which slots of the network learning moves, as its parameter `layers` says. */
function learnableFrom({ network, parameters }: PlanePopulation): (slot: number) => boolean {
  const { layers } = parameters.mechanisms.learning as unknown as { layers: 'all' | 'outputs' | 'biases' };
  if (layers === 'all') return () => true;
  const end = layers === 'biases' ? network.outputWeights : network.length;
  return (slot) => slot >= network.outputBias && slot < end;
}
