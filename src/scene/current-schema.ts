import type { z } from 'zod';
import { mechanisms } from '../mechanisms/index.ts';
import { type HabitatKind, sceneSchema } from './schema.ts';

const schemas = new Map<HabitatKind, z.ZodType>();
let built = -1;

/** The schema of scenes in a habitat, built again only when a mechanism was registered since: mechanisms are never removed. */
export function currentSchema(kind: HabitatKind): z.ZodType {
  const count = mechanisms.all().length;
  if (count !== built) schemas.clear();
  built = count;
  let schema = schemas.get(kind);
  if (!schema) {
    schema = sceneSchema(kind);
    schemas.set(kind, schema);
  }
  return schema;
}
