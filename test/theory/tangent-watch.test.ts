import { describe, expect, it } from 'vitest';
import json from '../../scenes/juice.json';
import { expectedReward } from '../../src/analysis/tangent/expected-reward.ts';
import { type PolicyProperty, propertyGradient } from '../../src/analysis/tangent/policy-twin.ts';
import { tangentCovariance } from '../../src/analysis/tangent/tangent-covariance.ts';
import { TangentWatch } from '../../src/analysis/tangent/tangent-watch.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import { implantGenomes } from '../../src/population/implant.ts';
import type { PlanePopulation } from '../../src/population/plane-population.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { PlaneSimulation } from '../../src/simulation/plane-simulation.ts';
import { makeWorld, smallWorld } from '../unit/engine/worlds.ts';

const eat: PolicyProperty = { kind: 'chance', output: 2 };

describe('the tangent of learning predicts what is learned', () => {
  const simulation = createSimulation(parseScene(json, 'juice'), 'tangent') as PlaneSimulation;

  it('expected reward is what theory has: r = s p, ntcov(p, r) = s ntvar(p), with juice always in sight', () => {
    simulation.step(1);
    for (const population of simulation.populations) {
      const { table, network } = population;
      const inputs = table.f32('inputs').subarray(0, network.inputs);
      const { value: p } = propertyGradient(network, table.f32('weights'), 0, inputs, eat);
      const { value, gradient } = expectedReward(population, simulation.ground, 0);
      // A mouthful is a whole number of quanta of 2^-14.
      expect(Math.abs(value - p)).toBeLessThan(p * 1e-3);
      const own = propertyGradient(network, table.f32('weights'), 0, inputs, eat).gradient;
      // Only biases learn there; the rational logistic's slope errs by 2e-5 (test/theory/tangent.test.ts).
      expect(Math.abs(tangentCovariance(own, gradient) - (p * (1 - p)) ** 2)).toBeLessThan(1e-3 * (p * (1 - p)) ** 2 + 3e-5);
    }
  });

  it('the mean over 300 drinkers goes where the sum of alpha ntcov(x, U) says, within four standard errors of its luck', () => {
    const ticks = 60;
    const watches = simulation.populations.slice(0, 2).map((population) => {
      return Array.from({ length: population.count }, (_, row) => new TangentWatch(simulation, population, row, [eat]));
    });
    const stops = watches.flat().map((watch) => simulation.observe(watch));
    simulation.step(ticks);
    for (const stop of stops) stop();
    for (const own of watches) {
      const changes = own.map((watch) => watch.learned()).filter((change) => change !== undefined);
      expect(changes.length).toBeGreaterThan(290);
      const measured = changes.map((change) => change.measured[0]);
      const predicted = mean(changes.map((change) => change.predicted[0]));
      expect(predicted).toBeGreaterThan(0);
      // To first order: the next term is (1 - 2p) / 2 of the weight's move (at most 0.06 here) of the change itself.
      const bend = 0.03 * predicted;
      expect(Math.abs(mean(measured) - predicted)).toBeLessThan(4 * standardError(measured) + bend);
    }
    simulation.dispose();
  });
});

describe('the tangent of genes predicts what selection does', () => {
  /** Largest difference of predicted and measured, relative to the largest measured, where genomes differ by `size`. */
  function apart(size: number): number {
    const world = makeWorld(smallWorld({ foragers: { mechanisms: { mutation: { on: false } } } }), 'tangent');
    const [population] = world.populations as PlanePopulation[];
    const stream = namedStream('tangent', String(size));
    const base = population.genomeOf(0);
    const used = population.layout.loci.map(({ slot }) => slot);
    for (let row = 0; row < population.count; row++) {
      const genome = base.slice();
      for (const slot of used) genome[slot] += size * stream.normal();
      implantGenomes(population, [row], genome);
    }
    world.step(1);
    const properties: PolicyProperty[] = [{ kind: 'turn' }, { kind: 'thrust' }, eat];
    const watch = new TangentWatch(world, population, 0, properties);
    const stop = world.observe(watch);
    world.step(30);
    stop();
    const change = watch.selected();
    if (!change) throw new Error('nobody has descendants');
    world.dispose();
    const largest = Math.max(...change.measured.map(Math.abs));
    return Math.max(...change.measured.map((value, p) => Math.abs(value - change.predicted[p]))) / largest;
  }

  it('the smaller the differences, the better: to first order in them', () => {
    const [wide, narrow] = [apart(0.2), apart(0.002)];
    // A hundredth of the differences leaves a hundredth of the second-order part; ten times that for the luck of who survives.
    expect(narrow).toBeLessThan(0.1 * wide);
    expect(narrow).toBeLessThan(0.02);
  });
});
