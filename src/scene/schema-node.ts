import type { z } from 'zod';
import type { ParameterText } from '../parameter/parameter.ts';

/** A zod schema without its wrappers, in the few kinds used in scenes. */
export type SchemaNode = {
  /** As it was given, wrappers included: it validates and fills in defaults. */
  readonly schema: z.ZodType;
  /** Set for a parameter; groups and names have none. */
  readonly text: ParameterText | undefined;
  /** Its value when omitted; undefined if there is none. */
  readonly fallback: unknown;
} & (
  | { readonly kind: 'object'; readonly shape: Readonly<Record<string, z.ZodType>> }
  | { readonly kind: 'record'; readonly names: readonly string[] | undefined; readonly value: z.ZodType }
  | { readonly kind: 'list'; readonly element: z.ZodType; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'tuple'; readonly items: readonly z.ZodType[] }
  | { readonly kind: 'number'; readonly integer: boolean; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'text'; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'enum'; readonly options: readonly unknown[] }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'any' }
);

/** The parts of zod's own description of a schema that are read here; the same in every copy of zod 4. */
interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly defaultValue?: unknown;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly items?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly values?: readonly unknown[];
  readonly format?: string;
  readonly checks?: readonly z.core.$ZodCheck[];
}

/** A bound that a schema carries: greater_than, less_than, min_length, max_length. */
interface Check {
  readonly check: string;
  readonly value?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

const definition = (schema: z.ZodType) => schema._zod.def as unknown as Definition;

/** Tightest lower and upper bound among the checks of a schema. */
function boundsOf({ checks = [] }: Definition): { minimum: number; maximum: number } {
  let minimum = Number.NEGATIVE_INFINITY;
  let maximum = Number.POSITIVE_INFINITY;
  for (const item of checks) {
    const check = item._zod.def as Check;
    if (check.check === 'greater_than' || check.check === 'min_length') {
      minimum = Math.max(minimum, Number(check.value ?? check.minimum));
    } else if (check.check === 'less_than' || check.check === 'max_length') {
      maximum = Math.min(maximum, Number(check.value ?? check.maximum));
    }
  }
  return { minimum, maximum };
}

function enumOptions(schema: z.ZodType | undefined): readonly string[] | undefined {
  const def = schema && definition(schema);
  return def?.type === 'enum' ? (Object.values(def.entries ?? {}) as string[]) : undefined;
}

/** Reads a schema of the scene: its kind, bounds, text and default. */
export function readSchema(schema: z.ZodType): SchemaNode {
  let inner = schema;
  let text: ParameterText | undefined;
  let fallback: unknown;
  for (;;) {
    const meta = inner.meta() as (Partial<ParameterText> & object) | undefined;
    if (text === undefined && meta?.live !== undefined) text = meta as ParameterText;
    const def = definition(inner);
    if (fallback === undefined && (def.type === 'default' || def.type === 'prefault')) fallback = def.defaultValue;
    if (def.innerType === undefined) break;
    inner = def.innerType;
  }
  const def = definition(inner);
  const common = { schema, text, fallback };
  const { minimum, maximum } = boundsOf(def);
  switch (def.type) {
    case 'object':
      return { ...common, kind: 'object', shape: def.shape ?? {} };
    case 'record':
      return { ...common, kind: 'record', names: enumOptions(def.keyType), value: def.valueType as z.ZodType };
    case 'array':
      return { ...common, kind: 'list', element: def.element as z.ZodType, minimum: Math.max(0, minimum), maximum };
    case 'tuple':
      return { ...common, kind: 'tuple', items: def.items ?? [] };
    case 'number':
      return { ...common, kind: 'number', integer: def.format?.includes('int') ?? false, minimum, maximum };
    case 'string':
      return { ...common, kind: 'text', minimum: Math.max(0, minimum), maximum };
    case 'enum':
      return { ...common, kind: 'enum', options: Object.values(def.entries ?? {}) };
    case 'literal':
      return { ...common, kind: 'enum', options: def.values ?? [] };
    case 'boolean':
      return { ...common, kind: 'boolean' };
    default:
      return { ...common, kind: 'any' };
  }
}

/** Schema of the value under a key, or undefined if the key is unknown there. */
export function childSchema(node: SchemaNode, key: string | number): z.ZodType | undefined {
  if (node.kind === 'object') return typeof key === 'string' && Object.hasOwn(node.shape, key) ? node.shape[key] : undefined;
  if (node.kind === 'record') return node.names === undefined || node.names.includes(String(key)) ? node.value : undefined;
  if (node.kind === 'tuple') return typeof key === 'number' ? node.items[key] : undefined;
  if (node.kind === 'list') return typeof key === 'number' ? node.element : undefined;
  return undefined;
}

/** Keys that an object may have, if they are a fixed set. */
export function knownKeys(node: SchemaNode): readonly string[] {
  if (node.kind === 'object') return Object.keys(node.shape);
  return node.kind === 'record' ? (node.names ?? []) : [];
}
