import { canonicalJson } from './canonical-json.ts';
import { digestText } from './run-identity.ts';

/** Keys of a scene for people and the page, which the engine does not read. */
const texts: ReadonlySet<string> = new Set([
  '$schema',
  'name',
  'title',
  'question',
  'lookFor',
  'tryThis',
  'found',
  'source',
  'view',
]);

/**
 * Eight hexadecimal digits of what the engine reads of a scene: habitat, populations, mechanisms, what is recorded, changes and
 * length. Texts, titles, switches to try and what the page shows first do not count. The scene is taken as written in its file: defaults belong to the
 * engine, so that a new parameter changes no hash.
 */
export function sceneHash(json: Readonly<Record<string, unknown>>): string {
  const read = Object.fromEntries(Object.entries(json).filter(([key]) => !texts.has(key)));
  const populations = Object.entries((json.populations ?? {}) as Record<string, Record<string, unknown>>);
  read.populations = Object.fromEntries(populations.map(([name, { title, ...rest }]) => [name, rest]));
  return digestText(canonicalJson(read)).slice(0, 8);
}
