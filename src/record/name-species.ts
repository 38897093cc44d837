// Names for the species that a person can follow.
import type { SpeciesEntry } from './types.ts';

/** What names depend on. */
type Named = Pick<SpeciesEntry, 'id' | 'parent' | 'originTick' | 'endTick' | 'peak'>;

/**
 * Which species get a name: those that a person can follow. A species lasts once it has lived for a share of the time that had passed
 * when it ended (or has passed by now), and has had enough members. Both only grow while it lives, so that no species loses its name.
 */
export const lasting = {
  /** Of the ticks since the start of the world: a fifth of a plot of the run has room for a label. In `meadow`, seed 7, 9 of 29 species last by tick 3,500. */
  share: 0.2,
  /** Organisms in any one sample: five times the smallest group that counts as a species by default. */
  members: 100,
} as const;

type Lived = Pick<SpeciesEntry, 'originTick' | 'endTick' | 'peak'>;

/** Whether a species lasts. @param now tick of the world */
export function lasts({ originTick, endTick, peak }: Lived, now: number): boolean {
  const end = endTick ?? now;
  return peak >= lasting.members && end > 0 && end - originTick >= lasting.share * end;
}

const letters = { first: 'lmnrstvd', vowel: 'aeiou', last: 'lmnrs', middle: 'lmnrtvd' };
/** Of all that these letters can spell, what means something that a species should not be called. */
const unwanted =
  /anal|anus|tit|nud|sem[ei]n|lesa|osama|lenin|isis|islam|mulat|senil|vomit|tumor|lolit|sodom|satan|urin|merd|moro|sida|tara|ment[ie]|sad[io]s|rasis|nasi|sunni|mussol|tard|demen|demon|rum[oa]/;

/** 32 bits of a text, by the FNV-1a of Fowler, Noll and Vo. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // The low bits of short texts differ little.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Spells a number by the letters of some places, a letter each. */
function spell(number: number, places: readonly (keyof typeof letters)[]): string {
  let rest = number;
  let word = '';
  for (const place of places) {
    const from = letters[place];
    word += from[rest % from.length];
    rest = Math.floor(rest / from.length);
  }
  return word;
}
const stemOf = (number: number) => spell(number, ['first', 'vowel', 'last']);
const endingOf = (number: number) => spell(number, ['vowel', 'middle', 'vowel']);

/** Every name that can be given: a test reads them for what they should not say. */
export function* allNames(): Generator<string> {
  for (let stem = 0; stem < 200; stem++)
    for (let ending = 0; ending < 175; ending++) {
      const word = stemOf(stem) + endingOf(ending);
      if (!unwanted.test(word)) yield word;
    }
}

/** Most species that share a stem: the endings of more are hard to distinguish. */
const mostOfStem = 6;

/** Places at which two texts of a length differ. */
const apart = (a: string, b: string) => [...a].filter((letter, i) => letter !== b[i]).length;

/**
 * A name for every species: six letters that can be said, different within a run. Species begin a stem of three letters, which their daughters
 * share, as the species of a genus do, with endings that differ in two letters or more; granddaughters, and daughters beyond the fifth, begin another one. A
 * name depends on the world, on the species and on those before it, so it stays while species are added.
 * @param species in the order of their ids
 * @param world whatever distinguishes it from others: its scene and seed
 */
export function spellNames(species: readonly Pick<SpeciesEntry, 'id' | 'parent'>[], world: string): Map<number, string> {
  const names = new Map<number, string>();
  const stems = new Map<number, { readonly stem: string; readonly begins: boolean }>();
  /** Endings by stem. */
  const taken = new Map<string, string[]>();
  for (const { id, parent } of species) {
    const kin = stems.get(parent);
    const shared = kin?.begins && (taken.get(kin.stem)?.length ?? 0) < mostOfStem ? kin.stem : undefined;
    for (let attempt = 0; ; attempt++) {
      const key = `${world}/${id}/${attempt}`;
      // After some attempts at one of its own a stem may be another's: there are 200.
      const stem = shared ?? stemOf(hashOf(`stem ${key}`));
      const others = taken.get(stem) ?? [];
      if (!shared && others.length > 0 && attempt < 20) continue;
      const ending = endingOf(hashOf(key));
      const least = attempt < 60 ? 2 : 1;
      if (unwanted.test(stem + ending) || others.some((other) => apart(other, ending) < least)) continue;
      taken.set(stem, [...others, ending]);
      stems.set(id, { stem, begins: !shared });
      names.set(id, stem[0].toUpperCase() + stem.slice(1) + ending);
      break;
    }
  }
  return names;
}

/** The names that were spelt last: thousands of species take a tenth of a second, and mostly are those of the sample before. */
let spelt: { readonly world: string; readonly parents: string; readonly names: ReadonlyMap<number, string> } | undefined;

/** Names of the species that last. @param now tick of the world */
export function nameSpecies(species: readonly Named[], world: string, now: number): ReadonlyMap<number, string> {
  const parents = species.map(({ id, parent }) => `${id} ${parent}`).join();
  if (spelt?.world !== world || spelt.parents !== parents) spelt = { world, parents, names: spellNames(species, world) };
  const all = spelt.names;
  return new Map(species.flatMap((one) => (lasts(one, now) ? [[one.id, all.get(one.id) ?? ''] as const] : [])));
}
