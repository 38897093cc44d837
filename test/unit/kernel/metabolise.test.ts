import { expect, it } from 'vitest';
import { philox4x32 } from '../../../src/math/philox.ts';
import { uniform32 } from '../../../src/math/words.ts';
import { Columns, expectSameBits, expectSameNumbers, numbers } from './columns.ts';

const { fround } = Math;
const random = numbers('metabolise');
const words = new Uint32Array(4);
const stream = [0xcafebabe, 0x00c0ffee] as const;

it.each([1, 5, 64, 403].flatMap((count) => [true, false].map((bites) => ({ count, bites }))))(
  'metabolise: $count organisms, biting $bites',
  ({ count, bites }) => {
    const columns = new Columns();
    const f = (low: number, high: number) => columns.f32(random.list(count, () => random.between(low, high)));
    const tick = 900;
    const [feeding, biteCost, accident, span] = [0.002, 0.01, 0.05, 400].map(fround);
    const maturity = 50;
    const birth = columns.i32(random.list(count, () => tick - random.whole(0, 600)));
    const energy = f(-0.1, 8);
    const damage = columns.f32(random.list(count, () => (random.chance(0.5) ? 0 : random.between(0, 3))));
    const hurt = f(5, 6);
    const cost = f(0, 0.1);
    const moving = f(0, 0.1);
    const moved = f(0, 2);
    const eat = columns.f32(random.list(count, () => random.whole(0, 1)));
    const biting = columns.f32(random.list(count, () => random.whole(0, 2)));
    const storage = f(2, 9);
    const threshold = f(0.1, 0.9);
    const body = f(0.2, 2);
    const low = columns.u32(random.list(count, () => random.word()));
    const high = columns.u32(random.list(count, () => random.word()));
    const cause = columns.u32(new Uint32Array(count).fill(7));
    const ready = columns.u32(new Uint32Array(count).fill(7));
    const [before, torn] = [energy, damage].map(({ values }) => Float32Array.from(values));
    columns.run.metabolise(
      count,
      tick,
      birth.at,
      energy.at,
      damage.at,
      hurt.at,
      cost.at,
      moving.at,
      moved.at,
      eat.at,
      feeding,
      bites ? biting.at : 0,
      biteCost,
      storage.at,
      threshold.at,
      body.at,
      accident,
      span,
      maturity,
      low.at,
      high.at,
      ...stream,
      cause.at,
      ready.at,
      columns.scratch,
    );
    const expected = random.list(count, (i) => {
      let e = fround(before[i] - torn[i]);
      e = fround(e - cost.values[i]);
      e = fround(e - fround(moving.values[i] * fround(moved.values[i] * moved.values[i])));
      e = fround(e - fround(feeding * eat.values[i]));
      if (bites && biting.values[i] > 0) e = fround(e - biteCost);
      const ageTicks = tick - birth.values[i];
      const age = fround(ageTicks * fround(1 / span));
      const ageing = fround(fround(4 / span) * fround(age * fround(age * age)));
      philox4x32(...stream, low.values[i], high.values[i], tick, 0, words);
      const u = uniform32(words[0]);
      // Who has nothing left dies of the bite if it was bitten, else of hunger; an accident is told before age.
      const why = e <= 0 ? (torn[i] > 0 ? 2 : 1) : u < accident ? 4 : u < fround(accident + ageing) ? 3 : 0;
      const rich = e >= fround(fround(threshold.values[i] * storage.values[i]) + body.values[i]);
      return { e, why, ready: rich && ageTicks >= maturity && why === 0 ? 1 : 0 };
    });
    expectSameBits(
      energy.values,
      expected.map(({ e }) => e),
      'energy',
    );
    expectSameBits(hurt.values, torn, 'hurt');
    expectSameBits(damage.values, torn, 'damage');
    expectSameNumbers(
      cause.values,
      expected.map(({ why }) => why),
      'cause',
    );
    expectSameNumbers(
      ready.values,
      expected.map((row) => row.ready),
      'ready',
    );
    if (count > 400) {
      // Every branch was taken.
      expect(new Set(expected.map(({ why }) => why))).toEqual(new Set([0, 1, 2, 3, 4]));
      expect(new Set(expected.map((row) => row.ready)).size).toBe(2);
    }
    columns.check();
  },
);
