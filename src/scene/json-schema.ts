import { z } from 'zod';
import { allPatterns } from '../habitat/plane/patterns.ts';
import { allSenses } from '../habitat/plane/senses.ts';
import { currentSchema } from './current-schema.ts';
import type { HabitatKind } from './schema.ts';

interface Json {
  [key: string]: unknown;
  properties?: Record<string, Json>;
  additionalProperties?: Json;
}

/** Any text, with the known ones offered: a library may register more. */
const suggesting = (known: readonly string[], rest: Json): Json => ({ ...rest, anyOf: [{ enum: known }, { type: 'string' }] });

const jsonOf = (kind: HabitatKind) => z.toJSONSchema(currentSchema(kind), { io: 'input', target: 'draft-7' }) as Json;

/** JSON Schema (draft 7) of a scene file, for editors: completion, ranges and texts come from the same fields as everything else. */
export function sceneJsonSchema(): Record<string, unknown> {
  const schema = jsonOf('plane');
  const populations = schema.properties?.populations;
  const population = populations?.additionalProperties?.properties;
  const habitat = schema.properties?.habitat.properties;
  if (!populations || !population || !habitat) throw new Error('the schema of scenes has changed its shape: see sceneJsonSchema');
  populations.minProperties = 1;
  populations.maxProperties = 4;
  population.senses.items = suggesting(
    allSenses().map((sense) => sense.id),
    {},
  );
  const patterns = allPatterns().map((pattern) => pattern.id);
  for (const food of ['grass', 'fruit']) {
    const fields = habitat[food].properties;
    if (fields) fields.pattern = suggesting(patterns, fields.pattern);
  }
  const landscape = jsonOf('landscape');
  const one = landscape.properties?.populations;
  if (!one) throw new Error('the schema of scenes on landscapes has changed its shape: see sceneJsonSchema');
  one.minProperties = 1;
  one.maxProperties = 1;
  const { $schema, ...plane } = schema;
  const { $schema: _same, ...other } = landscape;
  return {
    $schema,
    title: 'Upslope scene',
    description: 'A world, its populations and their mechanisms.',
    // Told apart by their habitat, so that an editor complains about the right one.
    if: { properties: { habitat: { properties: { kind: { const: 'landscape' } } } } },
    // biome-ignore lint/suspicious/noThenProperty: a key of JSON Schema
    then: other,
    else: plane,
  };
}

/** The text of assets/scene.schema.json. */
export function sceneJsonSchemaText(): string {
  return `${JSON.stringify(sceneJsonSchema(), null, 2)}\n`;
}
