// The parameters of a scene with their texts and present values, for controls, help and the reference.

import type { z } from 'zod';
import { vocabularyIn } from '../habitat/vocabulary.ts';
import type { Trait } from '../population/traits.ts';
import { currentSchema } from './current-schema.ts';
import type { PlaneScene, Scene } from './schema.ts';
import { readSchema, type SchemaNode } from './schema-node.ts';
import { habitatOf, vocabularyOf } from './vocabulary-of.ts';

export type ParameterKind = 'number' | 'boolean' | 'enum' | 'text' | 'list' | 'group';

/** A parameter of a scene, with the text for controls, help and tables of the reference. */
export interface ParameterDescription {
  /** As in `set`, for example `populations.foragers.life.span`. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** Unit of the value, or '' for a pure number or none. */
  readonly unit: string;
  readonly kind: ParameterKind;
  /** Least and greatest value, of a number; least and most entries of a list, characters of a text. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** True when only whole numbers are allowed. */
  readonly integer?: boolean;
  readonly step?: number;
  /** Possible values of an `enum`. */
  readonly options?: readonly string[];
  readonly default: unknown;
  /** True when it may change while the world runs. */
  readonly live: boolean;
  /** Its value in this scene. */
  readonly value: unknown;
}

const kinds: Readonly<Record<SchemaNode['kind'], ParameterKind>> = {
  number: 'number',
  boolean: 'boolean',
  enum: 'enum',
  text: 'text',
  list: 'list',
  tuple: 'list',
  object: 'group',
  record: 'group',
  any: 'group',
};

const finite = (limit: number) => (Number.isFinite(limit) && Math.abs(limit) < Number.MAX_SAFE_INTEGER ? limit : undefined);

function describe(node: SchemaNode, path: string, value: unknown, fallback: unknown): ParameterDescription | undefined {
  const { text } = node;
  if (!text) return undefined;
  const bounded = node.kind === 'number' || node.kind === 'list' || node.kind === 'text';
  const minimum = bounded ? finite(node.minimum) : undefined;
  const maximum = bounded ? finite(node.maximum) : undefined;
  return {
    path,
    title: text.title,
    description: text.description,
    unit: text.unit,
    kind: kinds[node.kind],
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(node.kind === 'number' && node.integer ? { integer: true } : {}),
    ...(text.step === undefined ? {} : { step: text.step }),
    ...(node.kind === 'enum' ? { options: node.options.map(String) } : {}),
    default: fallback,
    live: text.live,
    value,
  };
}

/** Current ranges and founder values of every trait, the standard ones where the scene sets none. */
function* describeTraits(
  schema: z.ZodType,
  path: string,
  given: PlaneScene['populations'][string]['traits'],
  ranged: readonly Trait[],
) {
  const node = readSchema(schema);
  if (node.kind !== 'record') return;
  const shape = readSchema(node.value);
  if (shape.kind !== 'object') return;
  for (const trait of ranged) {
    for (const key of ['minimum', 'maximum', 'founder', 'deviation'] as const) {
      const fallback = trait[key];
      const field = describe(
        readSchema(shape.shape[key]),
        `${path}.${trait.id}.${key}`,
        given[trait.id]?.[key] ?? fallback,
        fallback,
      );
      if (field) yield { ...field, title: `${trait.title}: ${field.title.toLowerCase()}` };
    }
  }
}

function* walk(schema: z.ZodType, path: string, value: unknown, ranged: readonly Trait[]): Generator<ParameterDescription> {
  const node = readSchema(schema);
  if (/^populations\.[^.]+\.traits$/.test(path)) {
    yield* describeTraits(schema, path, value as PlaneScene['populations'][string]['traits'], ranged);
    return;
  }
  const parameter = describe(node, path, value, node.fallback);
  if (parameter) {
    yield parameter;
    return;
  }
  const values = (value ?? {}) as Record<string, unknown>;
  const at = (key: string) => (path === '' ? key : `${path}.${key}`);
  if (node.kind === 'object') {
    for (const [key, child] of Object.entries(node.shape)) yield* walk(child, at(key), values[key], ranged);
  } else if (node.kind === 'record') {
    for (const [key, child] of Object.entries(values)) yield* walk(node.value, at(key), child, ranged);
  }
}

/** Every parameter of a scene, in the order of the schema, with its present value. */
export function describeParameters(scene: Scene): readonly ParameterDescription[] {
  const vocabulary = vocabularyOf(scene);
  const habitat = habitatOf(scene);
  const ranged = habitat.rangedTraits(scene, vocabularyIn(habitat, vocabulary));
  return [...walk(currentSchema(scene.habitat.kind, vocabulary), '', scene, ranged)];
}
