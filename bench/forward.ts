import { asRows } from '../src/kernel/arguments.ts';
import { Arena } from '../src/kernel/memory.ts';
import { planNetwork } from '../src/policy/network.ts';
import { fillNormal } from './fill-normal.ts';
import { measure, report } from './measure.ts';

const organisms = 10_000;
const passes = 50;

/** The policy's forward pass alone: 12 inputs, 12 hidden units, 6 outputs, every organism with weights of its own. */
export function benchForward(): void {
  const plan = planNetwork(12, 12, 6);
  const arena = new Arena();
  const inputs = arena.allocate('inputs', organisms * 12 * 4);
  const weights = arena.allocate('weights', organisms * plan.length * 4);
  const outputs = arena.allocate('outputs', organisms * plan.outputBlocks * 16);
  fillNormal(inputs.f32(), 1);
  fillNormal(weights.f32(), 2);
  const pass = () => {
    for (let i = 0; i < passes; i++) {
      arena.kernel.forward({
        count: organisms,
        inputs: asRows(inputs, 'f32', 12),
        inputCount: 12,
        weights: asRows(weights, 'f32', plan.length),
        hidden: 12,
        hiddenBlocks: plan.hiddenBlocks,
        outputBlocks: plan.outputBlocks,
        outputs,
      });
    }
  };
  pass();
  report('forward pass 12-12-6, 10,000 organisms', organisms * passes, measure(15, pass), 'M passes/s');
  arena.dispose();
}
