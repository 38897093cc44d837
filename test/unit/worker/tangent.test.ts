import { expect, it } from 'vitest';
import { reportTangent } from '../../../src/worker/report-tangent.ts';
import { makeWorld, smallWorld } from '../engine/worlds.ts';

it('tells of a living organism how its actions hang together: symmetric, with no negative variance', () => {
  const world = makeWorld(smallWorld(), 'tangent');
  world.step(5);
  const [population] = world.populations;
  const id = population.table.f64('id')[3];
  const report = reportTangent(world, population.name, id);
  const n = report?.actions.length ?? 0;
  expect(n).toBeGreaterThanOrEqual(3);
  for (const matrix of [report?.tangent, report?.genetic] as Float64Array[]) {
    expect(matrix).toHaveLength(n * n);
    for (let i = 0; i < n; i++) {
      expect(matrix[i * n + i]).toBeGreaterThanOrEqual(0);
      for (let j = 0; j < i; j++) expect(Math.abs(matrix[i * n + j] - matrix[j * n + i])).toBeLessThan(1e-12);
    }
  }
  expect(reportTangent(world, population.name, 1e9)).toBeUndefined();
  expect(reportTangent(world, 'nobody', id)).toBeUndefined();
  world.dispose();
});
