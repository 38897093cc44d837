import { createHash } from 'node:crypto';
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
    if (name === 'manifest.json' && Object.keys(differing).length > 0) {
      const problem = manifestProblem(a, b, other, Object.keys(differing));
      if (problem === undefined) continue;
      return problem;
    }
    return `${name} differs: ${a.length} and ${b.length} bytes, at byte ${a.findIndex((byte, i) => byte !== b[i])}`;
  }
  return undefined;
}

interface Listed {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What is wrong with the manifest of a folder that holds files that may differ: it lists the others as the whole one does, and those as they are. */
function manifestProblem(whole: Uint8Array, found: Uint8Array, folder: string, differing: readonly string[]): string | undefined {
  const listIn = (bytes: Uint8Array) => (JSON.parse(new TextDecoder().decode(bytes)) as { files: Listed[] }).files;
  const same = (list: readonly Listed[]) => JSON.stringify(list.filter(({ name }) => !differing.includes(name)));
  if (same(listIn(whole)) !== same(listIn(found))) return 'manifest.json lists other files';
  const wrong = listIn(found).find(({ name, bytes, sha256 }) => {
    const own = readFileSync(join(folder, name));
    return own.length !== bytes || createHash('sha256').update(own).digest('hex') !== sha256;
  });
  return wrong && `manifest.json does not fit ${wrong.name}`;
}

/** A JSON file less some of its keys. */
function without(bytes: Uint8Array, keys: readonly string[]): string {
  const json = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  return JSON.stringify(Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key))));
}
