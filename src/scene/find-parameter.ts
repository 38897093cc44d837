import { nearest, suggest } from '../parameter/nearest.ts';
import { showText } from '../parameter/show.ts';
import { currentSchema } from './current-schema.ts';
import { SceneError } from './error.ts';
import type { Scene } from './schema.ts';
import { childSchema, knownKeys, readSchema, type SchemaNode } from './schema-node.ts';
import { missingFor, vocabularyOf } from './vocabulary-of.ts';

/** A parameter found by its path. */
export interface FoundParameter {
  readonly keys: readonly string[];
  readonly node: SchemaNode & { readonly text: NonNullable<SchemaNode['text']> };
}

/** Words of the path that make up the next key: ids of traits contain dots. */
function takeKey(known: readonly string[], words: readonly string[]): { key: string; used: number } | undefined {
  for (let used = Math.min(4, words.length); used > 0; used--) {
    const key = words.slice(0, used).join('.');
    if (known.includes(key)) return { key, used };
  }
  return undefined;
}

/**
 * Finds the parameter of a scene that a path such as `populations.foragers.life.span` names.
 * @throws {SceneError} if it names none; the message gives the unknown word and what was probably meant.
 */
export function findParameter(scene: Scene, path: string): FoundParameter {
  if (typeof path !== 'string' || path === '' || path.length > 300) {
    throw new SceneError(
      'a path of a parameter is missing or longer than 300 characters; give one such as habitat.grass.regrowth',
    );
  }
  const where = showText(path, 120);
  const words = path.split('.');
  const keys: string[] = [];
  let node: SchemaNode = readSchema(currentSchema(scene.habitat.kind, vocabularyOf(scene)));
  let at = 0;
  while (at < words.length) {
    if (node.kind === 'list') {
      throw new SceneError(`${where}: ${keys.join('.')} is a list; give the whole list as its value`);
    }
    const isPopulations: boolean = node.kind === 'record' && node.names === undefined;
    const known: readonly string[] = isPopulations ? Object.keys(scene.populations) : knownKeys(node);
    if (known.length === 0) throw new SceneError(`${where}: ${keys.join('.')} has no parts; leave out what follows it`);
    const taken = takeKey(known, words.slice(at));
    if (!taken) {
      const word = words[at];
      const reason = keys.at(-1) === 'mechanisms' ? missingFor(word, scene.habitat.kind, vocabularyOf(scene)) : undefined;
      if (reason !== undefined) throw new SceneError(`${where}: ${reason}; leave it out`);
      const meant = nearest(word, known);
      const whole = meant === undefined ? undefined : [...keys, meant, ...words.slice(at + 1)].join('.');
      const place = keys.length > 0 ? ` in ${keys.join('.')}` : '';
      const help = whole === undefined ? suggest(word, known) : `did you mean ${showText(whole, 120)}?`;
      throw new SceneError(`${where}: unknown ${isPopulations ? 'population' : 'key'} '${showText(word)}'${place}; ${help}`);
    }
    const child = childSchema(node, taken.key);
    if (child === undefined) throw new SceneError(`${where}: unknown`);
    node = readSchema(child);
    keys.push(taken.key);
    at += taken.used;
  }
  const { text } = node;
  if (text !== undefined) return { keys, node: { ...node, text } };
  if (node.kind === 'object' || node.kind === 'record') {
    const parts = node.kind === 'record' && node.names === undefined ? Object.keys(scene.populations) : knownKeys(node);
    throw new SceneError(`${where}: is a group of parameters; name one of ${parts.join(', ')}`);
  }
  throw new SceneError(`${where}: not a live parameter; set it in the scene file`);
}
