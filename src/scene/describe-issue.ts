// Says what is wrong with a value of a scene, where, and what is allowed instead.

import type { z } from 'zod';
import { suggest } from '../parameter/nearest.ts';
import { type JsonPath, showPath, showText, showValue } from '../parameter/show.ts';
import { describeAllowed } from './allowed.ts';
import { childSchema, knownKeys, readSchema, type SchemaNode } from './schema-node.ts';

type Issue = z.core.$ZodIssue;

/** The schema at a path, as far as the path can be followed. */
function nodeAt(root: z.ZodType, path: JsonPath): SchemaNode | undefined {
  let node = readSchema(root);
  for (const key of path) {
    const child = childSchema(node, key);
    if (child === undefined) return undefined;
    node = readSchema(child);
  }
  return node;
}

/** The word for a key of an object at its place. */
function keyWord(path: JsonPath): string {
  const last = path.at(-1);
  if (last === 'mechanisms') return 'mechanism';
  return last === 'traits' ? 'trait' : 'key';
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** What is wrong with a value and what is allowed instead. */
function describeValue(issue: Issue, node: SchemaNode | undefined): string {
  const value = issue.input;
  // Our own rules contain the advice.
  const allowed = issue.code === 'custom' ? issue.message : `give ${node ? describeAllowed(node) : 'a value of another kind'}`;
  if (value === undefined) return `is missing; ${allowed}`;
  if (issue.code === 'invalid_format') return `${showValue(value)} is not allowed; give ${showText(issue.message, 120)}`;
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    if (Array.isArray(value)) return `has ${counted(value.length, 'entry', 'entries')}; ${allowed}`;
    if (typeof value === 'string') return `has ${counted(value.length, 'character', 'characters')}; ${allowed}`;
    return `${showValue(value)} is too ${issue.code === 'too_small' ? 'small' : 'large'}; ${allowed}`;
  }
  return `${showValue(value)} is not allowed here; ${allowed}`;
}

/**
 * Describes one of zod's issues in lines that a person can act on: where, what is wrong, what is allowed.
 * @param root schema that was used
 * @param base path of the validated value in the scene
 * @param reasonFor why a key is unknown at its place, if there is more to say than that
 */
export function describeIssue(
  issue: Issue,
  root: z.ZodType,
  base: JsonPath = [],
  reasonFor: (key: string, path: JsonPath) => string | undefined = () => undefined,
): string[] {
  const own = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  const path = [...base, ...own];
  const line = (where: JsonPath, text: string) => (where.length > 0 ? `${showPath(where)}: ${text}` : text);
  if (issue.code === 'unrecognized_keys') {
    const node = nodeAt(root, own);
    const known = node ? knownKeys(node) : [];
    return issue.keys.map((key) => {
      const reason = reasonFor(key, path);
      return line(path, reason ? `${reason}; remove it` : `unknown ${keyWord(path)} '${showText(key)}'; ${suggest(key, known)}`);
    });
  }
  if (issue.code === 'invalid_key') {
    const rule = issue.issues[0]?.message ?? issue.message;
    return [line(path.slice(0, -1), `the name '${showText(String(path.at(-1)))}' is not allowed; give ${showText(rule, 120)}`)];
  }
  return [line(path, describeValue(issue, nodeAt(root, own)))];
}
