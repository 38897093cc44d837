import { floatsNamed } from '../ecs/table.ts';
import { logistic32, tanh32 } from '../math/elementary.ts';
import type { PopulationWith } from '../population/capabilities.ts';
import { inputLabelsOf } from '../population/policy.ts';
import type { Simulation } from './types.ts';

/** Everything about one living organism that a person may want to see. */
export interface OrganismReport {
  readonly id: number;
  readonly population: string;
  /** Id of the parent, -1 for a founder. */
  readonly parent: number;
  readonly founder: number;
  readonly birthTick: number;
  readonly ageTicks: number;
  readonly generation: number;
  readonly offspring: number;
  readonly x: number;
  readonly y: number;
  /** Its body, if it is at a place and lives on energy. */
  readonly body?: {
    readonly headingX: number;
    readonly headingY: number;
    readonly energy: number;
    readonly storage: number;
  };
  readonly traits: readonly { id: string; title: string; unit: string; value: number }[];
  readonly segments: readonly { name: string; description: string; loci: readonly { name: string; value: number }[] }[];
  /** Its decisions, if it has a policy. */
  readonly policy?: PolicyReport;
}

/** The network with the activations of the last tick; weights in locus units. */
export interface PolicyReport {
  readonly inputs: readonly { label: string; value: number }[];
  readonly hidden: readonly number[];
  /** `value` is the output of the network, `text` is its meaning for the action. */
  readonly outputs: readonly { label: string; value: number; text: string }[];
  /** inputs x hidden */
  readonly inputWeights: readonly (readonly number[])[];
  readonly hiddenBias: readonly number[];
  /** hidden x outputs */
  readonly outputWeights: readonly (readonly number[])[];
  readonly outputBias: readonly number[];
}

/** What a network's output means: mean or chance, as the heads read it. */
function meaning(head: string, id: string, output: number): string {
  if (head === 'bernoulli') return `chance ${logistic32(output).toFixed(2)}`;
  if (head === 'level') return `level ${logistic32(output).toFixed(2)}`;
  return `mean ${(id === 'turn' ? tanh32(output) : logistic32(output)).toFixed(2)}`;
}

/** Report on a living organism, or undefined if it does not live. Reading changes nothing. */
export function inspectOrganism(simulation: Simulation, populationName: string, id: number): OrganismReport | undefined {
  const population = simulation.populations.find(({ name }) => name === populationName);
  const row = population?.rowOf(id) ?? -1;
  if (!population || row < 0) return undefined;
  const { table, layout, traits } = population;
  const genome = table.f32('genome').subarray(row * layout.stride, (row + 1) * layout.stride);
  const birthTick = table.i32('birthTick')[row];
  return {
    id,
    population: population.name,
    parent: table.f64('parent')[row],
    founder: table.f64('founder')[row],
    birthTick,
    ageTicks: simulation.tick - birthTick,
    generation: table.u32('generation')[row],
    offspring: table.u32('offspring')[row],
    x: table.f32('x')[row],
    y: table.f32('y')[row],
    traits: traits.map(({ id: trait, title, unit }) => ({ id: trait, title, unit, value: table.f32(floatsNamed(trait))[row] })),
    segments: layout.segments.map(({ name, description }) => ({
      name,
      description,
      loci: layout.loci
        .filter((locus) => locus.segment === name)
        .map((locus) => ({ name: locus.name, value: genome[locus.slot] })),
    })),
    ...(population.has('energy') && population.has('place')
      ? {
          body: {
            headingX: population.table.f32('headingX')[row],
            headingY: population.table.f32('headingY')[row],
            energy: population.table.f32('energy')[row],
            storage: population.table.f32('storage')[row],
          },
        }
      : {}),
    ...(population.has('policy') ? { policy: reportPolicy(population, row, genome) } : {}),
  };
}

function reportPolicy(population: PopulationWith<'policy'>, row: number, genome: Float32Array): PolicyReport {
  const { table } = population;
  const { network, actions, memory } = population.policy;
  const inputWidth = table.columns.inputs.width;
  const inputs = table.f32('inputs').subarray(row * inputWidth, row * inputWidth + network.inputs);
  const wide = network.hiddenBlocks * 4;
  const wideOut = network.outputBlocks * 4;
  const row1 = (i: number) =>
    Array.from(genome.subarray(network.inputWeights + i * wide, network.inputWeights + i * wide + network.hidden));
  const row2 = (h: number) =>
    Array.from(genome.subarray(network.outputWeights + h * wideOut, network.outputWeights + h * wideOut + network.outputs));
  const hiddenBias = Array.from(genome.subarray(0, network.hidden));
  const outputBias = Array.from(genome.subarray(network.outputBias, network.outputBias + network.outputs));
  const inputWeights = Array.from(inputs, (_, i) => row1(i));
  const outputWeights = hiddenBias.map((_, h) => row2(h));
  const hidden = hiddenBias.map((bias, h) => {
    let sum = bias;
    for (let i = 0; i < inputs.length; i++) sum = Math.fround(sum + Math.fround(inputs[i] * inputWeights[i][h]));
    return tanh32(sum);
  });
  const outputs = outputBias.map((bias, o) => {
    let sum = bias;
    for (let h = 0; h < hidden.length; h++) sum = Math.fround(sum + Math.fround(hidden[h] * outputWeights[h][o]));
    return sum;
  });
  const inputLabels = inputLabelsOf(population.policy);
  return {
    inputs: Array.from(inputs, (value, i) => ({ label: inputLabels[i], value })),
    hidden,
    outputs: outputs.map((value, o) => {
      const action = actions[o];
      return action
        ? { label: action.title.toLowerCase(), value, text: meaning(action.head, action.id, value) }
        : { label: `memory ${o - actions.length + 1} of ${memory}`, value, text: tanh32(value).toFixed(2) };
    }),
    inputWeights,
    hiddenBias,
    outputWeights,
    outputBias,
  };
}
