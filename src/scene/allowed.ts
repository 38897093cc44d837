import { showValue } from '../parameter/show.ts';
import { knownKeys, readSchema, type SchemaNode } from './schema-node.ts';

const bounded = (limit: number) => Number.isFinite(limit) && Math.abs(limit) < Number.MAX_SAFE_INTEGER;

/** `from 1 to 16`, `of at least 1`, or '' without bounds. */
function range(minimum: number, maximum: number): string {
  if (bounded(minimum) && bounded(maximum)) return ` from ${minimum} to ${maximum}`;
  if (bounded(minimum)) return ` of at least ${minimum}`;
  return bounded(maximum) ? ` of at most ${maximum}` : '';
}

const plural: Readonly<Record<SchemaNode['kind'], string>> = {
  object: 'objects',
  record: 'objects',
  list: 'lists',
  tuple: 'lists',
  number: 'numbers',
  text: 'texts',
  enum: 'words',
  boolean: 'switches',
  any: 'values',
};

/** What a value may be, in a few words that follow `give`. */
export function describeAllowed(node: SchemaNode): string {
  switch (node.kind) {
    case 'number': {
      const unit = node.text?.unit ? ` (${node.text.unit})` : '';
      return `a ${node.integer ? 'whole ' : ''}number${range(node.minimum, node.maximum)}${unit}`;
    }
    case 'text':
      return bounded(node.maximum) ? `a text of ${node.minimum} to ${node.maximum} characters` : 'a text';
    case 'enum':
      return node.options.length === 1 ? showValue(node.options[0]) : `one of ${node.options.map(showValue).join(', ')}`;
    case 'boolean':
      return 'true or false';
    case 'list': {
      const size = bounded(node.maximum) ? `${node.minimum} to ${node.maximum} ` : '';
      return `a list of ${size}${plural[readSchema(node.element).kind]}`;
    }
    case 'tuple':
      return `a list of ${node.items.length} values`;
    case 'object': {
      const keys = knownKeys(node);
      return keys.length > 8 ? 'an object' : `an object with ${keys.join(', ')}`;
    }
    case 'record':
      return 'an object';
    default:
      return 'a value';
  }
}
