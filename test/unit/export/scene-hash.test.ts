import { describe, expect, it } from 'vitest';
import meadow from '../../../scenes/meadow.json';
import { sceneHash } from '../../../src/export/scene-hash.ts';

const hash = sceneHash(meadow);
const { foragers } = meadow.populations;

describe('the hash of a scene', () => {
  it('is eight hexadecimal digits, whatever the order of keys', () => {
    expect(hash).toMatch(/^[0-9a-f]{8}$/);
    expect(sceneHash(Object.fromEntries(Object.entries(meadow).reverse()))).toBe(hash);
  });

  it.each([
    ['$schema', 'elsewhere'],
    ['name', 'other'],
    ['title', 'Other'],
    ['question', 'Why?'],
    ['lookFor', []],
    ['tryThis', []],
    ['found', 'Nothing.'],
    ['source', 'None.'],
    ['view', { colour: 'age' }],
    ['populations', { foragers: { ...foragers, title: 'Grazers' } }],
  ])('does not change with %s', (key, value) => {
    expect(sceneHash({ ...meadow, [key]: value })).toBe(hash);
  });

  it.each([
    ['habitat', { ...meadow.habitat, width: 767 }],
    ['populations', { foragers: { ...foragers, founders: 2999 } }],
    ['populations', { others: foragers }],
    ['populations', { foragers: { ...foragers, mechanisms: { mutation: { on: false } } } }],
    ['record', { species: { smallest: 3 } }],
    ['changes', [{ at: 5, path: 'habitat.grass.regrowth', value: 0.02 }]],
    ['ticks', 1],
    ['something new', 1],
  ])('changes with %s', (key, value) => {
    expect(sceneHash({ ...meadow, [key]: value })).not.toBe(hash);
  });
});
