import { describe, expect, it } from 'vitest';
import { SceneError } from '../../../src/scene/error.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import type { PlaneScene } from '../../../src/scene/schema.ts';
import { applyChange, applyChanges } from '../../../src/scene/set-path.ts';
import { smallScene } from './small-scene.ts';

const scene = parseScene(smallScene(), 'small.json') as PlaneScene;

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(SceneError);
    return (error as SceneError).message;
  }
  throw new Error('nothing was refused');
}

describe('a change of a live parameter', () => {
  it('gives a scene that differs there and leaves the old one as it is', () => {
    const before = structuredClone(scene);
    const next = applyChange(scene, 'populations.foragers.life.span', 900);
    expect(next.populations.foragers.life.span).toBe(900);
    expect(next.populations.foragers.life.maturity).toBe(scene.populations.foragers.life.maturity);
    expect(scene).toEqual(before);
  });

  it('reaches mechanisms and lists', () => {
    expect(
      applyChange(scene, 'populations.foragers.mechanisms.mutation.on', true).populations.foragers.mechanisms.mutation.on,
    ).toBe(true);
    const barriers = [{ x: 0, y: 0, width: 8, height: 8 }];
    expect(applyChange(scene, 'habitat.barriers', barriers).habitat.barriers).toEqual(barriers);
  });

  it('keeps its value apart from what the caller holds', () => {
    const barriers = [{ x: 0, y: 0, width: 8, height: 8 }];
    const next = applyChange(scene, 'habitat.barriers', barriers);
    barriers[0].x = 60;
    expect(next.habitat.barriers[0].x).toBe(0);
  });
});

describe('before tick 0', () => {
  const atStart = { atStart: true };

  it('fixed parameters change too', () => {
    expect(applyChange(scene, 'habitat.width', 128, atStart).habitat.width).toBe(128);
    expect(applyChange(scene, 'populations.foragers.traits.body.size.founder', 1.5, atStart).populations.foragers.traits).toEqual(
      {
        'body.size': { founder: 1.5 },
      },
    );
  });

  it('several that depend on each other are checked together', () => {
    const changes = [
      { path: 'populations.foragers.policy.memory', value: 2 },
      { path: 'populations.foragers.senses', value: ['grass', 'memory'] },
    ];
    expect(applyChanges(scene, changes, atStart).populations.foragers.policy.memory).toBe(2);
    expect(() => applyChange(scene, changes[0].path, 2, atStart)).toThrow(SceneError);
  });
});

describe('a refused change says why', () => {
  it.each<[string, unknown, string]>([
    ['habitat.width', 128, 'habitat.width: is fixed once the world is made; set it in the scene or before tick 0'],
    [
      'populations.foragers.life.span',
      5,
      'populations.foragers.life.span: 5 is too small; give a whole number from 10 to 1000000 (ticks)',
    ],
    ['populations.foragers.life.span', undefined, 'populations.foragers.life.span: the value is missing; give one'],
    [
      'populations.foragers.life.spam',
      5,
      "populations.foragers.life.spam: unknown key 'spam' in populations.foragers.life; did you mean populations.foragers.life.span?",
    ],
    [
      'populations.forager.life.span',
      900,
      "populations.forager.life.span: unknown population 'forager' in populations; did you mean populations.foragers.life.span?",
    ],
    ['habitat.climate', {}, 'habitat.climate: is a group of parameters; name one of period, amplitude'],
    ['populations', {}, 'populations: is a group of parameters; name one of foragers'],
    ['name', 'other', 'name: not a live parameter; set it in the scene file'],
    ['version', 1, 'version: not a live parameter; set it in the scene file'],
    ['changes', [], 'changes: not a live parameter; set it in the scene file'],
    ['habitat.barriers.0.x', 1, 'habitat.barriers.0.x: habitat.barriers is a list; give the whole list as its value'],
    ['habitat.cell.size', 1, 'habitat.cell.size: habitat.cell has no parts; leave out what follows it'],
    [
      'habitat.barriers',
      [{ x: 0, y: 0, width: 64, height: 64 }],
      'habitat.barriers: they leave no open ground; leave some cells free',
    ],
    ['', 1, 'a path of a parameter is missing or longer than 300 characters; give one such as habitat.grass.regrowth'],
  ])('%s = %j', (path, value, message) => {
    expect(refusal(() => applyChange(scene, path, value))).toBe(message);
  });

  it.each([
    '__proto__.polluted',
    'populations.__proto__.life.span',
    'populations.constructor.life',
    'habitat.toString',
    'constructor',
  ])('%s reaches nothing', (path) => {
    expect(refusal(() => applyChange(scene, path, 1, { atStart: true }))).toMatch(/unknown/);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
