import { describe, expect, it } from 'vitest';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { describeWorld } from '../../../src/worker/describe-world.ts';
import { smallScene } from '../scene/small-scene.ts';

const entry = { text: 'Ten of ten.', command: 'npm run verify -- meadow 10', engine: '11111111', scene: '22222222' };

/** What the page is given of a scene's `found`. */
function shown(found: unknown) {
  const simulation = createSimulation(parseScene(smallScene({ found }), 'scene'), '1');
  const text = describeWorld(simulation, [], '1', 1).found;
  simulation.dispose();
  return text;
}

describe('what a scene says was found', () => {
  it('is a list of texts with what made their numbers', () => {
    expect(shown([entry])).toEqual([entry]);
  });

  it('is a text in scenes and links from before, or nothing', () => {
    expect(shown('Nine of ten.')).toEqual([{ text: 'Nine of ten.' }]);
    expect(shown('')).toEqual([]);
    expect(shown(undefined)).toEqual([]);
  });

  it.each([
    ['a number', 5],
    ['an entry without a text', [{ command: 'npm run verify' }]],
    ['an entry with something else', [{ ...entry, seeds: 10 }]],
  ])('is refused as %s', (_, found) => {
    expect(() => shown(found)).toThrow(/scene: found/);
  });

  it('changes nothing that the engine does', () => {
    const hash = (found: unknown) => {
      const simulation = createSimulation(parseScene(smallScene({ found }), 'scene'), '1');
      simulation.step(5);
      const end = simulation.hash();
      simulation.dispose();
      return end;
    };
    expect(hash([entry])).toBe(hash('Nine of ten.'));
  });
});
