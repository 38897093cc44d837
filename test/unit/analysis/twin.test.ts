import { expect, it } from 'vitest';
import { propertyGradient } from '../../../src/analysis/tangent/policy-twin.ts';
import { floatsNamed } from '../../../src/ecs/table.ts';
import type { EmbodiedPopulation } from '../../../src/population/embodied-population.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';

// The float32 kernels against the float64 twin: outputs, and the eligibility trace of a first tick, which is the sum over outputs of
// their score times the output's gradient.
it('forward and backward kernels give what the float64 twin gives, within the rounding of float32', () => {
  const scene = parseScene(
    {
      version: 1,
      name: 'twin',
      title: 'Twin',
      habitat: { kind: 'plane', width: 64, height: 64 },
      populations: {
        grazers: {
          founders: 50,
          senses: ['grass', 'neighbours', 'energy'],
          policy: { hidden: 7 },
          mechanisms: { learning: { on: true, baseline: 0 } },
        },
      },
    },
    'test',
  );
  const simulation = createSimulation(scene, 'twin');
  simulation.step(1);
  const population = simulation.populations[0] as EmbodiedPopulation;
  const { table, layout } = population;
  const { network } = population.policy;
  const [genome, inputs, outputs, trace, scores] = ['genome', 'inputs', 'outputs', 'trace', 'scores'].map((name) =>
    table.f32(floatsNamed(name)),
  );
  let compared = 0;
  for (let row = 0; row < table.count; row++) {
    // Newborns of the tick have not acted.
    if (table.i32('birthTick')[row] > 0) continue;
    const seen = inputs.subarray(row * table.columns.inputs.width, row * table.columns.inputs.width + network.inputs);
    const expected = new Float64Array(network.length);
    for (let o = 0; o < network.outputs; o++) {
      const { value, gradient } = propertyGradient(network, genome, row * layout.stride, seen, { kind: 'output', output: o });
      expect(Math.abs(outputs[row * table.columns.outputs.width + o] - value)).toBeLessThan(2e-6 * (1 + Math.abs(value)));
      const score = scores[row * table.of(floatsNamed('scores')).width + o];
      for (let slot = 0; slot < network.length; slot++) expected[slot] += score * gradient[slot];
    }
    const scale = Math.max(...expected.map(Math.abs), 1e-6);
    for (let slot = 0; slot < network.length; slot++) {
      expect(Math.abs(trace[row * layout.stride + slot] - expected[slot])).toBeLessThan(5e-6 * scale);
    }
    compared++;
  }
  expect(compared).toBeGreaterThan(40);
  simulation.dispose();
});
