import { describe, expect, it } from 'vitest';
import { drawUniform } from '../../../src/math/draws.ts';
import { streamKey } from '../../../src/math/streams.ts';
import type { Population } from '../../../src/population/population.ts';
import { drawSample } from '../../../src/record/species/draw-sample.ts';
import { makeWorld, smallWorld } from '../engine/worlds.ts';

const world = makeWorld(smallWorld({ foragers: { founders: 500 } }), 'sample');
world.step(20);
const [population] = world.populations;
const id = population.table.f64('id');
const idsOf = (rows: Int32Array, column: ArrayLike<number> = id) => [...rows].map((row) => column[row]);

describe('the sample for species', () => {
  it('is those with the lowest draws, in the order of ids', () => {
    const key = streamKey('sample', 'record.species');
    const [low, high] = [population.table.u32('keyLow'), population.table.u32('keyHigh')];
    const drawn = Array.from({ length: population.count }, (_, row) => ({
      id: id[row],
      draw: drawUniform(key, low[row], high[row], 20, 0),
    })).sort((a, b) => a.draw - b.draw);
    for (const size of [0, 1, 2, 37, 100, population.count - 1]) {
      const expected = drawn.slice(0, size).map((one) => one.id);
      expect(idsOf(drawSample(population, 'sample', 20, size))).toEqual(expected.sort((a, b) => a - b));
    }
  });

  it('is everybody where there are no more', () => {
    const everybody = [...id.subarray(0, population.count)].sort((a, b) => a - b);
    for (const size of [population.count, population.count + 1, 5000]) {
      expect(idsOf(drawSample(population, 'sample', 20, size))).toEqual(everybody);
    }
  });

  it('does not depend on the order of rows, and changes with the tick', () => {
    const order = Array.from({ length: population.count }, (_, row) => row).sort((a, b) => ((a * 83) % 97) - ((b * 83) % 97));
    const column = (name: string) => {
      const values = name === 'id' ? id : population.table.u32({ name: name, type: 'u32' });
      return order.map((row) => values[row]);
    };
    const shuffled = { count: population.count, table: { f64: column, u32: column } } as unknown as Population;
    expect(idsOf(drawSample(shuffled, 'sample', 20, 60), column('id'))).toEqual(idsOf(drawSample(population, 'sample', 20, 60)));
    expect(idsOf(drawSample(population, 'sample', 21, 60))).not.toEqual(idsOf(drawSample(population, 'sample', 20, 60)));
  });

  it('takes the lower ids where draws are equal', () => {
    const twins = {
      count: 30,
      table: { f64: () => Float64Array.from({ length: 30 }, (_, row) => 100 - row), u32: () => new Uint32Array(30) },
    } as unknown as Population;
    expect([...drawSample(twins, 'sample', 1, 3)]).toEqual([29, 28, 27]);
  });
});
