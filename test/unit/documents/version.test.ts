import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { version } from '../../../package.json';

const textOf = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

it('the citation is of the version of the package', () => {
  expect(textOf('CITATION.cff')).toContain(`\nversion: ${version}\n`);
});

it('the changelog has a section for the version, and each section says whether results change', () => {
  const sections = textOf('CHANGELOG.md').split(/^## /m).slice(1);
  expect(sections.some((section) => section.startsWith(`[${version}]`))).toBe(true);
  for (const section of sections) expect(section).toMatch(/\*\*Changes results: (yes|no)\*\*/);
});
