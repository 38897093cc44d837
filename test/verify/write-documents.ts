import { pages } from './check-documents.ts';
import type { MadeWith } from './made-with.ts';
import { readPage, replaceTable } from './markers.ts';
import { checksPage, firstSeedsOf, writeCheck } from './printed-checks.ts';
import { commandOf, type Verification } from './verification.ts';

/** What a scene says was found: a text, or with what it was made. */
interface Found {
  readonly text: string;
  readonly command: string;
  readonly engine: string;
  readonly scene: string;
}

/**
 * Puts the numbers of a verification where the documents have them: between the markers of its tables, into `found` of its scene,
 * and into its other files; each with the command, the number of seeds, the engine and the scenes it was made with.
 * Of other first seeds than 1 only the page of checks has anything.
 * @param read text of a file of the project, by its path
 * @returns new texts by path
 * @throws {Error} for a scene whose file has no `found`
 */
export function writeDocuments(
  verification: Verification,
  results: readonly Record<string, number>[],
  present: MadeWith,
  read: (path: string) => string,
  first = 1,
): Record<string, string> {
  const checks: Record<string, string> = firstSeedsOf(verification).includes(first)
    ? { [checksPage]: writeCheck(read(checksPage), verification, results, first, present) }
    : {};
  if (first !== 1) return checks;
  const texts: Record<string, string> = { ...checks, ...verification.files?.(results) };
  const command = commandOf(verification, results.length);
  const scenes = Object.fromEntries(verification.scenes.map((name) => [name, present.scenes[name]]));
  for (const [name, lines] of Object.entries(verification.tables?.(results) ?? {})) {
    for (const path of pages) {
      const text = texts[path] ?? read(path);
      if (!readPage(text).tables.some((table) => table.name === name)) continue;
      texts[path] = replaceTable(text, { name, command, engine: present.engine, scenes }, lines);
    }
  }
  if (verification.found) {
    const { scene, text } = verification.found;
    const path = `scenes/${scene}.json`;
    const entry = { text: text(results), command, engine: present.engine, scene: present.scenes[scene] };
    texts[path] = replaceFound(texts[path] ?? read(path), verification, entry);
  }
  return texts;
}

/** The text of a scene's file with one entry of `found` in place of that of the same verification, the rest as it is. */
function replaceFound(text: string, verification: Verification, entry: Found): string {
  const before: Found[] | string | undefined = JSON.parse(text).found;
  const start = commandOf(verification, 0).slice(0, -1);
  const entries = typeof before === 'object' ? [...before] : [];
  const at = entries.findIndex(({ command }) => command.startsWith(start));
  entries.splice(at < 0 ? entries.length : at, 1, entry);
  const list = JSON.stringify(entries, undefined, 2).replaceAll('\n', '\n  ');
  // Only this key: the rest of the file keeps its form.
  const changed = text.replace(/^ {2}"found": (?:"(?:[^"\\]|\\.)*"|\[[\s\S]*?^ {2}\]),$/m, () => `  "found": ${list},`);
  if (changed === text && before !== undefined && JSON.stringify(before) === JSON.stringify(entries)) return text;
  if (JSON.stringify(JSON.parse(changed).found) !== JSON.stringify(entries)) {
    throw new Error("the scene's file has no line that begins with '  \"found\": '; add one");
  }
  return changed;
}
