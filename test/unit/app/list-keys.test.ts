import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const app = join(import.meta.dirname, '../../../src/app');

/**
 * Keys of lists besides the place in the list. Each is unique whatever a scene, link, notebook or run folder says, for a list that has
 * one key twice stops everything around it. Titles, questions, sentences and numbers of an axis are not.
 */
const unique: ReadonlySet<string> = new Set([
  // Ids that the program gives, checked where they are read back.
  ...['id', 'entry.id', 'fossil.id', 'line.id', 'species', 'species.id'],
  ...['half', 'band.half', 'band.species'],
  // Words of the program itself.
  ...['kind', 'tab', 'model', 'speed.key', 'mechanism.id', 'trait.id', 'section.probe.id', 'scene.name'],
  // Keys of one object of a scene, paths into it, segments and loci of one layout, columns of one table.
  ...['name', 'population.name', 'control.path', 'group.key', 'segment.name', 'key', 'plot.key', 'keyOf(one)', 'field'],
  'world.text?.name',
  // Places, counted otherwise.
  ...['i', 'saves.happened.length - i'],
]);

/** What stands between the brackets that begin at a place. */
function within(text: string, from: number, open: string, shut: string): string {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === open) depth++;
    else if (text[at] === shut && --depth === 0) return text.slice(from + 1, at);
  }
  throw new Error(`no ${shut} to the ${open} at ${from}`);
}

/** Keys of the lists of a component. */
function keysOf(component: string): string[] {
  return [...component.matchAll(/\{#each /g)].flatMap(({ index }) => {
    const head = within(component, index, '{', '}');
    if (!head.endsWith(')')) return [];
    for (let at = head.lastIndexOf(' ('); at >= 0; at = head.lastIndexOf(' (', at - 1)) {
      const key = within(head, at + 1, '(', ')');
      if (at + 1 + key.length + 2 === head.length) return [key];
    }
    return [];
  });
}

it('lists are keyed by place or by ids, never by a text that a file may hold twice', () => {
  const components = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'));
  const found = components.flatMap((name) => {
    const text = readFileSync(join(app, name), 'utf8');
    const places = [...text.matchAll(/\{#each [^{}]*?, (\w+) \(\1\)\}|\{#each .*?, (\w+) \(\2\)\}/g)].map(([, a, b]) => a ?? b);
    // Of a key that is put together every part counts.
    const parts = (key: string) => (key.startsWith('`') ? [...key.matchAll(/\$\{([^}]*)\}/g)].map(([, part]) => part) : [key]);
    return keysOf(text)
      .filter((key) => !parts(key).every((part) => unique.has(part) || places.includes(part)))
      .map((key) => `${name}: ${key}`);
  });
  expect(components.length).toBeGreaterThan(40);
  expect(found).toEqual([]);
});
