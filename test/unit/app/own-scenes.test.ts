import { beforeEach, expect, it, vi } from 'vitest';
import { forgetScene, keepScene, ownScenes } from '../../../src/app/session/own-scenes.ts';

let stored: Map<string, string>;
beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});

const scene = (title: string) => ({ name: 'own', title, question: '', json: { title } });
const titles = () => ownScenes().map(({ title }) => title);

it('keeps the latest first, one of each title, and no more than there is room for', () => {
  for (const title of ['a', 'b', 'a']) keepScene(scene(title));
  expect(titles()).toEqual(['a', 'b']);
  for (let i = 0; i < 40; i++) keepScene(scene(`scene ${i}`));
  expect(titles()).toHaveLength(24);
  expect(titles()[0]).toBe('scene 39');
  forgetScene(ownScenes()[0].id);
  expect(titles()[0]).toBe('scene 38');
});

it.each(['{', '7', '[{}]', '[{"id":"1","name":"a","title":"a","question":"","json":null}]'])('takes %j for no scenes', (text) => {
  stored.set('upslope.scenes', text);
  expect(ownScenes()).toEqual([]);
});

it('takes no list that has one id twice', () => {
  stored.set('upslope.scenes', JSON.stringify(['a', 'b'].map((title) => ({ ...scene(title), id: '1' }))));
  expect(ownScenes()).toEqual([]);
});
