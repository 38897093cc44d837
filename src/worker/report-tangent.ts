import { type PolicyProperty, propertyGradient } from '../analysis/tangent/policy-twin.ts';
import { geneticCovarianceOf, tangentMatrix } from '../analysis/tangent/tangent-covariance.ts';
import { PlanePopulation } from '../population/plane-population.ts';
import type { Simulation } from '../simulation/types.ts';

/** How the actions of one policy hang together, at what it observed last. */
export interface TangentReport {
  /** Titles of the actions, and their chances or means. */
  readonly actions: readonly { readonly title: string; readonly value: number }[];
  /** Neural tangent covariance, a row an action: how fast the one changes when the weights climb the other. */
  readonly tangent: Float64Array;
  /** The same through the population's genetic covariance: how fast its mean changes when selection climbs the other. */
  readonly genetic: Float64Array;
}

/** Undefined where the organism does not live, or has no policy. */
export function reportTangent(world: Simulation, name: string, id: number): TangentReport | undefined {
  const population = world.populations.find((one) => one.name === name);
  if (!(population instanceof PlanePopulation)) return undefined;
  const row = population.rowOf(id);
  if (row < 0) return undefined;
  const { table, layout, network, actions, count } = population;
  const weights = table.f32(table.has('weights') ? 'weights' : 'genome');
  const inputs = table.f32('inputs').subarray(row * table.stride('inputs'), row * table.stride('inputs') + network.inputs);
  const found = actions.map(({ id: action, title, head }, output) => {
    const property: PolicyProperty =
      action === 'turn' || action === 'thrust' ? { kind: action } : { kind: head === 'level' ? 'output' : 'chance', output };
    return { title, ...propertyGradient(network, weights, row * layout.stride, inputs, property) };
  });
  const gradients = found.map(({ gradient }) => gradient);
  // The policy's weights are the first loci of a genome.
  const genomes = { values: table.f32('genome'), count, stride: layout.stride, dimensions: network.length };
  return {
    actions: found.map(({ title, value }) => ({ title, value })),
    tangent: tangentMatrix(gradients, gradients),
    genetic: Float64Array.from(gradients.flatMap((x) => gradients.map((y) => geneticCovarianceOf(genomes, x, y)))),
  };
}
