// Checks that a module is an extension, and that its names are free.

import type { z } from 'zod';
import type { Habitat } from '../habitat/habitat.ts';
import type { Vocabulary } from '../habitat/vocabulary.ts';
import { suggest } from '../parameter/nearest.ts';
import { showText, showValue } from '../parameter/show.ts';
import { capabilities } from '../population/capabilities.ts';
import { extensionName, extensionVersion } from '../scene/extension-names.ts';
import { readSchema } from '../scene/schema-node.ts';
import type { Probe } from './types.ts';

type Kind = 'text' | 'function' | 'list' | 'object' | 'number' | 'boolean';

/** Fields of what an extension may hold, by their kinds; a `?` marks those that may be missing. */
type Fields = Readonly<Record<string, Kind | `${Kind}?`>>;

const texts = { id: 'text', title: 'text', description: 'text' } as const;

const parts: Readonly<Record<string, { readonly one: string; readonly key: string; readonly fields: Fields }>> = {
  // Fields that mechanisms do not have are refused by `MechanismSet`.
  mechanisms: {
    one: 'mechanism',
    key: 'id',
    fields: { id: 'text', title: 'text', summary: 'text', lookFor: 'text', source: 'text' },
  },
  senses: { one: 'sense', key: 'id', fields: { ...texts, labels: 'function', write: 'function' } },
  probes: {
    one: 'probe',
    key: 'id',
    fields: { ...texts, columns: 'list', start: 'function', needs: 'list?', habitats: 'list?', appliesTo: 'function?' },
  },
  patterns: { one: 'pattern', key: 'id', fields: { ...texts, make: 'function' } },
  habitats: {
    one: 'habitat',
    key: 'kind',
    fields: {
      kind: 'text',
      title: 'text',
      description: 'text',
      lacks: 'function?',
      senses: 'function?',
      probes: 'list?',
      gives: 'list',
      hands: 'boolean',
      settings: 'object',
      parameters: 'function',
      populationParameters: 'function',
      populations: 'object',
      traitsToCarry: 'function',
      carriesForMechanisms: 'boolean',
      rangedTraits: 'function',
      traitsOf: 'function',
      check: 'function',
      complete: 'function?',
      fixedPart: 'function',
      places: 'list?',
      view: 'function',
      create: 'function',
    },
  },
};

const words: Readonly<Record<Kind, string>> = {
  text: 'a text',
  function: 'a function',
  list: 'a list',
  object: 'an object',
  number: 'a number',
  boolean: 'true or false',
};

function isOf(kind: Kind, value: unknown): boolean {
  if (kind === 'text') return typeof value === 'string' && value !== '';
  if (kind === 'list') return Array.isArray(value);
  if (kind === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === kind;
}

const show = (value: unknown) => {
  if (value === undefined) return 'nothing';
  return typeof value === 'function' ? 'a function' : showText(showValue(value), 60);
};

/**
 * Refuses what is not an extension, or cannot be added to a vocabulary.
 * @throws {Error} one line that says what is wrong, where, and what to do
 */
export function checkExtension(extension: unknown, vocabulary: Vocabulary): void {
  if (!isOf('object', extension)) throw new Error(`an extension is an object with name and version (got ${show(extension)})`);
  const { name, version, ...lists } = extension as Readonly<Record<string, unknown>>;
  if (!extensionName.safeParse(name).success) {
    throw new Error(`name: give lower-case letters, digits and hyphens, at most 40 (got ${show(name)})`);
  }
  if (!extensionVersion.safeParse(version).success) {
    throw new Error(`version: give letters, digits and . + - _, at most 40, such as '1.0.0' (got ${show(version)})`);
  }
  if (vocabulary.extensions.some((one) => one.name === name)) throw new Error(`the extension '${name}' is there already`);
  for (const [field, list] of Object.entries(lists)) {
    if (list === undefined) continue;
    const part = Object.hasOwn(parts, field) ? parts[field] : undefined;
    if (!part)
      throw new Error(`${showText(field, 60)}: unknown field; ${suggest(field, ['name', 'version', ...Object.keys(parts)])}`);
    if (!Array.isArray(list)) throw new Error(`${field}: give a list (got ${show(list)})`);
    const known = new Set(idsOf(vocabulary, field));
    for (const [index, value] of list.entries()) {
      const id = checkPart(value, `${field}[${index}]`, part);
      if (known.has(id))
        throw new Error(`${field}[${index}]: there is a ${part.one} '${id}' already; choose another ${part.key}`);
      known.add(id);
      if (field === 'habitats') checkCapabilities((value as Habitat).gives, `${field}[${index}] ('${id}'): gives`);
      if (field === 'habitats') checkPlaces((value as Habitat).places ?? [], `${field}[${index}] ('${id}'): places`);
      if (field === 'probes') checkCapabilities((value as Probe).needs ?? [], `${field}[${index}] ('${id}'): needs`);
      if (field === 'mechanisms') checkParameters(value, `${field}[${index}] ('${id}')`, vocabulary);
    }
  }
}

/** Ids that are taken; those of probes are known to the catalogue alone, which checks them itself. */
function idsOf(vocabulary: Vocabulary, field: string): readonly string[] {
  if (field === 'mechanisms') return vocabulary.mechanisms.all().map(({ id }) => id);
  if (field === 'senses') return vocabulary.senses.map(({ id }) => id);
  if (field === 'patterns') return vocabulary.patterns.map(({ id }) => id);
  return field === 'habitats' ? vocabulary.habitats.map(({ kind }) => kind) : [];
}

/** @returns the id */
function checkPart(value: unknown, where: string, { one, key, fields }: (typeof parts)[string]): string {
  if (!isOf('object', value)) throw new Error(`${where}: give a ${one} (got ${show(value)})`);
  const given = value as Readonly<Record<string, unknown>>;
  const id = String(given[key]);
  const named = typeof given[key] === 'string' ? `${where} ('${showText(id, 60)}')` : where;
  for (const [field, kinds] of Object.entries(fields)) {
    const kind = kinds.replace('?', '') as Kind;
    if (kinds.endsWith('?') && given[field] === undefined) continue;
    if (!isOf(kind, given[field])) throw new Error(`${named}: ${field}: give ${words[kind]} (got ${show(given[field])})`);
  }
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(id))
    throw new Error(`${named}: ${key}: give lower-case letters, digits and hyphens, at most 40`);
  const unknown = one === 'mechanism' ? undefined : Object.keys(given).find((field) => !Object.hasOwn(fields, field));
  if (unknown !== undefined)
    throw new Error(`${named}: ${showText(unknown, 60)}: unknown field; ${suggest(unknown, Object.keys(fields))}`);
  return id;
}

/** Columns of places go into exported tables. */
function checkPlaces(places: readonly unknown[], where: string): void {
  for (const [index, place] of places.entries()) {
    const { name, unit, description, from } = (isOf('object', place) ? place : {}) as Readonly<Record<string, unknown>>;
    if (typeof name === 'string' && /^[a-z][a-z0-9-]*$/.test(name) && isOf('text', description) && isOf('function', from)) {
      if (typeof unit === 'string') continue;
    }
    throw new Error(
      `${where}[${index}]: give name (lower-case letters, digits and hyphens), unit, description and the function from`,
    );
  }
}

function checkCapabilities(names: readonly unknown[], where: string): void {
  const unknown = names.find((name) => typeof name !== 'string' || !Object.hasOwn(capabilities, name));
  if (unknown === undefined) return;
  throw new Error(`${where}: there is no ${show(unknown)}; known: ${Object.keys(capabilities).join(', ')}`);
}

/** Parameters of a mechanism need a text and a default each, because every scene has them. */
function checkParameters(mechanism: unknown, where: string, vocabulary: Vocabulary): void {
  const { parameters } = mechanism as { readonly parameters?: unknown };
  const schema: unknown =
    typeof parameters === 'function' ? parameters({ all: vocabulary.mechanisms.optionalTraitIds() }) : parameters;
  const isSchema = typeof schema === 'object' && schema !== null && '_zod' in schema;
  const node = isSchema ? readSchema(schema as z.ZodType) : undefined;
  if (node?.kind !== 'object') throw new Error(`${where}: parameters: give a strict object of zod, z.strictObject({}) for none`);
  for (const [name, field] of Object.entries(node.shape)) {
    const { text, fallback } = readSchema(field);
    if (text === undefined) throw new Error(`${where}: parameters.${name}: it has no texts; make it with parameter()`);
    if (fallback === undefined) throw new Error(`${where}: parameters.${name}: it has no default; give one by .default()`);
  }
}
