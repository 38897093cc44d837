import { type JsonPath, showPath } from './show.ts';

const deepest = 32;
const most = 100_000;

/** The first thing in a value that cannot stand in a scene file, in words, or undefined when there is none. */
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
      if (Object.getPrototypeOf(prototype) !== null) return `${showPath(path) || 'the whole'} is no plain object; give JSON`;
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

/** What a JSON text looks like from outside: how deep it is nested, and whether it ends before its brackets close. */
export function scanJson(text: string): { depth: number; open: number } {
  let depth = 0;
  let open = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 0x5c) i++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) depth = Math.max(depth, ++open);
    else if (code === 0x7d || code === 0x5d) open--;
  }
  return { depth, open: quoted ? open + 1 : open };
}

/** The same limit for texts, before they are read. */
export const deepestJson = deepest;
