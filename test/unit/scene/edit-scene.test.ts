import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editScene } from '../../../src/scene/edit-scene.ts';
import { parseScene } from '../../../src/scene/parse.ts';

const text = readFileSync('scenes/meadow.json', 'utf8');

describe('editScene', () => {
  it('changes one parameter and leaves everything else as it was written', () => {
    const edited = editScene(text, [{ path: 'populations.foragers.mechanisms.transfer.rate', value: 0.25 }]);
    const [before, after] = [JSON.parse(text), JSON.parse(edited)];
    expect(after.populations.foragers.mechanisms.transfer.rate).toBe(0.25);
    expect(parseScene(after, 'x').populations.foragers.mechanisms.transfer.rate).toBe(0.25);
    before.populations.foragers.mechanisms.transfer = {
      ...before.populations.foragers.mechanisms.transfer,
      rate: 0.25,
    };
    expect(after).toEqual(before);
    // Fixed ones too, and those with dots in their names.
    expect(JSON.parse(editScene(text, [{ path: 'habitat.width', value: 256 }])).habitat.width).toBe(256);
    const range = JSON.parse(editScene(text, [{ path: 'populations.foragers.traits.body.size.maximum', value: 3 }]));
    expect(range.populations.foragers.traits['body.size'].maximum).toBe(3);
  });

  it('checks changes together: memory and its sense go together', () => {
    const senses = { path: 'populations.foragers.senses', value: ['grass', 'energy'] };
    const memory = { path: 'populations.foragers.policy.memory', value: 0 };
    expect(() => editScene(text, [senses])).toThrow("2 memory units need the sense 'memory'");
    for (const changes of [
      [senses, memory],
      [memory, senses],
    ]) {
      const { foragers } = JSON.parse(editScene(text, changes)).populations;
      expect([foragers.senses.at(-1), foragers.policy.memory]).toEqual(['energy', 0]);
    }
  });

  it.each([
    ['habitat.width', -1, 'habitat.width'],
    ['habitat.wdth', 5, 'did you mean habitat.width?'],
    ['populations.foragers.mechanisms.transfer.rate', 7, 'is too large'],
  ])('%s = %j is refused in a line', (path, value, words) => {
    expect(() => editScene(text, [{ path, value }])).toThrow(words);
  });
});
