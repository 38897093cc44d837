import { describe, expect, it } from 'vitest';
import { LiveBands } from '../../../src/app/instruments/runs/live-bands.ts';
import { readForm } from '../../../src/app/instruments/runs/read-form.ts';
import { SampledRows } from '../../../src/app/instruments/runs/sampled-rows.ts';
import type { Control } from '../../../src/worker/topics/parameters.ts';

const control = {
  path: 'populations.foragers.mechanisms.mutation.on',
  title: 'Mutation',
  description: '',
  unit: '',
  kind: 'boolean',
  default: false,
  live: true,
  value: true,
} as unknown as Control;
const form = { seeds: '2', ticks: '300', every: '10', values: 'on, off' };
const address = {
  scene: 'meadow',
  changes: [
    { at: 40, path: 'habitat.grass.regrowth', value: 0.02 },
    { at: 250, path: 'a', value: 1 },
  ],
};

describe('twins', () => {
  it('differ from a tick on, and what was changed before happens again at its tick', () => {
    expect(readForm({ ...form, from: '200' }, 'meadow', address, control)).toEqual({
      plan: {
        version: 1,
        name: 'meadow',
        scene: 'meadow',
        vary: { '200:populations.foragers.mechanisms.mutation.on': [true, false] },
        seeds: '1..2',
        ticks: 300,
        every: 10,
        changes: [address.changes[0]],
      },
    });
    expect(readForm({ ...form, from: 'soon' }, 'meadow', address, control)).toMatchObject({ field: 'from' });
  });

  it('are compared pair by pair', () => {
    const rows = new SampledRows(4, 2);
    const bands = new LiveBands(
      rows,
      [
        [0, 1],
        [2, 3],
      ],
      0,
    );
    for (const [run, values] of [
      [5, 6],
      [8, 9],
      [1, 1],
      [2, 5],
    ].entries()) {
      rows.begin(run, 1);
      rows.add(run, Float64Array.from(values));
      bands.touch(run < 2 ? 0 : 1, 0, 2);
    }
    expect(bands.refresh(() => true)).toBe(true);
    expect(bands.difference?.map((point) => point?.mean)).toEqual([5, 4.5]);
    expect(bands.difference?.[0]).toMatchObject({ low: Number.NaN, high: Number.NaN, runs: 2 });
  });
});
