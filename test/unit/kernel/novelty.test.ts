import { expect, it } from 'vitest';
import { exp, log } from '../../../src/math/elementary.ts';
import { nothingKept } from '../../../src/mechanisms/curiosity.ts';
import { Columns, expectSameBits, numbers } from './columns.ts';

const { fround } = Math;
const random = numbers('novelty');
const [planes, kinds] = [6, 64];

it.each([
  { count: 1, inputs: 3, forgetting: 0 },
  { count: 30, inputs: 14, forgetting: 0.01 },
  { count: 9, inputs: 25, forgetting: 1 },
])('noteNovelty: $count rows, $inputs inputs, $forgetting forgotten a tick', ({ count, inputs, forgetting }) => {
  const columns = new Columns();
  const stride = inputs + 3;
  const weights = columns.f64(random.list(planes * inputs, () => random.between(-2, 2)));
  const visits = columns.f32(new Float32Array(count * kinds), kinds);
  const visited = columns.i32(new Int32Array(count * kinds), kinds);
  const novelty = columns.f32(new Float32Array(count));
  const counts = new Float32Array(count * kinds);
  const last = new Int32Array(count * kinds);
  const fading = forgetting < 1 ? log(1 - forgetting) : nothingKept;
  for (const tick of [0, 1, 5, 6, 500]) {
    // Few observations, so that kinds come again.
    const seen = Float32Array.from({ length: count * stride }, () => fround(Math.round(random.between(0, 1))));
    const column = columns.f32(seen, stride);
    columns.run.noteNovelty(
      count,
      tick,
      ...([column.at, 4 * stride, inputs, weights.at, fading] as const),
      ...([visits.at, visited.at, novelty.at] as const),
      0,
    );
    const expected = Float32Array.from({ length: count }, (_, row) => {
      let kind = 0;
      for (let b = 0; b < planes; b++) {
        let sum = 0;
        for (let i = 0; i < inputs; i++) sum += weights.values[i * planes + b] * (seen[row * stride + i] - 0.5);
        if (sum > 0) kind |= 1 << b;
      }
      const at = row * kinds + kind;
      const kept = forgetting === 0 ? 1 : forgetting < 1 ? exp(fading * (tick - last[at])) : 0;
      counts[at] = kept * counts[at] + 1;
      last[at] = tick;
      return 1 / Math.sqrt(counts[at]);
    });
    expectSameBits(novelty.values, expected, 'novelty');
    expectSameBits(visits.values, counts, 'counts');
    expect([...visited.values]).toEqual([...last]);
  }
  columns.check();
});
