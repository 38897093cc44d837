import { expect, it } from 'vitest';
import { SceneError } from '../../../src/scene/error.ts';
import { parseScene } from '../../../src/scene/parse.ts';

it('a text that is an object with a length of its own is refused in one line', () => {
  const name = { length: { toString: 1, valueOf: 1 } };
  const parse = () => parseScene({ version: 1, name, title: 'x' }, 'scene.json');
  expect(parse).toThrow(SceneError);
  expect(parse).not.toThrow(/primitive/);
});
