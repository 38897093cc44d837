import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of all files in a folder and those in it, in order; of empty folders too, with a slash behind. */
export function filesIn(folder: string, prefix = ''): string[] {
  const names = readdirSync(join(folder, prefix)).sort();
  if (names.length === 0 && prefix !== '') return [prefix];
  return names.flatMap((name) =>
    statSync(join(folder, prefix, name)).isDirectory() ? filesIn(folder, `${prefix}${name}/`) : [prefix + name],
  );
}

/**
 * The first difference between two folders in one line; undefined where they hold the same files with the same bytes.
 * @param differing keys of JSON files that may differ
 */
export function differenceOf(
  whole: string,
  other: string,
  differing: Readonly<Record<string, readonly string[]>>,
): string | undefined {
  const [expected, found] = [filesIn(whole), filesIn(other)];
  const missing = expected.find((name) => !found.includes(name));
  if (missing !== undefined) return `${missing} is missing`;
  const left = found.find((name) => !expected.includes(name));
  if (left !== undefined) return `${left} was left behind`;
  for (const name of expected) {
    if (name.endsWith('/')) continue;
    const [a, b] = [readFileSync(join(whole, name)), readFileSync(join(other, name))];
    if (a.equals(b)) continue;
    const keys = differing[name];
    if (keys && without(a, keys) === without(b, keys)) continue;
    return `${name} differs: ${a.length} and ${b.length} bytes, at byte ${a.findIndex((byte, i) => byte !== b[i])}`;
  }
  return undefined;
}

/** A JSON file less some of its keys. */
function without(bytes: Uint8Array, keys: readonly string[]): string {
  const json = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  return JSON.stringify(Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key))));
}
