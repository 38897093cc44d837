import type { z } from 'zod';
import type { Vocabulary } from '../habitat/vocabulary.ts';
import { sceneSchema } from './schema.ts';

const schemas = new WeakMap<Vocabulary, Map<string, z.ZodType>>();

/** The schema of scenes in a habitat, built once for each vocabulary. */
export function currentSchema(kind: string, vocabulary: Vocabulary): z.ZodType {
  const built = schemas.get(vocabulary) ?? new Map<string, z.ZodType>();
  schemas.set(vocabulary, built);
  const schema = built.get(kind) ?? sceneSchema(kind, vocabulary);
  built.set(kind, schema);
  return schema;
}
