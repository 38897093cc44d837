import { expect, it } from 'vitest';
import type { PlaneContext } from '../../../src/habitat/plane/context.ts';
import { nearInto } from '../../../src/habitat/plane/near-into.ts';
import { sortByPlace } from '../../../src/habitat/plane/sort-by-place.ts';
import { makeWorld, smallWorld } from './worlds.ts';

const reaches = [0, 3, 12, 31, 40, 64, 90, 250];

it.each(['torus', 'wall'].flatMap((edge) => reaches.map((reach) => ({ edge, reach }))))(
  'finds everybody within $reach lengths and nobody twice: $edge',
  ({ edge, reach }) => {
    const [width, height] = [200, 88];
    const simulation = makeWorld(smallWorld({ habitat: { width, height, edge }, foragers: { founders: 240 } }));
    const [population] = simulation.populations;
    const plane = simulation.ground;
    const { kernel } = population.arena;
    // Tick 32 puts the rows into the order of places too.
    for (const tick of [1, 32]) {
      sortByPlace(population, { plane, kernel, tick } as unknown as PlaneContext);
      const [x, y] = [population.table.f32('x'), population.table.f32('y')];
      const out = { rows: new Int32Array(1) };
      let all = 0;
      for (let row = 0; row < population.count; row++) {
        const count = nearInto(plane, population, row, reach, out);
        const found = [...out.rows.subarray(0, count)];
        const expected: number[] = [];
        for (let other = 0; other < population.count; other++) {
          let [dx, dy] = [Math.abs(x[row] - x[other]), Math.abs(y[row] - y[other])];
          if (edge === 'torus') [dx, dy] = [Math.min(dx, width - dx), Math.min(dy, height - dy)];
          if (other !== row && dx * dx + dy * dy <= reach * reach) expected.push(other);
        }
        expect(found.sort((a, b) => a - b)).toEqual(expected);
        all += expected.length;
      }
      if (reach >= 12) expect(all).toBeGreaterThan(100);
    }
    simulation.dispose();
  },
);
