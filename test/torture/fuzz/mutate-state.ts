import type { Packable } from '../../../src/record/pack.ts';
import type { Random } from '../random.ts';

type Column = Uint8Array | Int32Array | Float32Array | Float64Array;
type Tree = Record<string, Packable>;

const nest = (depth: number): Packable => {
  let value: Packable = 1;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
};

const numbers = [0, -0, 1, -1, 0.5, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 53, 1e300, Number.NaN, Infinity, -Infinity];
const strange: readonly (() => Packable)[] = [
  ...numbers.map((number) => () => number),
  ...[null, undefined, true, false, '', 'x', '__proto__', 'living', 'x'.repeat(5000), 1n, -1n].map(
    (one) => () => one as Packable,
  ),
  () => [],
  () => [1, 'a', null],
  () => ({}),
  () => ({ length: 3, id: 1 }),
  () => JSON.parse('{"__proto__": {"on": true}}') as Packable,
  () => nest(45),
  () => nest(500),
  () => new Uint8Array(3),
  () => new Float64Array(0),
  () => Int32Array.of(-1, 0, 2 ** 31 - 1),
];

const isColumn = (value: unknown): value is Column => ArrayBuffer.isView(value);
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !isColumn(value);

/** A copy in which nothing is shared. */
function copy(value: Packable): Packable {
  if (isColumn(value)) return value.slice();
  if (Array.isArray(value)) return value.map(copy);
  if (isTree(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]));
  return value;
}

/** Every place of a value: the list or object, and the key in it. Few of the items of a long list. */
function placesIn(root: Tree, random: Random): { holder: Tree; key: string }[] {
  const found: { holder: Tree; key: string }[] = [];
  const visit = (holder: Tree) => {
    const keys = Object.keys(holder);
    const some = keys.length > 40 ? Array.from({ length: 8 }, () => random.pick(keys)) : keys;
    for (const key of new Set(some)) {
      found.push({ holder, key });
      const item = holder[key];
      if (isTree(item)) visit(item);
    }
  };
  visit(root);
  return found;
}

function mutateColumn(column: Column, random: Random): Packable {
  const { length } = column;
  const at = length === 0 ? 0 : random.below(length);
  switch (random.below(7)) {
    case 0:
      return column.slice(0, at);
    case 1: {
      const longer = new (column.constructor as new (n: number) => Column)(length + 1 + random.below(9));
      longer.set(column);
      return longer;
    }
    case 2:
      return random.pick([Uint8Array, Int32Array, Float32Array, Float64Array]).from(column as ArrayLike<number>);
    case 3:
      return column.slice().reverse();
    case 4:
      return column.slice().fill(random.pick(numbers));
    default: {
      const other = column.slice();
      if (length > 0) other[at] = random.chance(0.5) ? random.pick(numbers) : other[at] + (random.chance(0.5) ? 1 : -1);
      return other;
    }
  }
}

function mutateText(text: string, random: Random): Packable {
  const at = random.below(text.length + 1);
  return random.pick([text.slice(0, at), `${text.slice(0, at)}\u0000"<${text.slice(at)}`, text + text, text.toUpperCase(), at]);
}

/**
 * A value of another shape that follows from `random`: one to three places in it are replaced, dropped, doubled, exchanged or shifted. The
 * value that is given stays as it is.
 * @param root an object or a list, of what `pack` can hold (so all that JSON can)
 */
export function mutateState(random: Random, root: Packable): Packable {
  const whole: Tree = { root: copy(root) };
  for (let left = 1 + random.below(3); left > 0; left--) {
    const places = placesIn(whole, random);
    if (places.length === 0) break;
    const { holder, key } = random.pick(places);
    const value = holder[key];
    const list: Packable[] | undefined = Array.isArray(holder) ? (holder as Packable[]) : undefined;
    switch (random.below(8)) {
      case 0:
        holder[key] = random.pick(strange)();
        break;
      case 1:
        if (list) list.splice(Number(key), 1);
        else delete holder[key];
        break;
      case 2:
        if (list) list.splice(Number(key), 0, copy(value));
        else holder[`${key}2`] = copy(value);
        break;
      case 3:
        holder[key] = copy(random.pick(places.map(({ holder: from, key: of }) => from[of])));
        break;
      default:
        if (isColumn(value)) holder[key] = mutateColumn(value, random);
        else if (typeof value === 'number') {
          holder[key] = random.pick([value + 1, value - 1, -value, value * 1e6, value / 3, random.pick(numbers)]);
        } else if (typeof value === 'string') holder[key] = mutateText(value, random);
        else if (typeof value === 'boolean') holder[key] = random.pick([!value, 0, 'true', null]);
        else holder[key] = random.pick(strange)();
    }
  }
  return whole.root;
}
