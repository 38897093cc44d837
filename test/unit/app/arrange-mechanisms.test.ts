import { describe, expect, it } from 'vitest';
import islands from '../../../scenes/islands.json';
import meadow from '../../../scenes/meadow.json';
import { arrangeMechanisms } from '../../../src/app/instruments/mechanisms/arrange-mechanisms.ts';
import { scenesWith } from '../../../src/app/instruments/mechanisms/scenes-with.ts';
import { mechanismsIn } from '../../../src/scene/mechanisms-in.ts';

const texts = [
  { id: 'mutation', title: 'Mutation', group: 'inheritance', summary: 'Newborns differ a little.', lookFor: '', source: '' },
  {
    id: 'transfer',
    title: 'Horizontal transfer',
    group: 'inheritance',
    summary: 'Neighbours pass genes on.',
    lookFor: '',
    source: '',
  },
  {
    id: 'mate-choice',
    title: 'Mate choice',
    group: 'mating',
    summary: 'Organisms choose mates.',
    lookFor: 'Display runs away.',
    source: '',
  },
] as const;
const controls = texts.map(({ id, title }) => ({ id, title, key: id, on: undefined, live: [], fixed: [] }));
const ids = (list: readonly { id: string }[]) => list.map((one) => one.id);

describe('the list of mechanisms', () => {
  it('has first what the scene is about, and the others by group', () => {
    const { first, groups } = arrangeMechanisms(controls, texts, ['mutation']);
    expect(ids(first)).toEqual(['mutation']);
    expect(groups.map(({ title, mechanisms }) => [title, ...ids(mechanisms)])).toEqual([
      ['Inheritance', 'transfer'],
      ['Mating', 'mate-choice'],
    ]);
  });

  it('finds words wherever they are said, and all of them', () => {
    expect(ids(arrangeMechanisms(controls, texts, ['mutation'], 'GENES neighbours').first)).toEqual(['transfer']);
    expect(ids(arrangeMechanisms(controls, texts, [], 'runs away').first)).toEqual(['mate-choice']);
    expect(arrangeMechanisms(controls, texts, [], 'genes mates')).toEqual({ first: [], groups: [] });
  });

  it('finds parameters by their titles, and says what was probably meant', () => {
    const mutation = { ...controls[0], live: [{ title: 'Mutation rate' }] } as unknown as (typeof controls)[number];
    expect(ids(arrangeMechanisms([mutation], texts, [], 'rate').first)).toEqual(['mutation']);
    expect(arrangeMechanisms(controls, texts, [], 'transfr').meant).toBe('transfer');
    expect(arrangeMechanisms(controls, texts, [], 'mate chioce').meant).toBe('mate choice');
  });
});

describe('what scenes are about', () => {
  it('is what they begin with, change or offer', () => {
    expect([...mechanismsIn(islands)].toSorted()).toEqual([
      'mate-distance',
      'migration',
      'mutation',
      'recombination',
      'sexual-reproduction',
    ]);
    expect([...mechanismsIn(meadow, 'foragers')]).toContain('transfer');
    expect([...mechanismsIn(meadow, 'hunters')]).toEqual([]);
    const changed = {
      populations: { a: {} },
      changes: [{ path: 'populations.a.mechanisms.learning.on' }, { path: 'habitat.width' }],
    };
    expect([...mechanismsIn(changed, 'a')]).toEqual(['learning']);
  });

  it('leads from a mechanism to its scenes', async () => {
    expect(await scenesWith('mate-choice')).toEqual(['peacocks']);
    expect(await scenesWith('curiosity')).toEqual([]);
  });
});
