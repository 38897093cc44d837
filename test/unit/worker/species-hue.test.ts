import { expect, test } from 'vitest';
import { speciesHues } from '../../../src/worker/species-hue.ts';

const apart = (a: number, b: number) => Math.min(Math.abs(a - b), 1 - Math.abs(a - b)) * 360;

test('kin look akin but not alike, and hues stay when species are added', () => {
  const species = [
    { id: 0, parent: -1 },
    { id: 1, parent: -1 },
  ];
  for (let id = 2; id < 40; id++) species.push({ id, parent: (id * 7) % id });
  const hues = speciesHues(species);
  const hue = (id: number) => hues.get(id) as number;
  for (const { id, parent } of species) {
    expect(hue(id)).toBeGreaterThanOrEqual(0);
    expect(hue(id)).toBeLessThan(1);
    if (parent < 0) continue;
    expect(apart(hue(id), hue(parent))).toBeGreaterThanOrEqual(20 - 1e-9);
    expect(apart(hue(id), hue(parent))).toBeLessThanOrEqual(70 + 1e-9);
  }
  expect(apart(hue(0), hue(1))).toBeGreaterThan(90);
  const fewer = speciesHues(species.slice(0, 20));
  for (const [id, value] of fewer) expect(value).toBe(hue(id));
});
