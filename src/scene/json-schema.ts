import { z } from 'zod';
import { standardVocabulary } from '../habitat/standard.ts';
import type { Vocabulary } from '../habitat/vocabulary.ts';
import { currentSchema } from './current-schema.ts';
import { lessonSchema } from './lesson/schema.ts';
import { habitatNamed } from './vocabulary-of.ts';

interface Json {
  [key: string]: unknown;
  properties?: Record<string, Json>;
  additionalProperties?: Json;
}

/** Any text, with the known ones suggested: an extension may have more. */
const suggesting = (known: readonly string[], rest: Json): Json => ({ ...rest, anyOf: [{ enum: known }, { type: 'string' }] });

function jsonOf(kind: string, vocabulary: Vocabulary): Json {
  const schema = z.toJSONSchema(currentSchema(kind, vocabulary), { io: 'input', target: 'draft-7' }) as Json;
  const populations = schema.properties?.populations;
  if (!populations) throw new Error('the schema of scenes has changed its shape: see sceneJsonSchema');
  const { fewest, most } = habitatNamed(vocabulary, kind).populations;
  populations.minProperties = fewest;
  populations.maxProperties = most;
  return schema;
}

/** JSON Schema (draft 7) of a scene file, for editors: completion, ranges and texts come from the same fields as everything else. */
export function sceneJsonSchema(vocabulary: Vocabulary = standardVocabulary): Record<string, unknown> {
  const schema = jsonOf('plane', vocabulary);
  const populations = schema.properties?.populations;
  const population = populations?.additionalProperties?.properties;
  const habitat = schema.properties?.habitat.properties;
  if (!populations || !population || !habitat) throw new Error('the schema of scenes has changed its shape: see sceneJsonSchema');
  population.senses.items = suggesting(
    vocabulary.senses.map((sense) => sense.id),
    {},
  );
  const patterns = vocabulary.patterns.map((pattern) => pattern.id);
  for (const food of ['grass', 'fruit']) {
    const fields = habitat[food].properties;
    if (fields) fields.pattern = suggesting(patterns, fields.pattern);
  }
  const { $schema, ...plane } = schema;
  return {
    $schema,
    title: 'Upslope scene',
    description: 'A world, its populations and their mechanisms.',
    ...vocabulary.habitats
      .map(({ kind }) => kind)
      .filter((kind) => kind !== 'plane')
      .reduce<Json>((rest, kind) => branch(rest, kind, jsonOf(kind, vocabulary)), plane),
  };
}

/** One habitat or the others: distinguished by their kind, so that an editor complains about the right one. */
function branch(rest: Json, kind: string, { $schema, ...own }: Json): Json {
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

/** The text of dist/lesson.schema.json, of lessons about scenes. */
export function lessonJsonSchemaText(): string {
  const schema = z.toJSONSchema(lessonSchema, { io: 'input', target: 'draft-7' });
  const text = { title: 'Upslope lesson', description: 'Steps through a scene: predict, run, check.' };
  return `${JSON.stringify({ ...text, ...schema }, null, 2)}\n`;
}
