import { z } from 'zod';
import { allPatterns } from '../habitat/plane/patterns.ts';
import { allSenses } from '../habitat/plane/senses.ts';
import { habitatOf } from '../habitat/registry.ts';
import { currentSchema } from './current-schema.ts';
import { type HabitatKind, habitatKinds } from './schema.ts';

interface Json {
  [key: string]: unknown;
  properties?: Record<string, Json>;
  additionalProperties?: Json;
}

/** Any text, with the known ones suggested: a library may register more. */
const suggesting = (known: readonly string[], rest: Json): Json => ({ ...rest, anyOf: [{ enum: known }, { type: 'string' }] });

function jsonOf(kind: HabitatKind): Json {
  const schema = z.toJSONSchema(currentSchema(kind), { io: 'input', target: 'draft-7' }) as Json;
  const populations = schema.properties?.populations;
  if (!populations) throw new Error('the schema of scenes has changed its shape: see sceneJsonSchema');
  const { fewest, most } = habitatOf(kind).populations;
  populations.minProperties = fewest;
  populations.maxProperties = most;
  return schema;
}

/** JSON Schema (draft 7) of a scene file, for editors: completion, ranges and texts come from the same fields as everything else. */
export function sceneJsonSchema(): Record<string, unknown> {
  const schema = jsonOf('plane');
  const populations = schema.properties?.populations;
  const population = populations?.additionalProperties?.properties;
  const habitat = schema.properties?.habitat.properties;
  if (!populations || !population || !habitat) throw new Error('the schema of scenes has changed its shape: see sceneJsonSchema');
  population.senses.items = suggesting(
    allSenses().map((sense) => sense.id),
    {},
  );
  const patterns = allPatterns().map((pattern) => pattern.id);
  for (const food of ['grass', 'fruit']) {
    const fields = habitat[food].properties;
    if (fields) fields.pattern = suggesting(patterns, fields.pattern);
  }
  const { $schema, ...plane } = schema;
  return {
    $schema,
    title: 'Upslope scene',
    description: 'A world, its populations and their mechanisms.',
    ...habitatKinds.filter((kind) => kind !== 'plane').reduce<Json>(branch, plane),
  };
}

/** One habitat or the others: distinguished by their kind, so that an editor complains about the right one. */
function branch(rest: Json, kind: HabitatKind): Json {
  const { $schema, ...own } = jsonOf(kind);
  return {
    if: { properties: { habitat: { properties: { kind: { const: kind } } } } },
    // biome-ignore lint/suspicious/noThenProperty: a key of JSON Schema
    then: own,
    else: rest,
  };
}

/** The text of assets/scene.schema.json. */
export function sceneJsonSchemaText(): string {
  return `${JSON.stringify(sceneJsonSchema(), null, 2)}\n`;
}
