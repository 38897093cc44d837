import { exp } from '../../math/elementary.ts';
import { learningGenes } from '../../mechanisms/learning.ts';
import type { MechanismSet } from '../../mechanisms/mechanism-set.ts';
import { traitReader } from '../../population/trait-reader.ts';
import { catalogueOf } from '../../simulation/catalogue.ts';
import type { Observer, Simulation } from '../../simulation/types.ts';
import { DescendantCounter } from '../assay/descendant-counter.ts';
import { dot } from '../lab/direction.ts';
import { selectionDifferential } from '../price/price-decomposition.ts';
import { climbsReward, expectedReward, type Learner } from './expected-reward.ts';
import { type PolicyProperty, propertyGradient, propertyValues } from './policy-twin.ts';

/** Change of properties since a watch began: as predicted by the tangent at that time, and in fact. @experimental */
export interface TangentChange {
  /** A number a property. */
  readonly predicted: Float64Array;
  readonly measured: Float64Array;
}

/** Births for which a watch counts descendants: beyond them it reports no selection. */
const mostBirths = 300_000;

/**
 * Compares the tangent with actual changes, for the observation that an organism had when the watch began.
 *
 * Learning: dx = sum over ticks of alpha ntcov(x, U), U the expected reward of a tick and alpha the learning rate of that tick, with the
 * gradient of x at the start; compared with the change of x in that organism (policy gradient in expectation, Williams 1992; tailcalled 2022).
 *
 * Selection: the actual selection differential of the trait x among the organisms at the start, Cov(w, x) (Price 1970); compared with
 * grad x . Cov(w, genome), the same through the genetic tangent at the mean genome.
 *
 * Observe the simulation with it; the world does not depend on it.
 * @experimental
 */
export class TangentWatch implements Observer {
  readonly tick: number;
  readonly id: number;
  private readonly mechanisms: MechanismSet;
  private readonly inputs: Float64Array;
  private readonly own: readonly Float64Array[];
  private readonly values: Float64Array;
  /** Expected change of the weights by learning. */
  private readonly expected: Float64Array;
  private readonly counter: DescendantCounter;
  /** Of the organisms at the start, in the order of their ids: genomes, the network's stretch of them, and the resulting properties. */
  private readonly genomes: Float32Array;
  private readonly traits: readonly Float64Array[];
  private readonly ofMean: readonly Float64Array[];

  /** @param row of the organism in its population's table */
  constructor(
    simulation: Simulation,
    readonly population: Learner,
    row: number,
    private readonly properties: readonly PolicyProperty[],
  ) {
    const { table, layout } = population;
    const { network } = population.policy;
    const width = table.columns.inputs.width;
    this.mechanisms = catalogueOf(simulation.scene).mechanisms;
    this.tick = simulation.tick;
    this.id = table.f64('id')[row];
    this.inputs = Float64Array.from(table.f32('inputs').subarray(row * width, row * width + network.inputs));
    const weights = this.weightsOf(row);
    this.own = this.gradientsAt(weights);
    this.values = this.valuesAt(weights, 0);
    this.expected = new Float64Array(network.length);
    this.counter = new DescendantCounter(simulation, population);
    const { ancestors } = this.counter;
    const rows = new Map(Array.from({ length: population.count }, (_, r) => [table.f64('id')[r], r]));
    const all = table.f32('genome');
    this.genomes = new Float32Array(ancestors.length * network.length);
    const mean = new Float64Array(network.length);
    for (const [k, id] of ancestors.entries()) {
      const from = (rows.get(id) as number) * layout.stride;
      this.genomes.set(all.subarray(from, from + network.length), k * network.length);
      for (let slot = 0; slot < network.length; slot++) mean[slot] += all[from + slot] / ancestors.length;
    }
    this.ofMean = this.gradientsAt(mean);
    const values = Array.from(ancestors, (_, k) => this.valuesAt(this.genomes, k * network.length));
    this.traits = properties.map((_, p) => Float64Array.from(values, (own) => own[p]));
  }

  afterTick(simulation: Simulation): void {
    if (this.counter.size < mostBirths) this.counter.afterTick(simulation);
    const { population, expected } = this;
    const row = population.rowOf(this.id);
    if (row < 0 || !simulation.ground || !climbsReward(population, this.mechanisms)) return;
    const { gradient } = expectedReward(population, simulation.ground, row);
    const age = simulation.tick - population.table.i32('birthTick')[row];
    const halvings = (traitReader(population, learningGenes.halving)(row) * age) / 1000;
    const alpha = traitReader(population, learningGenes.rate)(row) * exp(-Math.LN2 * halvings);
    for (let slot = 0; slot < expected.length; slot++) expected[slot] += alpha * gradient[slot];
  }

  afterAct(simulation: Simulation): void {
    if (this.counter.size < mostBirths) this.counter.afterAct(simulation);
  }

  /** What the organism has learned; undefined if it is dead or reward is not learned by policy gradient now. */
  learned(): TangentChange | undefined {
    const row = this.population.rowOf(this.id);
    if (row < 0 || !climbsReward(this.population, this.mechanisms)) return undefined;
    return {
      predicted: Float64Array.from(this.own, (gradient) => dot(gradient, this.expected)),
      measured: this.valuesAt(this.weightsOf(row), 0).map((value, p) => value - this.values[p]),
    };
  }

  /** The effect of selection so far; undefined if there are no descendants, or the watch has lasted too long. */
  selected(): TangentChange | undefined {
    if (this.counter.size >= mostBirths) return undefined;
    const { length } = this.population.policy.network;
    const descendants = this.counter.count();
    const total = descendants.reduce((sum, number) => sum + number, 0);
    if (!(total > 0)) return undefined;
    const moved = new Float64Array(length);
    for (let k = 0; k < descendants.length; k++) {
      const weight = descendants[k] / total - 1 / descendants.length;
      for (let slot = 0; slot < length; slot++) moved[slot] += weight * this.genomes[k * length + slot];
    }
    return {
      predicted: Float64Array.from(this.ofMean, (gradient) => dot(gradient, moved)),
      measured: Float64Array.from(this.traits, (trait) => selectionDifferential(descendants, trait)),
    };
  }

  private weightsOf(row: number): Float64Array {
    const { table, layout, policy } = this.population;
    const from = row * layout.stride;
    return Float64Array.from(table.f32(table.has('weights') ? 'weights' : 'genome').subarray(from, from + policy.network.length));
  }

  private valuesAt(weights: ArrayLike<number>, at: number): Float64Array {
    return propertyValues(this.population.policy.network, weights, at, this.inputs, this.properties);
  }

  private gradientsAt(weights: ArrayLike<number>): Float64Array[] {
    return this.properties.map(
      (property) => propertyGradient(this.population.policy.network, weights, 0, this.inputs, property).gradient,
    );
  }
}
