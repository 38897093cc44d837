import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { version } from '../../../package.json';

const textOf = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

it('the citation is of the version of the package', () => {
  const citation = textOf('CITATION.cff');
  expect(citation).toContain(`\nversion: ${version}\n`);
  // A version that is not released has no date; that of another one is that of the changelog.
  const [, date] = new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - (\\S+)$`, 'm').exec(textOf('CHANGELOG.md')) ?? [];
  expect(/^date-released: "(\S+)"$/m.exec(citation)?.[1]).toBe(date === 'unreleased' ? undefined : date);
});

it('issue forms name no version, which would be that of another day', () => {
  const forms = readdirSync('.github/ISSUE_TEMPLATE');
  expect(forms.filter((name) => /\bupslope v?\d/i.test(textOf(`.github/ISSUE_TEMPLATE/${name}`)))).toEqual([]);
});

it('the changelog has a section for the version, and each section says whether results change', () => {
  const sections = textOf('CHANGELOG.md').split(/^## /m).slice(1);
  expect(sections.some((section) => section.startsWith(`[${version}]`))).toBe(true);
  for (const section of sections) expect(section).toMatch(/\*\*Changes results: (yes|no)\*\*/);
});

it('each entry of the changelog says so too', () => {
  const [, ...sections] = textOf('CHANGELOG.md').split(/^## /m);
  const entries = sections.flatMap((section) => section.split(/^(?=- |### )/m).filter((part) => part.startsWith('- ')));
  expect(entries.length).toBeGreaterThan(80);
  expect(entries.filter((entry) => !/\*Changes results: (yes|no)\b/.test(entry))).toEqual([]);
});
