import { expect, test } from 'vitest';
import { Notices } from '../../../src/app/shell/notices.svelte.ts';

test('a refusal is shown until another request succeeds, and nothing else is taken away', async () => {
  const notices = new Notices();
  expect(await notices.attempt(Promise.reject(new Error('too few fossils')))).toBeUndefined();
  expect(notices.shown).toMatchObject({ kind: 'trouble', text: expect.stringContaining('oo few fossils') });
  expect(await notices.attempt(Promise.resolve(3))).toBe(3);
  expect(notices.shown).toBeUndefined();
  await notices.attempt(Promise.reject(new Error('too few fossils')));
  notices.say({ text: 'Saved.', kind: 'plain' });
  await notices.attempt(Promise.resolve(3));
  expect(notices.shown?.text).toBe('Saved.');
});
