import { it } from 'vitest';
import { exp } from '../../../src/math/elementary.ts';
import { Columns, expectSameBits, numbers } from './columns.ts';

const { fround } = Math;
const random = numbers('reward');

/** A value a row of each signal and gene, float32. */
const names = [
  'ofEnergy',
  'intake',
  'appetite',
  'ofDamage',
  'damage',
  'storage',
  'ofNovelty',
  'novelty',
  'ofCue',
  'ofSocial',
  'ofTaste',
  'taste',
  'ofPain',
  'rate',
  'trace',
  'halving',
  'usual',
] as const;

it.each([
  { count: 1, signals: [] },
  { count: 7, signals: ['damage', 'cue'] },
  { count: 40, signals: ['damage', 'novelty', 'cue', 'company'] },
  { count: 21, signals: ['taste', 'pain'] },
  { count: 21, signals: ['damage', 'novelty', 'cue', 'company', 'taste', 'pain'] },
])('measureReward: $count organisms, $signals', ({ count, signals }) => {
  const columns = new Columns();
  const has = (signal: string) => signals.includes(signal);
  const values = Object.fromEntries(
    names.map((name) => [name, Float32Array.from({ length: count }, () => fround(random.between(-1, 3)))]),
  ) as Record<(typeof names)[number], Float32Array>;
  // Halvings from none to more than a number can hold.
  for (let row = 0; row < count; row++)
    values.halving[row] = row % 3 === 0 ? 0 : row % 7 === 0 ? 400_000 : Math.abs(values.halving[row]);
  for (let row = 0; row < count; row++) values.storage[row] = Math.abs(values.storage[row]) + 1;
  const stride = 9;
  const inputs = Float32Array.from({ length: count * stride }, () => fround(random.between(-1, 1)));
  const born = Int32Array.from({ length: count }, (_, row) => 1000 - 37 * row);
  const laid = Object.fromEntries(names.map((name) => [name, columns.f32(values[name])]));
  const at = Object.fromEntries(names.map((name) => [name, laid[name].at])) as Record<(typeof names)[number], number>;
  const inputsAt = columns.f32(inputs, stride).at;
  const bornAt = columns.i32(born).at;
  const out = ['reward', 'decay', 'step'].map(() => columns.f32(new Float32Array(count)));
  const [tick, baseline] = [1500, 0.02];
  columns.run.measureReward(
    count,
    tick,
    baseline,
    ...([at.ofEnergy, at.intake, at.appetite] as const),
    ...([at.ofDamage, has('damage') ? at.damage : 0, at.storage] as const),
    ...([at.ofNovelty, has('novelty') ? at.novelty : 0] as const),
    4 * stride,
    ...([at.ofCue, has('cue') ? inputsAt + 4 : 0, 3] as const),
    ...([at.ofSocial, has('company') ? inputsAt + 16 : 0, 5] as const),
    ...([at.ofTaste, has('taste') ? at.taste : 0, has('pain') ? at.ofPain : 0] as const),
    ...([at.rate, at.trace, at.halving, bornAt] as const),
    ...([out[0].at, at.usual, out[1].at, out[2].at] as const),
  );
  const largest = (row: number, first: number, n: number) =>
    Math.max(...inputs.subarray(row * stride + first, row * stride + first + n));
  const expected = ['reward', 'usual', 'decay', 'step'].map(() => new Float32Array(count));
  for (let row = 0; row < count; row++) {
    const v = (name: (typeof names)[number]) => values[name][row];
    let r = v('appetite') > 0 ? v('ofEnergy') * (v('intake') / v('appetite')) : 0;
    if (has('damage')) r += v('ofDamage') * (v('damage') / v('storage'));
    if (has('novelty')) r += v('ofNovelty') * v('novelty');
    if (has('cue')) r += v('ofCue') * largest(row, 1, 3);
    if (has('company')) r += v('ofSocial') * largest(row, 4, 5);
    if (has('taste')) r += v('ofTaste') * v('taste');
    if (has('pain') && v('appetite') > 0 && v('intake') < 0) r += v('ofPain') * (-v('intake') / v('appetite'));
    const beyond = fround(r) - v('usual');
    const halvings = (v('halving') * (tick - born[row])) / 1000;
    expected[0][row] = r;
    expected[1][row] = v('usual') + baseline * beyond;
    expected[2][row] = v('trace');
    expected[3][row] = v('rate') * beyond * (halvings > 0 ? exp(-Math.LN2 * halvings) : 1);
  }
  for (const [k, what] of ['reward', 'usual', 'decay', 'step'].entries()) {
    expectSameBits([out[0], laid.usual, out[1], out[2]][k].values, expected[k], what);
  }
  columns.check();
});
