import { expect, it } from 'vitest';
import { allNames, lasting, lasts, nameSpecies, spellNames } from '../../../src/record/name-species.ts';
import { speciesText } from '../../fixtures/species-text.ts';

const species: typeof speciesText = (id, parent, originTick, more) =>
  speciesText(id, parent, originTick, { count: 100, peak: 200, ...more });

it('names species that have lived for a share of the run and had enough members, and never takes a name back', () => {
  expect(lasts(species(0, -1), 1)).toBe(true);
  expect(lasts(species(0, -1), 0)).toBe(false);
  expect(lasts(species(0, -1, 0, { peak: lasting.members - 1 }), 1000)).toBe(false);
  // Of tick 3,000: not before a fifth of the run is its own.
  const late = species(1, 0, 3000);
  const first = Array.from({ length: 2000 }, (_, t) => 3000 + t).find((now) => lasts(late, now));
  expect(first).toBe(3750);
  for (const now of [3750, 10_000, 1e6]) expect(lasts(late, now)).toBe(true);
  // Once it has ended, time no longer counts for or against it.
  const ended = { ...late, fate: 'extinct' as const, endTick: 3800 };
  for (const now of [3800, 5000, 1e6]) expect(lasts(ended, now)).toBe(true);
  expect(lasts({ ...ended, endTick: 3700 }, 1e6)).toBe(false);
  expect([...nameSpecies([species(0, -1), late, species(2, 0, 4000)], 'meadow 7', 4100).keys()]).toEqual([0, 1]);
});

it('gives each species of a world a name of its own that stays while others are added', () => {
  const many = Array.from({ length: 3000 }, (_, id) => species(id, id === 0 ? -1 : Math.floor((id - 1) / 3)));
  const names = spellNames(many, 'meadow 7');
  expect(new Set(names.values()).size).toBe(3000);
  for (const name of names.values()) expect(name).toMatch(/^[A-Z][aeiou][lmnrs][aeiou][lmnrtvd][aeiou]$/);
  expect([...spellNames(many.slice(0, 40), 'meadow 7')]).toEqual([...names].slice(0, 40));
  expect([...spellNames(many.slice(0, 40), 'meadow 8')]).not.toEqual([...names].slice(0, 40));
  expect([...names.values()].slice(0, 5)).toEqual(['Suluri', 'Sulune', 'Sululu', 'Sulela', 'Nunode']);
});

it('names more species than its letters spell, each differently', () => {
  const names = [
    ...spellNames(
      Array.from({ length: 40_000 }, (_, id) => species(id, id - 1)),
      'meadow 7',
    ),
  ];
  expect(new Set(names.map(([, name]) => name)).size).toBe(40_000);
  for (const [id, name] of names) if (!/^[A-Z][a-z]{5}$/.test(name)) expect(name).toMatch(new RegExp(`^[A-Z][a-z]{5} ${id}$`));
  expect(names.slice(0, 20_000).every(([, name]) => name.length === 6)).toBe(true);
});

it('lets daughters share the stem of their mother, and begins another one with granddaughters', () => {
  const names = spellNames(
    [species(0, -1), species(1, 0), species(2, 0), species(3, 1), species(4, 3), species(5, -1)],
    'islands 1',
  );
  const stem = (id: number) => names.get(id)?.slice(0, 3);
  expect([stem(1), stem(2)]).toEqual([stem(0), stem(0)]);
  expect(stem(3)).not.toBe(stem(1));
  expect(stem(4)).toBe(stem(3));
  expect(stem(5)).not.toBe(stem(0));
});

it('keeps the names of sisters apart, however many they are', () => {
  const names = [
    ...spellNames([species(0, -1), ...Array.from({ length: 40 }, (_, i) => species(i + 1, 0))], 'meadow 7').values(),
  ];
  for (const [i, one] of names.entries())
    for (const other of names.slice(i + 1))
      expect([...one].filter((letter, place) => letter !== other[place]).length, `${one} ${other}`).toBeGreaterThanOrEqual(2);
  const stems = names.map((name) => name.slice(0, 3));
  expect(stems.slice(0, 6)).toEqual(Array(6).fill(stems[0]));
  expect(stems.slice(6)).not.toContain(stems[0]);
});

it('cannot spell words that would hurt or distract', () => {
  const words = [...allNames()];
  expect(words.length).toBeGreaterThan(30_000);
  const bad =
    /anal|anus|tit|nudi|slut|rape|nazi|naci|turd|dumm|moron|nude|lust|semen|satan|demon|devil|retard|merd|tard|isis|islam|allah|osama|lenin|stalin|mulat|lolit|sodom|senil|vomit|tumor|urin|ladilla|mierda|salop|idiot|sadis|rasist|sida|negr|niger|nigg|tonto|dildo|viol[ae]d|murder|suicid/;
  expect(words.filter((word) => bad.test(word))).toEqual([]);
});
