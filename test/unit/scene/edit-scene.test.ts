import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editScene } from '../../../src/scene/edit-scene.ts';
import { parseScene } from '../../../src/scene/parse.ts';

const text = readFileSync('scenes/meadow.json', 'utf8');

describe('editScene', () => {
  it('changes one parameter and leaves everything else as it was written', () => {
    const edited = editScene(text, 'populations.foragers.mechanisms.transfer.rate', 0.25);
    const [before, after] = [JSON.parse(text), JSON.parse(edited)];
    expect(after.populations.foragers.mechanisms.transfer.rate).toBe(0.25);
    expect(parseScene(after, 'x').populations.foragers.mechanisms.transfer.rate).toBe(0.25);
    before.populations.foragers.mechanisms.transfer = {
      ...before.populations.foragers.mechanisms.transfer,
      rate: 0.25,
    };
    expect(after).toEqual(before);
    // Fixed ones too, and those with dots in their names.
    expect(JSON.parse(editScene(text, 'habitat.width', 256)).habitat.width).toBe(256);
    const range = JSON.parse(editScene(text, 'populations.foragers.traits.body.size.maximum', 3));
    expect(range.populations.foragers.traits['body.size'].maximum).toBe(3);
  });

  it.each([
    ['habitat.width', -1, 'habitat.width'],
    ['habitat.wdth', 5, 'did you mean habitat.width?'],
    ['populations.foragers.mechanisms.transfer.rate', 7, 'is too large'],
  ])('%s = %j is refused in a line', (path, value, words) => {
    expect(() => editScene(text, path, value)).toThrow(words);
  });
});
