import { showText } from '../parameter/show.ts';
import { deepestJson } from './check-json.ts';
import { SceneError } from './error.ts';
import { findJsonFault } from './json-fault.ts';

/** Longest scene text, in characters. */
const longest = 1_000_000;

/** What a JSON text should hold, and the advice if it is empty, cut off or broken somewhere. */
const kinds = {
  scene: {
    empty: 'give a scene in JSON',
    cutOff: 'the file is cut off or a bracket or quote is missing',
    broken: 'check commas, quotes and brackets there',
  },
  plan: {
    empty: 'give a plan in JSON',
    cutOff: 'use a whole copy',
    broken: 'check commas, quotes and brackets there',
  },
  provenance: {
    empty: 'give the provenance.json of a run',
    cutOff: 'the file is cut off; use another copy',
    broken: 'give the provenance.json of a run as it was written',
  },
  manifest: {
    empty: 'use another copy of the folder',
    cutOff: 'use another copy of the folder',
    broken: 'use another copy of the folder',
  },
  value: {
    empty: 'give a value',
    cutOff: 'close its brackets and quotes',
    broken: 'check commas, quotes and brackets there',
  },
  link: {
    empty: 'copy the whole link',
    cutOff: 'copy the whole link',
    broken: 'copy the link again',
  },
} as const;

export type JsonKind = keyof typeof kinds;

/** Line and column of a place in a text, as editors count them. */
function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${before[before.length - 1].length + 1}`;
}

/**
 * Says why a text is not strict JSON, in words that follow the name of its file; undefined for strict JSON.
 * @param kind, limit as `readJson`
 */
export function describeJsonProblem(text: string, kind: JsonKind, limit = longest): string | undefined {
  if (text.length > limit) return `has ${text.length} characters; give at most ${limit}`;
  const content = text.replace(/^\uFEFF/, '');
  if (content.trim() === '') return `is empty; ${kinds[kind].empty}`;
  const fault = findJsonFault(content, deepestJson);
  if (fault === undefined) return undefined;
  const where = place(content, fault.at);
  switch (fault.kind) {
    case 'cut off':
      return `ends in the middle of the ${kind}; ${kinds[kind].cutOff}`;
    case 'deep':
      return `is nested more than ${deepestJson} levels deep; give a flatter one`;
    case 'twice':
      return `${where}: the key '${showText(fault.key ?? '')}' is listed twice; remove one`;
    case 'foreign key':
      return `${where}: the key '${fault.key}' is not allowed; remove it`;
    default:
      return `is not JSON at ${where}; ${kinds[kind].broken}`;
  }
}

/**
 * Reads strict JSON from a text that may hold anything; a byte order mark before it is skipped.
 * @param kind what it should hold, for the advice in messages
 * @param limit most characters
 * @throws {SceneError} one line with the place, for a text that is empty, too long, cut off, nested too deep, not JSON, or has an object
 *   that lists a key twice or has the key `__proto__`
 */
export function readJson(text: string, file: string, kind: JsonKind = 'scene', limit = longest): unknown {
  const problem = describeJsonProblem(text, kind, limit);
  if (problem !== undefined) throw new SceneError(`${showText(file, 200)}: ${problem}`);
  return JSON.parse(text.replace(/^\uFEFF/, ''));
}
