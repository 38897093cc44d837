import { expect, it } from 'vitest';
import { tanh32 } from '../../../src/math/elementary.ts';
import { planNetwork } from '../../../src/policy/network.ts';
import { Columns, expectSameBits, numbers } from './columns.ts';

const { fround } = Math;

/** The network by its definition: hidden = tanh(bias + inputs . weights), output = bias + hidden . weights, rounded at each step. */
function forward(inputs: ArrayLike<number>, genome: ArrayLike<number>, plan: ReturnType<typeof planNetwork>): number[] {
  const layer = (from: ArrayLike<number>, n: number, bias: number, weights: number, units: number, wide: number) =>
    Array.from({ length: units }, (_, u) => {
      let sum = genome[bias + u];
      for (let i = 0; i < n; i++) sum = fround(sum + fround(from[i] * genome[weights + i * wide + u]));
      return sum;
    });
  const hidden = layer(inputs, plan.inputs, 0, plan.inputWeights, plan.hidden, plan.hiddenBlocks * 4).map(tanh32);
  return layer(hidden, plan.hidden, plan.outputBias, plan.outputWeights, plan.outputs, plan.outputBlocks * 4);
}

const random = numbers('forward');
const shapes = [
  [1, 1, 1],
  [40, 64, 12],
  [12, 12, 6],
  [16, 12, 8],
  ...random.list(40, () => [random.whole(1, 40), random.whole(1, 64), random.whole(1, 12)]),
];

it.each(shapes)('%d inputs, %d hidden, %d outputs', (inputs, hidden, outputs) => {
  const columns = new Columns();
  const plan = planNetwork(inputs, hidden, outputs);
  const count = random.whole(1, 9);
  const wide = Math.ceil(inputs / 4) * 4;
  const stride = Math.ceil(plan.length / 8) * 8;
  // Weights of padding are 0 in genomes; here they are not, and must not reach a real output.
  const genomes = columns.f32(
    random.list(count * stride, () => random.normal()),
    stride,
  );
  const rows = columns.f32(
    random.list(count * wide, (i) => (i % wide < inputs ? random.normal() : Number.NaN)),
    wide,
  );
  const out = columns.f32(new Float32Array(count * plan.outputBlocks * 4), plan.outputBlocks * 4);
  columns.run.forward(
    count,
    rows.at,
    4 * wide,
    inputs,
    genomes.at,
    4 * stride,
    hidden,
    plan.hiddenBlocks,
    plan.outputBlocks,
    out.at,
    columns.scratch,
  );
  for (let row = 0; row < count; row++) {
    const expected = forward(
      rows.values.subarray(row * wide, row * wide + inputs),
      genomes.values.subarray(row * stride, (row + 1) * stride),
      plan,
    );
    const first = row * plan.outputBlocks * 4;
    expectSameBits(out.values.subarray(first, first + outputs), expected, `row ${row}`);
  }
  columns.check();
});

it('padding of zeros gives outputs of zero there', () => {
  const columns = new Columns();
  const plan = planNetwork(3, 5, 5);
  const genome = new Float32Array(Math.ceil(plan.length / 8) * 8);
  const genomes = columns.f32(genome, genome.length);
  const rows = columns.f32([1, 2, 3, 0], 4);
  const out = columns.f32(new Float32Array(8).fill(9), 8);
  columns.run.forward(
    1,
    rows.at,
    16,
    3,
    genomes.at,
    4 * genome.length,
    5,
    plan.hiddenBlocks,
    plan.outputBlocks,
    out.at,
    columns.scratch,
  );
  expect([...out.values]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});
