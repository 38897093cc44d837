import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { standardVocabulary } from '../../src/habitat/standard.ts';

/** Comparisons with a kind of habitat that stay, each with its reason. Everything else asks the habitat (`src/habitat/habitat.ts`). */
const exceptions: Readonly<Record<string, string>> = {
  'scene/schema.ts': 'the two questions by which code that needs one habitat gets its type',
  'scene/json-schema.ts': 'the published schema names the plane last, as what a scene without a kind is',
  'scene/view.ts': 'the instrument of that name, not the habitat',
  'app/maker/open-maker.ts': 'the maker paints the ground of a plane, and looks at files before they are read',
};

const kinds = standardVocabulary.habitats.map(({ kind }) => kind);
const one = `['"\`](?:${kinds.join('|')})['"\`]`;
const compares = new RegExp(`[!=]==?\\s*${one}|${one}\\s*[!=]==?|\\bcase ${one}`);

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.(?:ts|svelte)$/.test(name) && !kinds.some((kind) => name.startsWith(`habitat/${kind}/`)))
  .map((name) => [name, readFileSync(`src/${name}`, 'utf8')] as const);

it('finds comparisons with a kind', () => {
  for (const text of ["kind === 'plane'", '"patches" != kind', "case 'landscape':"]) expect(text).toMatch(compares);
  for (const text of ["kind: 'plane'", "sceneIn('landscape')", 'isPlane(scene)']) expect(text).not.toMatch(compares);
});

it('no source compares the kind of a habitat, but for those that say why', () => {
  expect(kinds).toEqual(['plane', 'landscape', 'patches']);
  expect(sources.length).toBeGreaterThan(1000);
  const found = sources.filter(([, text]) => compares.test(text)).map(([name]) => name);
  expect(found.sort()).toEqual(Object.keys(exceptions).sort());
});

it('a habitat that no other part needs is imported by one line', () => {
  const importing = sources.filter(([, text]) => text.includes('/patches/')).map(([name]) => name);
  expect(importing).toEqual(['habitat/all.ts']);
});
