import { describe, expect, it } from 'vitest';
import { TangentQueries } from '../../../src/worker/report-tangent.ts';
import { makeWorld, smallWorld } from '../engine/worlds.ts';

describe('the tangent of an organism', () => {
  it('tells how its actions hang together: symmetric, with no negative variance', () => {
    const world = makeWorld(smallWorld(), 'tangent');
    world.step(5);
    const [population] = world.populations;
    const id = population.table.f64('id')[3];
    const desk = new TangentQueries();
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
    const desk = new TangentQueries();
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

  it('has an expected reward, and what is learned from it, only while learning is on', () => {
    const world = makeWorld(
      smallWorld({ foragers: { mechanisms: { learning: { on: true }, imitation: { on: true } } } }),
      'tangent',
    );
    const [population] = world.populations;
    const path = `populations.${population.name}.mechanisms.learning.on`;
    world.step(2);
    const id = Math.max(...population.table.f64('id').subarray(0, population.count));
    const desk = new TangentQueries();
    const report = () => desk.report(world, population.name, id);
    expect(report()?.properties.at(-1)?.title).toBe('Expected reward');
    world.step(1);
    expect(report()?.learned).toBeDefined();
    // Those who imitate go on having weights of their own, which are not the genes'.
    world.set(path, false);
    world.step(1);
    expect(report()?.properties).toHaveLength(report()?.actions ?? 0);
    expect(report()?.learned).toBeUndefined();
    world.set(path, true);
    world.step(1);
    expect(report()?.learned).toBeDefined();
    desk.clear();
    world.step(1);
    expect(report()?.since).toBe(world.tick);
    world.dispose();
  });
});
