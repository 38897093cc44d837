import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';

const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  readonly forbidden: readonly { readonly name: string; readonly comment: string }[];
};
const layers = forbidden.flatMap(({ name, comment }) =>
  name.startsWith('arrow-') && comment.includes('may import') ? [name.slice('arrow-'.length).split('-and-')] : [],
);

it('every folder of the sources has its place in the import arrow, and CONTRIBUTING.md shows the same arrow', () => {
  const folders = readdirSync('src', { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  expect(layers.flat().sort()).toEqual(folders.sort());
  const [arrow] = readFileSync('CONTRIBUTING.md', 'utf8').match(/^ {4}parameter, math < [^`]*?\n\n/m) ?? [''];
  expect(arrow.split('<').map((names) => names.trim().split(', '))).toEqual(layers);
});
