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
    const n = report?.actions.length ?? 0;
    expect(n).toBeGreaterThanOrEqual(3);
    for (const matrix of [report?.tangent, report?.genetic] as Float64Array[]) {
      expect(matrix).toHaveLength(n * n);
      for (let i = 0; i < n; i++) {
        expect(matrix[i * n + i]).toBeGreaterThanOrEqual(0);
        for (let j = 0; j < i; j++) expect(Math.abs(matrix[i * n + j] - matrix[j * n + i])).toBeLessThan(1e-12);
      }
    }
    expect(desk.report(world, population.name, 1e9)).toBeUndefined();
    expect(desk.report(world, 'nobody', id)).toBeUndefined();
    world.dispose();
  });

  it('predicts what weights that move a little do; what is left falls with the square of the move', () => {
    const world = makeWorld(smallWorld(), 'tangent');
    world.step(5);
    const [population] = world.populations;
    const { table, layout, count } = population;
    const id = table.f64('id')[3];
    const left = [0.02, 0.002].map((size) => {
      const desk = new TangentDesk();
      expect(desk.report(world, population.name, id)?.since).toBe(world.tick);
      const kept = table.f32('genome').slice(0, count * layout.stride);
      // Everybody moves alike: the mean of a population of which all are one point moves as that point does.
      const genomes = table.f32('genome');
      for (let row = 0; row < count; row++) {
        for (let slot = 0; slot < layout.stride; slot++) {
          genomes[row * layout.stride + slot] = kept[3 * layout.stride + slot];
        }
      }
      desk.report(world, population.name, id, true);
      for (let at = 0; at < count * layout.stride; at++) genomes[at] += size * Math.sin(at % layout.stride);
      const { inherited, learned } = desk.report(world, population.name, id) ?? {};
      expect(learned).toBeUndefined();
      const { predicted, measured } = inherited as NonNullable<typeof inherited>;
      expect(Math.max(...measured.map(Math.abs))).toBeGreaterThan(size / 100);
      table.f32('genome').set(kept);
      return Math.max(...measured.map((value, p) => Math.abs(value - predicted[p])));
    });
    // Quadratic, but for the rounding of float32 genomes.
    expect(left[1]).toBeLessThan(0.03 * left[0] + 1e-7);
    world.dispose();
  });
});
