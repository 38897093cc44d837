import { expectedReward, learnsFromReward } from '../analysis/tangent/expected-reward.ts';
import { type PolicyProperty, propertyGradient } from '../analysis/tangent/policy-twin.ts';
import { geneticCovarianceOf, tangentMatrix } from '../analysis/tangent/tangent-covariance.ts';
import { type TangentChange, TangentWatch } from '../analysis/tangent/tangent-watch.ts';
import { catalogueOf } from '../simulation/catalogue.ts';
import type { Simulation } from '../simulation/types.ts';

/** How the properties of one policy change together, at its latest observation. */
export interface TangentReport {
  /** Titles of the actions, and their chances or means; after them, with learning, the expected reward of a tick. */
  readonly properties: readonly { readonly title: string; readonly value: number }[];
  /** Number of actions among them. */
  readonly actions: number;
  /** Neural tangent covariance, a row a property: how fast the one changes when the weights climb the other. */
  readonly tangent: Float64Array;
  /** The same through the population's genetic covariance: how fast its mean changes when selection climbs the other. */
  readonly genetic: Float64Array;
  /** Tick since which changes are watched. */
  readonly since: number;
  /** What the organism has learned since, for its actions at the observation of that time; absent if reward is not learned. */
  readonly learned?: TangentChange;
  /** The effect of selection on them since; absent if it is not known. */
  readonly selected?: TangentChange;
}

/** Tangents of picked organisms, and the values since the first request for comparison. */
export class TangentQueries {
  private watch: TangentWatch | undefined;
  private stop: () => void = () => {};

  /** Another world, or another organism, is inspected. */
  clear(): void {
    this.stop();
    this.stop = () => {};
    this.watch = undefined;
  }

  /**
   * Undefined if the organism is dead, or has no policy.
   * @param restart whether changes are watched from now on
   */
  report(world: Simulation, name: string, id: number, restart = false): TangentReport | undefined {
    const population = world.populations.find((one) => one.name === name);
    if (!population?.has('policy') || !population.has('energy') || !world.ground) return undefined;
    const row = population.rowOf(id);
    if (row < 0) return undefined;
    const { table, layout, count } = population;
    const { network, actions } = population.policy;
    const { inputs: observed, genome } = table.columns;
    const weights = (table.find('weights') ?? genome).values;
    const inputs = observed.values.subarray(row * observed.width, row * observed.width + network.inputs);
    const properties = actions.map(
      ({ id: action, head }, output): PolicyProperty =>
        action === 'turn' || action === 'thrust' ? { kind: action } : { kind: head === 'level' ? 'output' : 'chance', output },
    );
    const found = [
      ...properties.map((property) => propertyGradient(network, weights, row * layout.stride, inputs, property)),
      ...(learnsFromReward(population, catalogueOf(world.scene).mechanisms)
        ? [expectedReward(population, world.ground, row)]
        : []),
    ];
    const titles = [...actions.map(({ title }) => title), 'Expected reward'];
    const gradients = found.map(({ gradient }) => gradient);
    // A world that went back is another one, with its own populations.
    if (restart || this.watch?.id !== id || this.watch.population !== population) {
      this.clear();
      this.watch = new TangentWatch(world, population, row, properties);
      this.stop = world.observe(this.watch);
    }
    const [learned, selected] = [this.watch.learned(), this.watch.selected()];
    // The policy's weights are the first loci of a genome.
    const genomes = { values: table.f32('genome'), count, stride: layout.stride, dimensions: network.length };
    return {
      properties: found.map(({ value }, p) => ({ title: titles[p], value })),
      actions: actions.length,
      tangent: tangentMatrix(gradients, gradients),
      genetic: Float64Array.from(gradients.flatMap((x) => gradients.map((y) => geneticCovarianceOf(genomes, x, y)))),
      since: this.watch.tick,
      ...(learned ? { learned } : {}),
      ...(selected ? { selected } : {}),
    };
  }
}
