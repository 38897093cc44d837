import { describe, expect, it } from 'vitest';
import json from '../../scenes/juice.json';
import { expectedReward } from '../../src/analysis/tangent/expected-reward.ts';
import { propertyGradient } from '../../src/analysis/tangent/policy-twin.ts';
import { tangentCovariance } from '../../src/analysis/tangent/tangent-covariance.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { PlaneSimulation } from '../../src/simulation/kinds.ts';
import { eat, learnedInJuice, selectionApart } from './tangent-runs.ts';

describe('the tangent of learning predicts what is learned', () => {
  it('expected reward is what theory has: r = s p, ntcov(p, r) = s ntvar(p), with juice always in sight', () => {
    const simulation = createSimulation(parseScene(json, 'juice'), 'tangent') as PlaneSimulation;
    simulation.step(1);
    for (const population of simulation.populations) {
      const { table, policy } = population;
      const { network } = policy;
      const inputs = table.f32('inputs').subarray(0, network.inputs);
      const { value: p } = propertyGradient(network, table.f32('weights'), 0, inputs, eat);
      const { value, gradient } = expectedReward(population, simulation.ground, 0);
      // A mouthful is a whole number of quanta of 2^-14.
      expect(Math.abs(value - p)).toBeLessThan(p * 1e-3);
      const own = propertyGradient(network, table.f32('weights'), 0, inputs, eat).gradient;
      // Only biases learn there; the rational logistic's slope errs by 2e-5 (test/theory/tangent.test.ts).
      expect(Math.abs(tangentCovariance(own, gradient) - (p * (1 - p)) ** 2)).toBeLessThan(1e-3 * (p * (1 - p)) ** 2 + 3e-5);
    }
    simulation.dispose();
  });

  it('the mean over 300 drinkers goes where the sum of alpha ntcov(x, U) says, within four standard errors of its luck', () => {
    for (const { drinkers, predicted, measured, error } of learnedInJuice('tangent', 60)) {
      expect(drinkers).toBeGreaterThan(290);
      expect(predicted).toBeGreaterThan(0);
      // To first order: the next term is (1 - 2p) / 2 of the weight's move (at most 0.06 here) of the change itself.
      expect(Math.abs(measured - predicted)).toBeLessThan(4 * error + 0.03 * predicted);
    }
  });
});

describe('the tangent of genes predicts what selection does', () => {
  it('the smaller the differences, the better: to first order in them', () => {
    const [wide, narrow] = [selectionApart('tangent', 0.2), selectionApart('tangent', 0.002)];
    // A hundredth of the differences leaves a hundredth of the second-order part; ten times that for the luck of who survives.
    expect(narrow).toBeLessThan(0.1 * wide);
    expect(narrow).toBeLessThan(0.02);
  });
});
