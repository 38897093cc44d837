import { type JsonPath, showPath } from '../parameter/show.ts';

const deepest = 32;
const most = 100_000;

/** The first thing in a value that is not allowed in a scene file, in words, or undefined if there is none. */
export function findForeign(value: unknown): string | undefined {
  let count = 0;
  const visit = (item: unknown, path: JsonPath): string | undefined => {
    count++;
    if (count > most) return `holds more than ${most} values; give fewer`;
    if (item === null || typeof item !== 'object') return undefined;
    if (path.length >= deepest) return `is nested more than ${deepest} levels deep; give a flatter one`;
    if (Array.isArray(item)) {
      for (let index = 0; index < item.length; index++) {
        const found = visit(item[index], [...path, index]);
        if (found) return found;
      }
      return undefined;
    }
    const prototype = Object.getPrototypeOf(item);
    if (prototype !== Object.prototype && prototype !== null) {
      // An object of another realm, as from a worker or a test's sandbox, is plain too: its prototype ends the chain.
      if (Object.getPrototypeOf(prototype) !== null) return `${showPath(path) || 'the whole'} is not a plain object; give JSON`;
    }
    for (const key of Object.keys(item)) {
      if (key === '__proto__') return `${showPath([...path, key])}: this key is not allowed; leave it out`;
      const found = visit((item as Record<string, unknown>)[key], [...path, key]);
      if (found) return found;
    }
    return undefined;
  };
  return visit(value, []);
}

/** The same limit for texts, before they are read. */
export const deepestJson = deepest;
