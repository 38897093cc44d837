import { describe, expect, it } from 'vitest';
import { TangentDesk } from '../../../src/worker/report-tangent.ts';
import { makeWorld, smallWorld } from '../engine/worlds.ts';

describe('the tangent of an organism', () => {
  it('tells how its actions hang together: symmetric, with no negative variance', () => {
    const world = makeWorld(smallWorld(), 'tangent');
    world.step(5);
    const [population] = world.populations;
    const id = population.table.f64('id')[3];
    const desk = new TangentDesk();
    const report = desk.report(world, population.name, id);
    const n = report?.properties.length ?? 0;
    expect(n).toBe(report?.actions);
    expect(n).toBeGreaterThanOrEqual(3);
    for (const matrix of [report?.tangent, report?.genetic] as Float64Array[]) {
      expect(matrix).toHaveLength(n * n);
      for (let i = 0; i < n; i++) {
        expect(matrix[i * n + i]).toBeGreaterThanOrEqual(0);
        for (let j = 0; j < i; j++) expect(Math.abs(matrix[i * n + j] - matrix[j * n + i])).toBeLessThan(1e-12);
      }
    }
    expect(report?.learned).toBeUndefined();
    expect(desk.report(world, population.name, 1e9)).toBeUndefined();
    expect(desk.report(world, 'nobody', id)).toBeUndefined();
    world.dispose();
  });

  it('is watched from the first look on, or from when one says so, and changes nothing', () => {
    const [world, twin] = [makeWorld(smallWorld(), 'tangent'), makeWorld(smallWorld(), 'tangent')];
    const [population] = world.populations;
    const id = Math.min(...population.table.f64('id').subarray(0, population.count));
    const desk = new TangentDesk();
    expect(desk.report(world, population.name, id)?.since).toBe(0);
    world.step(4);
    expect(desk.report(world, population.name, id)?.since).toBe(0);
    expect(desk.report(world, population.name, id, true)?.since).toBe(4);
    world.step(4);
    twin.step(8);
    expect(world.hash()).toBe(twin.hash());
    world.dispose();
    twin.dispose();
  });
});
