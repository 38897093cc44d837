import { type PolicyProperty, propertyGradient } from '../analysis/tangent/policy-twin.ts';
import { geneticCovarianceOf, tangentMatrix } from '../analysis/tangent/tangent-covariance.ts';
import { type TangentChange, TangentWatch } from '../analysis/tangent/tangent-watch.ts';
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
  /** Since when changes are watched. */
  readonly since: number;
  /** What the organism has learned since, at what it observed then; absent where nobody learns. */
  readonly learned?: TangentChange;
  /** What has become of the population's genes since. */
  readonly inherited: TangentChange;
}

/** What the tangent of an organism is held against, from the first look at it on. */
export class TangentDesk {
  private watch: TangentWatch | undefined;

  /**
   * Undefined where the organism does not live, or has no policy.
   * @param anew whether changes are watched from now on
   */
  report(world: Simulation, name: string, id: number, anew = false): TangentReport | undefined {
    const population = world.populations.find((one) => one.name === name);
    if (!(population instanceof PlanePopulation)) return undefined;
    const row = population.rowOf(id);
    if (row < 0) return undefined;
    const { table, layout, network, actions, count } = population;
    const weights = table.f32(table.has('weights') ? 'weights' : 'genome');
    const inputs = table.f32('inputs').subarray(row * table.stride('inputs'), row * table.stride('inputs') + network.inputs);
    const properties = actions.map(
      ({ id: action, head }, output): PolicyProperty =>
        action === 'turn' || action === 'thrust' ? { kind: action } : { kind: head === 'level' ? 'output' : 'chance', output },
    );
    const found = properties.map((property) => propertyGradient(network, weights, row * layout.stride, inputs, property));
    const gradients = found.map(({ gradient }) => gradient);
    const former = this.watch;
    // A world that went back is another one, with populations of its own.
    const watch =
      anew || former?.id !== id || former.population !== population
        ? new TangentWatch(population, row, properties, world.tick)
        : former;
    this.watch = watch;
    const learned = watch.learned();
    // The policy's weights are the first loci of a genome.
    const genomes = { values: table.f32('genome'), count, stride: layout.stride, dimensions: network.length };
    return {
      actions: actions.map(({ title }, a) => ({ title, value: found[a].value })),
      tangent: tangentMatrix(gradients, gradients),
      genetic: Float64Array.from(gradients.flatMap((x) => gradients.map((y) => geneticCovarianceOf(genomes, x, y)))),
      since: watch.tick,
      ...(learned ? { learned } : {}),
      inherited: watch.inherited(),
    };
  }
}
