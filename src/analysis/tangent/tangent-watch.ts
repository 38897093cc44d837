import type { PlanePopulation } from '../../population/plane-population.ts';
import { dot } from '../lab/direction.ts';
import { type PolicyProperty, propertyGradient, propertyValues } from './policy-twin.ts';

/** How far properties have moved since the watch began: as their gradients of then say, and in fact. */
export interface TangentChange {
  /** A number a property: its gradient of then times what the weights have moved. */
  readonly predicted: Float64Array;
  readonly measured: Float64Array;
}

/**
 * Holds the tangent against what happens: what properties of an organism's policy do as it learns, and their means over its
 * population as genes change, for the observation that it had when the watch began. To first order dx = grad x . dw; where the measured
 * change departs from that, the network has bent.
 */
export class TangentWatch {
  readonly tick: number;
  readonly id: number;
  private readonly inputs: Float64Array;
  private readonly weights: Float64Array;
  private readonly own: readonly Float64Array[];
  private readonly values: Float64Array;
  private readonly meanGenome: Float64Array;
  private readonly ofMean: readonly Float64Array[];
  private readonly means: Float64Array;

  /** @param row of the organism in its population's table */
  constructor(
    readonly population: PlanePopulation,
    row: number,
    private readonly properties: readonly PolicyProperty[],
    tick: number,
  ) {
    const { table, network } = population;
    const width = table.stride('inputs');
    this.tick = tick;
    this.id = table.f64('id')[row];
    this.inputs = Float64Array.from(table.f32('inputs').subarray(row * width, row * width + network.inputs));
    this.weights = this.stretch(this.acts, row);
    const gradients = (weights: Float64Array) =>
      properties.map((property) => propertyGradient(network, weights, 0, this.inputs, property).gradient);
    this.own = gradients(this.weights);
    this.values = propertyValues(network, this.weights, 0, this.inputs, properties);
    this.meanGenome = this.meanOfGenomes();
    this.ofMean = gradients(this.meanGenome);
    this.means = this.meansOfProperties();
  }

  /** What the organism has learned; undefined where it does not live or nobody learns. */
  learned(): TangentChange | undefined {
    const { population, properties } = this;
    const row = population.rowOf(this.id);
    if (row < 0 || this.acts === 'genome') return undefined;
    const now = this.stretch(this.acts, row);
    const moved = now.map((weight, slot) => weight - this.weights[slot]);
    const values = propertyValues(population.network, now, 0, this.inputs, properties);
    return {
      predicted: Float64Array.from(this.own, (gradient) => dot(gradient, moved)),
      measured: values.map((value, p) => value - this.values[p]),
    };
  }

  /** What has become of the population's genes: its mean genome's move, and the means of properties over all the living. */
  inherited(): TangentChange {
    const mean = this.meanOfGenomes();
    const moved = mean.map((value, slot) => value - this.meanGenome[slot]);
    return {
      predicted: Float64Array.from(this.ofMean, (gradient) => dot(gradient, moved)),
      measured: this.meansOfProperties().map((value, p) => value - this.means[p]),
    };
  }

  /** Column of the weights that an organism acts by. */
  private get acts(): 'weights' | 'genome' {
    return this.population.table.has('weights') ? 'weights' : 'genome';
  }

  private stretch(column: 'weights' | 'genome', row: number): Float64Array {
    const { table, layout, network } = this.population;
    const from = row * layout.stride;
    return Float64Array.from(table.f32(column).subarray(from, from + network.length));
  }

  private meanOfGenomes(): Float64Array {
    const { table, layout, network, count } = this.population;
    const genomes = table.f32('genome');
    const mean = new Float64Array(network.length);
    for (let row = 0; row < count; row++) {
      for (let slot = 0, at = row * layout.stride; slot < network.length; slot++, at++) mean[slot] += genomes[at] / count;
    }
    return mean;
  }

  private meansOfProperties(): Float64Array {
    const { population, properties, inputs } = this;
    const { table, layout, network, count } = population;
    const genomes = table.f32('genome');
    const mean = new Float64Array(properties.length);
    for (let row = 0; row < count; row++) {
      const values = propertyValues(network, genomes, row * layout.stride, inputs, properties);
      for (let p = 0; p < mean.length; p++) mean[p] += values[p] / count;
    }
    return mean;
  }
}
