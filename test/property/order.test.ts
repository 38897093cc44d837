import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Scene } from '../../src/scene/schema.ts';
import { everythingOn } from '../fixtures/everything-on.ts';
import { checkOrder } from '../torture/order/check-order.ts';

// A result follows from scene, seed and changes: never from what a process ran before, nor from what memory held.
const folder = new URL('../../scenes/', import.meta.url);
const scenes: readonly (readonly [string, Scene])[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => [file, everythingOn(JSON.parse(readFileSync(new URL(file, folder), 'utf8')), file, 60)]);

describe('with every mechanism on, whatever ran before', () => {
  it.each(scenes)('%s', (name, scene) => {
    const place = scenes.findIndex(([other]) => other === name);
    const before = [1, 2, 3, 4].map((step) => scenes[(place + 5 * step) % scenes.length][1]);
    for (const outcome of checkOrder(name, scene, before, '3', 24))
      expect(outcome, JSON.stringify(outcome)).toMatchObject({ equal: true });
  });
});
