import { expect, it } from 'vitest';
import { logistic32, tanh32 } from '../../../src/math/elementary.ts';
import { philox4x32 } from '../../../src/math/philox.ts';
import { normalPair32, uniform32 } from '../../../src/math/words.ts';
import { Columns, expectSameBits, numbers } from './columns.ts';

const { fround } = Math;
const random = numbers('heads');
const words = new Uint32Array(4);
const pair = new Float32Array(2);
const stream = [0x12345678, 0x9abcdef0] as const;
const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

it.each([
  { count: 1, outputs: 3, bite: false, signal: false },
  { count: 7, outputs: 4, bite: true, signal: false },
  { count: 33, outputs: 5, bite: true, signal: true },
  { count: 102, outputs: 12, bite: false, signal: true },
])('heads: $count organisms, bite $bite, signal $signal', ({ count, outputs, bite, signal }) => {
  const columns = new Columns();
  const wide = Math.ceil(outputs / 4) * 4;
  const out = columns.f32(
    random.list(count * wide, () => fround(2 * random.normal())),
    wide,
  );
  const spreadTurn = columns.f32(random.list(count, () => random.between(0.02, 0.8)));
  const spreadThrust = columns.f32(random.list(count, () => random.between(0.02, 0.8)));
  const low = columns.u32(random.list(count, () => random.word()));
  const high = columns.u32(random.list(count, () => random.word()));
  const [turn, thrust, eat, biting, signalling] = [0, 1, 2, 3, 4].map(() => columns.f32(new Float32Array(count).fill(9)));
  const kept = [0, 1].map(() => columns.f32(new Float32Array(count).fill(9)));
  const signalAt = bite ? 4 : 3;
  const tick = 4000;
  columns.run.heads(
    count,
    out.at,
    4 * wide,
    spreadTurn.at,
    spreadThrust.at,
    low.at,
    high.at,
    ...stream,
    tick,
    turn.at,
    thrust.at,
    eat.at,
    bite ? biting.at : 0,
    3,
    signal ? signalling.at : 0,
    signalAt,
    signal ? kept[0].at : 0,
    signal ? kept[1].at : 0,
    columns.scratch,
  );
  const expected = random.list(count, (i) => {
    philox4x32(...stream, low.values[i], high.values[i], tick, 0, words);
    normalPair32(words[0], words[1], pair);
    const output = (at: number) => out.values[i * wide + at];
    return [
      clamp(fround(tanh32(output(0)) + fround(spreadTurn.values[i] * pair[0])), -1, 1),
      clamp(fround(logistic32(output(1)) + fround(spreadThrust.values[i] * pair[1])), 0, 1),
      uniform32(words[2]) < logistic32(output(2)) ? 1 : 0,
      bite ? (uniform32(words[3]) < logistic32(output(3)) ? 1 : 0) : 9,
      signal ? logistic32(output(signalAt)) : 9,
      signal ? pair[0] : 9,
      signal ? pair[1] : 9,
    ];
  });
  for (const [at, column] of [turn, thrust, eat, biting, signalling, ...kept].entries()) {
    expectSameBits(
      column.values,
      expected.map((row) => row[at]),
      ['turn', 'thrust', 'eat', 'bite', 'signal', 'normal of turn', 'normal of thrust'][at],
    );
  }
  columns.check();
});

it('bernoulliHead draws with the chance that its output says', () => {
  const columns = new Columns();
  const count = 57;
  const out = columns.f32(
    random.list(count * 8, () => fround(2 * random.normal())),
    8,
  );
  const low = columns.u32(random.list(count, () => random.word()));
  const high = columns.u32(random.list(count, () => random.word()));
  const column = columns.f32(new Float32Array(count).fill(9));
  columns.run.bernoulliHead(count, out.at, 32, 5, low.at, high.at, ...stream, 77, 2, column.at, columns.scratch);
  const expected = random.list(count, (i) => {
    philox4x32(...stream, low.values[i], high.values[i], 77, 2, words);
    return uniform32(words[0]) < logistic32(out.values[8 * i + 5]) ? 1 : 0;
  });
  expectSameBits(column.values, expected, 'action');
  expect(new Set(expected).size).toBe(2);
  columns.check();
});

it('remember keeps the tanh of the memory outputs', () => {
  const columns = new Columns();
  const [count, units] = [9, 3];
  const out = columns.f32(
    random.list(count * 8, () => fround(2 * random.normal())),
    8,
  );
  const memory = columns.f32(new Float32Array(count * units), units);
  columns.run.remember(count, out.at, 32, 4, units, memory.at, 4 * units);
  const expected = random.list(count * units, (i) => tanh32(out.values[8 * Math.floor(i / units) + 4 + (i % units)]));
  expectSameBits(memory.values, expected, 'memory');
  columns.check();
});

it('copyUnits copies between rows of different width', () => {
  const columns = new Columns();
  const [count, units] = [9, 3];
  const from = columns.f32(
    random.list(count * units, () => random.normal()),
    units,
  );
  const to = columns.f32(new Float32Array(count * 8).fill(9), 8);
  columns.run.copyUnits(count, units, from.at, 4 * units, to.at + 8, 32);
  const expected = random.list(count * 8, (i) => {
    const lane = (i % 8) - 2;
    return lane >= 0 && lane < units ? from.values[Math.floor(i / 8) * units + lane] : 9;
  });
  expectSameBits(to.values, expected, 'copy');
  columns.check();
});

it('senseColumn and senseAge write one input a row', () => {
  const columns = new Columns();
  const count = 11;
  const value = columns.f32(random.list(count, () => random.normal()));
  const divisor = columns.f32(random.list(count, () => random.between(1, 9)));
  const birth = columns.i32(random.list(count, () => random.whole(-500, 900)));
  const out = columns.f32(new Float32Array(count * 4).fill(9), 4);
  const factor = fround(0.3);
  columns.run.senseColumn(count, value.at, divisor.at, factor, out.at, 16);
  columns.run.senseColumn(count, value.at, 0, factor, out.at + 4, 16);
  columns.run.senseAge(count, birth.at, 1000, 1 / 800, out.at + 8, 16);
  const expected = random
    .list(count, (i) => [
      fround(fround(value.values[i] * factor) / divisor.values[i]),
      fround(value.values[i] * factor),
      fround((1000 - birth.values[i]) * fround(1 / 800)),
      9,
    ])
    .flat();
  expectSameBits(out.values, expected, 'inputs');
  columns.check();
});
