import { describe, expect, it } from 'vitest';
import { logistic32, tanh32, tanhSlope32 } from '../../../src/math/elementary.ts';
import { type NetworkPlan, planNetwork } from '../../../src/policy/network.ts';
import { Columns, expectSameBits, numbers } from './columns.ts';

const { fround } = Math;
const random = numbers('learn');

describe('tanhSlope32', () => {
  it('is the derivative of the rational tanh, and 0 where that is clamped', () => {
    // The rational function in float64, whose central difference is exact to 1e-9.
    const p = [0.9999869593832231, 0.1156701406857399, 0.0015731620787511].map(fround);
    const q = [0.4489567507733526, 0.0179401957393589, 6.01876601948e-5].map(fround);
    const rational = (x: number) => {
      const t = x * x;
      return (x * ((p[2] * t + p[1]) * t + p[0])) / (((q[2] * t + q[1]) * t + q[0]) * t + 1);
    };
    for (let x = -5.39; x < 5.39; x += 0.013) {
      const slope = (rational(x + 1e-5) - rational(x - 1e-5)) / 2e-5;
      expect(Math.abs(tanhSlope32(x) - slope)).toBeLessThan(4e-6);
      expect(Math.abs(tanhSlope32(x) - (1 - Math.tanh(x) ** 2))).toBeLessThan(6e-5);
    }
    for (const x of [5.4, -5.4, 6, -1e9, Number.POSITIVE_INFINITY, Number.NaN]) expect(tanhSlope32(x)).toBe(0);
  });
});

const bernoulli = (output: number, done: number) => {
  const half = fround(0.5 * output);
  const t = tanh32(half);
  const chance = fround(0.5 + fround(0.5 * t));
  return fround(fround(fround(Math.min(done, 1) - chance) * tanhSlope32(half)) / fround(1 - fround(t * t)));
};

it.each([
  { count: 1, outputs: 3, offered: [] },
  { count: 7, outputs: 5, offered: ['bite'] },
  { count: 33, outputs: 9, offered: ['bite', 'mate', 'share'] },
])('policyScores: $count organisms, $outputs outputs, $offered', ({ count, outputs, offered }) => {
  const columns = new Columns();
  const wide = Math.ceil(outputs / 4) * 4;
  const out = columns.f32(
    random.list(count * wide, () => fround(2 * random.normal())),
    wide,
  );
  const spreadTurn = columns.f32(random.list(count, () => random.between(0.02, 0.8)));
  const spreadThrust = columns.f32(random.list(count, () => random.between(0.02, 0.8)));
  const normals = [0, 1].map(() => columns.f32(random.list(count, () => random.normal())));
  const done = ['eat', 'bite', 'mate', 'share'].map((what) =>
    columns.f32(random.list(count, () => random.whole(0, what === 'bite' ? 2 : 1))),
  );
  const scores = columns.f32(new Float32Array(count * wide).fill(9), wide);
  const at = { bite: 3, mate: 5, share: 7 } as const;
  const given = (what: keyof typeof at, k: number): [number, number] => [
    offered.includes(what as never) ? done[k].at : 0,
    at[what],
  ];
  columns.run.policyScores(
    count,
    out.at,
    4 * wide,
    spreadTurn.at,
    spreadThrust.at,
    normals[0].at,
    normals[1].at,
    done[0].at,
    ...given('bite', 1),
    ...given('mate', 2),
    ...given('share', 3),
    scores.at,
  );
  for (let i = 0; i < count; i++) {
    const output = (k: number) => out.values[i * wide + k];
    const expected = new Float32Array(wide);
    expected[0] = fround(fround(normals[0].values[i] / spreadTurn.values[i]) * tanhSlope32(output(0)));
    expected[1] = fround(
      fround(normals[1].values[i] / spreadThrust.values[i]) * fround(0.25 * tanhSlope32(fround(0.5 * output(1)))),
    );
    expected[2] = bernoulli(output(2), done[0].values[i]);
    for (const [k, what] of (['bite', 'mate', 'share'] as const).entries()) {
      if (offered.includes(what as never)) expected[at[what]] = bernoulli(output(at[what]), done[k + 1].values[i]);
    }
    expectSameBits(scores.values.subarray(i * wide, (i + 1) * wide), expected, `row ${i}`);
  }
  columns.check();
});

/** The learning step by its definition, rounded at each step. */
function learnRow(
  plan: NetworkPlan,
  inputs: ArrayLike<number>,
  weights: Float32Array,
  trace: Float32Array,
  scores: ArrayLike<number>,
  { decay, step, rule, layers }: { decay: number; step: number; rule: number; layers: number },
) {
  const wide = plan.hiddenBlocks * 4;
  const outWide = plan.outputBlocks * 4;
  const before = weights.slice();
  const advance = (at: number, gradient: number) => {
    trace[at] = fround(fround(decay * trace[at]) + fround(gradient));
    weights[at] = fround(weights[at] + fround(step * trace[at]));
  };
  const sums = Array.from({ length: wide }, (_, h) => {
    let a = before[h];
    for (let k = 0; k < plan.inputs; k++) a = fround(a + fround(inputs[k] * before[plan.inputWeights + k * wide + h]));
    return a;
  });
  const back = new Float32Array(wide);
  if (layers > 1) {
    for (let h = 0; h < plan.hidden; h++) {
      const lanes = new Float32Array(4);
      for (let o = 0; o < outWide; o++) {
        const at = plan.outputWeights + h * outWide + o;
        const came = fround(scores[o] * before[at]);
        lanes[o % 4] = o < 4 ? came : fround(lanes[o % 4] + came);
        advance(at, fround(tanh32(sums[h]) * scores[o]));
      }
      const total = fround(fround(lanes[0] + lanes[2]) + fround(lanes[1] + lanes[3]));
      back[h] = rule === 1 ? tanh32(sums[h]) : fround(total * tanhSlope32(sums[h]));
    }
  }
  if (layers > 2) {
    for (let h = 0; h < wide; h++) {
      advance(h, back[h]);
      for (let k = 0; k < plan.inputs; k++) advance(plan.inputWeights + k * wide + h, fround(inputs[k] * back[h]));
    }
  }
  for (let o = 0; o < outWide; o++) advance(plan.outputBias + o, scores[o]);
}

const shapes = [
  [1, 1, 1],
  [16, 12, 8],
  [12, 13, 6],
  ...random.list(12, () => [random.whole(1, 40), random.whole(1, 64), random.whole(1, 12)]),
];

it.each(shapes)('learn: %d inputs, %d hidden, %d outputs', (inputs, hidden, outputs) => {
  const plan = planNetwork(inputs, hidden, outputs);
  const stride = Math.ceil(plan.length / 8) * 8;
  const wide = Math.ceil(inputs / 4) * 4;
  const outWide = plan.outputBlocks * 4;
  for (const rule of [0, 1]) {
    for (const layers of [1, 2, 3]) {
      for (const listed of [false, true]) {
        const columns = new Columns();
        const count = random.whole(1, 6);
        const rows = columns.f32(
          random.list(count * wide, () => random.normal()),
          wide,
        );
        const weights = columns.f32(
          random.list(count * stride, () => random.normal()),
          stride,
        );
        const trace = columns.f32(
          random.list(count * stride, () => random.normal()),
          stride,
        );
        const list = columns.u32(
          listed ? Array.from({ length: count }, (_, i) => count - 1 - i).slice(0, Math.max(1, count - 1)) : [0],
        );
        const entries = listed ? list.values.length : count;
        const scores = columns.f32(
          random.list(count * outWide, () => random.normal()),
          outWide,
        );
        const decays = columns.f32(random.list(count, () => random.between(0, 0.98)));
        const steps = columns.f32(random.list(count, () => random.normal()));
        const expected = { weights: Float32Array.from(weights.values), trace: Float32Array.from(trace.values) };
        for (let i = 0; i < entries; i++) {
          const row = listed ? list.values[i] : i;
          const own = [row * stride, (row + 1) * stride] as const;
          learnRow(
            plan,
            rows.values.subarray(row * wide, row * wide + inputs),
            expected.weights.subarray(...own),
            expected.trace.subarray(...own),
            scores.values.subarray(i * outWide, (i + 1) * outWide),
            { decay: decays.values[i], step: steps.values[i], rule, layers },
          );
        }
        columns.run.learn(
          entries,
          listed ? list.at : 0,
          rows.at,
          4 * wide,
          inputs,
          weights.at,
          4 * stride,
          hidden,
          plan.hiddenBlocks,
          plan.outputBlocks,
          scores.at,
          trace.at,
          decays.at,
          steps.at,
          rule,
          layers,
          columns.scratch,
        );
        // Loops of hidden units beyond the last are padding, in which the trace only fades.
        expectSameBits(trace.values, expected.trace, `trace, rule ${rule}, layers ${layers}`);
        expectSameBits(weights.values, expected.weights, `weights, rule ${rule}, layers ${layers}`);
        columns.check();
      }
    }
  }
});

it('the trace of one step is the gradient of the log-probability of what was done, against finite differences', () => {
  const plan = planNetwork(5, 6, 4);
  const stride = Math.ceil(plan.length / 8) * 8;
  const weights = Float32Array.from({ length: stride }, () => 0.7 * random.normal());
  const inputs = Float32Array.from({ length: 5 }, () => random.normal());
  const done = { turn: 0.3, thrust: 0.4, eat: 1, bite: 0 };
  const spread = { turn: 0.3, thrust: 0.2 };
  const run = (w: ArrayLike<number>) => {
    const hidden = Array.from({ length: plan.hidden }, (_, h) => {
      let a = w[h];
      for (let k = 0; k < 5; k++) a += inputs[k] * w[plan.inputWeights + k * plan.hiddenBlocks * 4 + h];
      return Math.tanh(a);
    });
    return Array.from({ length: 4 }, (_, o) =>
      hidden.reduce((sum, h, j) => sum + h * w[plan.outputWeights + j * plan.outputBlocks * 4 + o], w[plan.outputBias + o]),
    );
  };
  const logistic = (x: number) => 1 / (1 + Math.exp(-x));
  const logChance = (w: ArrayLike<number>) => {
    const [turn, thrust, eat, bite] = run(w);
    return (
      -((done.turn - Math.tanh(turn)) ** 2) / (2 * spread.turn ** 2) -
      (done.thrust - logistic(thrust)) ** 2 / (2 * spread.thrust ** 2) +
      Math.log(logistic(eat)) +
      Math.log(1 - logistic(bite))
    );
  };
  const columns = new Columns();
  const one = (values: ArrayLike<number>, width = 1) => columns.f32(Array.from(values), width);
  const out = one(run(weights).map(fround), 4);
  const model = [done.turn, done.thrust, done.eat, done.bite].map((value) => one([value]));
  const row = columns.u32([0]);
  const scores = one(new Float32Array(4), 4);
  const [own, ins] = [one(weights, stride), one([...inputs, 0, 0, 0], 8)];
  const trace = one(new Float32Array(stride), stride);
  const zero = one([0]);
  const [a, b, c, d] = model.map(({ at }) => at);
  const spreads = [one([spread.turn]).at, one([spread.thrust]).at] as const;
  columns.run.imitationScores(1, row.at, row.at, out.at, 16, ...spreads, a, b, c, d, 3, scores.at);
  columns.run.learn(
    1,
    0,
    ins.at,
    32,
    5,
    own.at,
    4 * stride,
    6,
    plan.hiddenBlocks,
    plan.outputBlocks,
    scores.at,
    trace.at,
    zero.at,
    zero.at,
    0,
    3,
    columns.scratch,
  );
  const wide = Float64Array.from(weights);
  let scale = 0;
  let error = 0;
  for (let k = 0; k < plan.length; k++) {
    const at = (h: number) => {
      const moved = wide.slice();
      moved[k] += h;
      return logChance(moved);
    };
    const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
    // Lanes of padding are no weights.
    if (slope === 0) continue;
    scale = Math.max(scale, Math.abs(slope));
    error = Math.max(error, Math.abs(trace.values[k] - slope));
  }
  expect(scale).toBeGreaterThan(0.1);
  // The rational functions differ from tanh and the logistic function by up to 5e-5, in units of the spread.
  expect(error / scale).toBeLessThan(2e-3);
  expect(logistic32(0)).toBe(0.5);
  columns.check();
});
