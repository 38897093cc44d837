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

/** The FNV-1a of Fowler, Noll and Vo. @param hash of the text before it */
function fnv(text: string, hash = 0x811c9dc5): number {
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** 32 bits of such a hash: the low bits of short texts differ little. */
function mixed(hash: number): number {
  const more = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (more ^ (more >>> 13)) >>> 0;
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

/** Attempts at a name of letters alone: they spell 34,295, so that more species cannot all have one. */
const mostAttempts = 140;

/** Whether an ending differs from all others in two letters or more. */
function isApart(ending: string, others: Iterable<string>): boolean {
  for (const other of others) {
    let differ = 0;
    for (let i = 0; i < ending.length; i++) if (ending[i] !== other[i]) differ++;
    if (differ < 2) return false;
  }
  return true;
}

const capital = (word: string) => word[0].toUpperCase() + word.slice(1);

/**
 * A name for every species: six letters that can be said, different within a run. Species begin a stem of three letters, which their daughters
 * share, as the species of a genus do, with endings that differ in two letters or more; granddaughters, and daughters beyond the fifth, begin another one. A
 * name depends on the world, on the species and on those before it, so it stays while species are added. Of tens of thousands some find no free name:
 * they have one with their number after it.
 * @param species in the order of their ids
 * @param world whatever distinguishes it from others: its scene and seed
 */
export function spellNames(species: readonly Pick<SpeciesEntry, 'id' | 'parent'>[], world: string): Map<number, string> {
  const names = new Map<number, string>();
  const stems = new Map<number, { readonly stem: string; readonly begins: boolean }>();
  /** Endings by stem. */
  const taken = new Map<string, Set<string>>();
  for (const { id, parent } of species) {
    const [own, ownStem] = [fnv(`${world}/${id}/`), fnv(`stem ${world}/${id}/`)];
    const kin = stems.get(parent);
    const shared = kin?.begins && (taken.get(kin.stem)?.size ?? 0) < mostOfStem ? kin.stem : undefined;
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      // After some attempts at one of its own a stem may be another's: there are 200.
      const stem = shared ?? stemOf(mixed(fnv(`${attempt}`, ownStem)));
      const others = taken.get(stem) ?? new Set();
      if (!shared && others.size > 0 && attempt < 20) continue;
      const ending = endingOf(mixed(fnv(`${attempt}`, own)));
      if (unwanted.test(stem + ending)) continue;
      if (!others.has(ending) && (attempt >= 60 || isApart(ending, others))) {
        taken.set(stem, others.add(ending));
        stems.set(id, { stem, begins: !shared });
        names.set(id, capital(stem + ending));
        break;
      }
    }
    // No other species has its number.
    if (!names.has(id)) names.set(id, `${capital(stemOf(mixed(ownStem)) + endingOf(mixed(own)))} ${id}`);
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
