import { describe, expect, it } from 'vitest';
import { describeParameters } from '../../../src/scene/describe-parameters.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { applyChange } from '../../../src/scene/set-path.ts';
import { smallScene } from './small-scene.ts';

const scene = parseScene(smallScene({ populations: { prey: {}, predators: { life: { span: 500 } } } }), 'small.json');
const parameters = describeParameters(scene);
const find = (path: string) => parameters.find((parameter) => parameter.path === path);

describe('the catalogue of parameters', () => {
  it('says everything about a parameter', () => {
    expect(find('populations.predators.life.span')).toEqual({
      path: 'populations.predators.life.span',
      title: 'Life span',
      description: expect.stringContaining('Weibull'),
      unit: 'ticks',
      kind: 'number',
      integer: true,
      minimum: 10,
      maximum: 1_000_000,
      default: 800,
      live: true,
      value: 500,
    });
    expect(find('habitat.edge')).toMatchObject({ kind: 'enum', options: ['torus', 'wall'], live: false, value: 'torus' });
    expect(find('populations.prey.mechanisms.mutation.on')).toMatchObject({ kind: 'boolean', live: true, value: false });
    expect(find('populations.prey.senses')).toMatchObject({ kind: 'list', minimum: 1, maximum: 16 });
    expect(find('populations.prey.traits.body.size.founder')).toMatchObject({
      kind: 'number',
      default: 1,
      value: 1,
      live: false,
    });
  });

  it('names each once, and each can be set to what it is', () => {
    expect(new Set(parameters.map(({ path }) => path)).size).toBe(parameters.length);
    expect(parameters.length).toBeGreaterThan(100);
    // What a scene leaves open has no value.
    const given = parameters.filter(({ value, path }) => value !== undefined || !path.startsWith('view.'));
    for (const { path, value } of given) expect(() => applyChange(scene, path, value, { atStart: true })).not.toThrow();
  });

  it('has a title, a description and a default within its range for each', () => {
    for (const { path, title, description, minimum, maximum, kind, default: fallback } of parameters) {
      expect(title, path).not.toBe('');
      expect(description, path).toMatch(/[.)]$/);
      if (kind !== 'number' || (fallback === undefined && path.startsWith('view.'))) continue;
      expect(fallback, path).toBeGreaterThanOrEqual(minimum ?? Number.NEGATIVE_INFINITY);
      expect(fallback, path).toBeLessThanOrEqual(maximum ?? Number.POSITIVE_INFINITY);
    }
  });
});
