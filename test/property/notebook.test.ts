import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Scene } from '../../src/scene/schema.ts';
import { Run } from '../../src/worker/live-run.ts';
import { readEntry, writeEntry } from '../../src/worker/notebook/entry.ts';
import type { EntryText } from '../../src/worker/notebook/entry-text.ts';
import { takeUp } from '../../src/worker/notebook/take-up.ts';
import { scenes } from './engine-scenes.ts';
import { landscapeScenes } from './landscape-scenes.ts';

const text: Omit<EntryText, 'bytes'> = {
  kind: 'moment',
  ...{ id: 'one', name: 'a moment', title: 'A world', seed: 'seed' },
  ...{ tick: 0, living: 0, playing: false, savedAt: 0 },
};

test.each<[string, fc.Arbitrary<Scene>]>([
  ['in the plane', scenes],
  ['on a landscape', landscapeScenes],
])('what the notebook keeps of any world %s passes its own checks and goes on as the world did', (_, any) => {
  fc.assert(
    fc.property(any, fc.integer({ min: 0, max: 60 }), (scene, ticks) => {
      const run = Run.found(scene, 'seed', []);
      while (run.world.tick < ticks && run.step());
      const kept = { scene: JSON.parse(JSON.stringify(scene)), firstSeed: 'seed', began: 0, course: [], kept: run.keep() };
      const again = takeUp(readEntry(writeEntry(text, kept)).run);
      for (let left = 8; left > 0; left--) expect(again.step()).toBe(run.step());
      expect(again.world.hash()).toBe(run.world.hash());
      run.dispose();
      again.dispose();
    }),
    { seed: 7, numRuns: 12 },
  );
});
