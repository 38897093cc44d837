import { expect, it } from 'vitest';
import peacocks from '../../../scenes/peacocks.json';
import { remixOf, shortName } from '../../../src/app/maker/maker-state.svelte.ts';
import { parseScene } from '../../../src/scene/parse.ts';

it('makes a scene of its own from another one: the same world, nothing said of the former', () => {
  const remix = remixOf(peacocks);
  expect([remix.name, remix.title]).toEqual(['my-peacocks', 'My Peacocks']);
  const [scene, former] = [remix, peacocks].map((json) => parseScene(json, 'remix'));
  expect([scene.habitat, scene.populations, scene.changes]).toEqual([former.habitat, former.populations, former.changes]);
  expect([scene.question, scene.lookFor, scene.found, scene.tryThis, scene.view]).toEqual(['', [], '', [], undefined]);
  // A remix of a remix keeps its name.
  expect(remixOf(remix)).toEqual(remix);
});

it('gives files the short form of a title', () => {
  expect(shortName('Slow garden, 2nd try')).toBe('slow-garden-2nd-try');
  expect(shortName('  3 Îles! ')).toBe('iles');
  expect(shortName('???')).toBe('');
  expect(parseScene({ ...remixOf(peacocks), name: shortName('A'.repeat(80)) }, 'x').name).toHaveLength(40);
});
