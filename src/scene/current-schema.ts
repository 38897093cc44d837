import type { z } from 'zod';
import { allMechanisms } from '../mechanisms/index.ts';
import { type HabitatKind, landscapeSceneSchema, planeSceneSchema } from './schema.ts';

const schemas = new Map<HabitatKind, z.ZodType>();
let mechanisms = -1;

/** The schema of scenes in a habitat, built again only when a mechanism was registered since: mechanisms are never taken away. */
export function currentSchema(kind: HabitatKind): z.ZodType {
  const count = allMechanisms().length;
  if (count !== mechanisms) schemas.clear();
  mechanisms = count;
  let schema = schemas.get(kind);
  if (!schema) {
    schema = kind === 'plane' ? planeSceneSchema() : landscapeSceneSchema();
    schemas.set(kind, schema);
  }
  return schema;
}
