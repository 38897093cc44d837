import type { Random } from '../random.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A place in a tree: what holds it, and its key there. */
interface Place {
  readonly holder: Json[] | { [key: string]: Json };
  readonly key: string | number;
}

const words = [
  '',
  '0',
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'length',
  'then',
  'toJSON',
  '$',
  'a.b',
  'on',
  '\u0000',
  '\u2028',
  '\u202e',
  '\ud800',
  '\u{1f9ec}',
  '../..',
  '/dev/null',
  '%s',
  '<b>',
];

const numbers = [
  0,
  -0,
  1,
  -1,
  2,
  0.5,
  -0.5,
  1e-9,
  1e-45,
  5e-324,
  1e9,
  1e38,
  3.5e38,
  1e308,
  -1e308,
  255,
  256,
  65_535,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 31),
  -(2 ** 53),
  0.1,
  1 / 3,
  0.999_999_999_9,
  1.000_000_1,
  100_000_000,
  100_000_001,
];

/** Stand for numbers that JSON's writer cannot write and its reader reads. */
const unwritable = {
  '@plus infinity@': '1e999',
  '@minus infinity@': '-1e999',
  '@minus zero@': '-0',
  '@long@': `0.${'3'.repeat(400)}`,
};

/**
 * The text of a JSON tree in which one to five places were changed: taken out, doubled, swapped, given another type, numbers at
 * the edges of what can be, long and foreign texts, deep nesting, hostile keys.
 * @param other values that may come in from outside, beside those of the tree
 */
export function mutateJson(random: Random, tree: Json, other: readonly Json[] = []): string {
  return writeJson(mutateTree(random, tree, other));
}

/** The same as a tree; `tree` itself is changed where it can be. */
export function mutateTree(random: Random, tree: Json, other: readonly Json[] = []): Json {
  const root: { [key: string]: Json } = { whole: tree };
  for (let i = random.upTo(4); i > 0 && root.whole !== undefined; i--) step(random, root, other);
  return root.whole ?? null;
}

/** JSON with the numbers in it that its own writer leaves out. */
export function writeJson(tree: Json): string {
  const text = JSON.stringify(tree) ?? 'null';
  return text.includes('"@')
    ? text.replace(/"(@[a-z ]+@)"/g, (whole, name) => unwritable[name as keyof typeof unwritable] ?? whole)
    : text;
}

function placesOf(value: Json, places: Place[]): Place[] {
  if (value === null || typeof value !== 'object') return places;
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    places.push({ holder: value, key } as Place);
    placesOf((value as Record<string | number, Json>)[key], places);
  }
  return places;
}

const read = ({ holder, key }: Place): Json => (holder as Record<string | number, Json>)[key];

function write({ holder, key }: Place, value: Json): void {
  // An own property also where the key is __proto__, as JSON's reader makes it.
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

const copy = (value: Json): Json => (value !== null && typeof value === 'object' ? structuredClone(value) : value);

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(key as number, 1);
  else delete holder[key as string];
}

function step(random: Random, root: { [key: string]: Json }, other: readonly Json[]): void {
  const places = placesOf(root, []);
  // Deep places are many; now and then one near the top.
  const place = random.chance(0.15) ? places[random.upTo(places.length) - 1] : random.pick(places);
  const kind = random.below(13);
  if (kind < 5) restructure(random, place, kind, places);
  else write(place, otherValue(random, read(place), kind, { places, other }));
}

const otherKey = (random: Random, places: readonly Place[]): string =>
  random.chance(0.5) ? random.pick(words) : String(random.pick(places).key);

/** Takes out, doubles, swaps, adds and renames. */
function restructure(random: Random, place: Place, kind: number, places: readonly Place[]): void {
  const { holder } = place;
  const value = read(place);
  switch (kind) {
    case 0:
      remove(place);
      break;
    case 1:
      if (!Array.isArray(holder)) write(place, [value, copy(value)]);
      else holder.splice(place.key as number, 0, ...Array.from({ length: random.upTo(2000) }, () => copy(value)));
      break;
    case 2: {
      const second = random.pick(places);
      const moved = copy(read(second));
      write(second, copy(value));
      write(place, moved);
      break;
    }
    case 3:
      if (Array.isArray(holder)) holder.push(otherType(random, value));
      else write({ holder, key: otherKey(random, places) }, random.chance(0.5) ? copy(value) : otherType(random, value));
      break;
    default:
      if (Array.isArray(holder)) {
        holder.reverse();
        break;
      }
      remove(place);
      write({ holder, key: otherKey(random, places) }, value);
  }
}

/** What may stand in the place of a value. */
function otherValue(
  random: Random,
  value: Json,
  kind: number,
  { places, other }: { readonly places: readonly Place[]; readonly other: readonly Json[] },
): Json {
  switch (kind) {
    case 5:
      return copy(read(random.pick(places)));
    case 6:
    case 7:
      return otherNumber(random, value);
    case 8:
      return text(random);
    case 9: {
      let nested = value;
      for (let depth = random.upTo(80); depth > 0; depth--) {
        nested = random.chance(0.5) ? [nested] : { [random.pick(words)]: nested };
      }
      return nested;
    }
    case 10:
      return null;
    case 11:
      return other.length > 0 ? copy(random.pick(other)) : otherType(random, value);
    default:
      return otherType(random, value);
  }
}

function otherType(random: Random, value: Json): Json {
  switch (random.below(8)) {
    case 0:
      return typeof value === 'number' ? String(value) : 0;
    case 1:
      return typeof value === 'string' ? Number(value) || 0 : showJson(value).slice(0, 100);
    case 2:
      return random.chance(0.5);
    case 3:
      return [];
    case 4:
      return {};
    case 5:
      return [value];
    case 6:
      return null;
    default:
      return random.pick(numbers);
  }
}

function otherNumber(random: Random, value: Json): Json {
  if (random.chance(0.1)) return random.pick(Object.keys(unwritable));
  if (typeof value !== 'number' || random.chance(0.4)) return random.pick(numbers);
  switch (random.below(6)) {
    case 0:
      return value * 10;
    case 1:
      return value / 10;
    case 2:
      return -value;
    case 3:
      return value + 1;
    case 4:
      return value - 1;
    default:
      return value * (2 * random.share());
  }
}

function text(random: Random): string {
  const word = random.pick(words);
  if (random.chance(0.7)) return word;
  return (word || 'x').repeat(1 + random.upTo(20_000));
}

/** As text: an object of the input may have a `toString` that is not a function. */
const showJson = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
