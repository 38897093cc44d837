import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mechanisms } from '../../../src/mechanisms/index.ts';
import { proseLines, readAnchors, readLinks } from './read-links.ts';

const root = process.cwd();

/** Pages of Markdown in a folder and its folders, by their path in the project. */
function pagesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', '.vitepress', 'site', 'reference'].includes(entry.name) ? [] : pagesIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const topPages = readdirSync(root).filter((name) => name.endsWith('.md'));
const pages = [...topPages, ...pagesIn('docs'), ...pagesIn('.github')];
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

/** Files that a fresh clone has; undefined where this is not a clone. */
function filesOfClone(): ReadonlySet<string> | undefined {
  try {
    const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    });
    return new Set(list.split('\0'));
  } catch {
    return undefined;
  }
}

/** What is wrong with the links of a page: a line for each. */
function deadLinks(page: string, kept: ReadonlySet<string> | undefined): string[] {
  return readLinks(textOf(page)).flatMap(({ line, path, anchor }) => {
    const target = path === '' ? join(root, page) : join(root, dirname(page), path);
    const inProject = relative(root, target).replaceAll('\\', '/');
    const where = `${page}:${line}: ${path}${anchor === undefined ? '' : `#${anchor}`}`;
    if (inProject.startsWith('..')) return [`${where} leaves the project`];
    if (!existsSync(target)) return [`${where} leads to nothing`];
    const folder = statSync(target).isDirectory();
    if (kept && !folder && !kept.has(inProject)) return [`${where} leads to a file that git ignores`];
    if (anchor === undefined) return [];
    if (!inProject.endsWith('.md')) return [`${where} names a heading of what is not a page`];
    return readAnchors(textOf(inProject)).has(anchor) ? [] : [`${where} names a heading that is not there`];
  });
}

describe('links of a page', () => {
  it('are read with their lines, those in code and those with a scheme left out', () => {
    const text =
      'See [a](a.md#x), `[b](b.md)`\n```md\n[c](c.md)\n```\n![d](d.png "D") [e](https://e.example) [f](#f)\n\n[g]: g.md\n';
    expect(readLinks(text)).toEqual([
      { line: 1, path: 'a.md', anchor: 'x' },
      { line: 5, path: 'd.png', anchor: undefined },
      { line: 5, path: '', anchor: 'f' },
      { line: 7, path: 'g.md', anchor: undefined },
    ]);
  });

  it('lead to headings by the names that GitHub gives them', () => {
    const text =
      "# A run's `summary.json`\n\n## 3.12 Inheritance\n\n## Twice\n\n## Twice\n\n```\n# not one\n```\n## [Linked](x.md) – *so*\n";
    expect([...readAnchors(text)]).toEqual(['a-runs-summaryjson', '312-inheritance', 'twice', 'twice-1', 'linked--so']);
  });
});

describe('the documents of the project', () => {
  const kept = filesOfClone();

  it.each(pages)('%s has no dead link', (page) => expect(deadLinks(page, kept)).toEqual([]));

  it.each(pages)('%s has no tags outside code, which readers would not see', (page) => {
    const tags = proseLines(textOf(page)).filter(([, line]) => /<\/?[a-z]/i.test(line.replace(/`[^`]*`/g, '')));
    expect(tags.map(([line, text]) => `${page}:${line}: ${text}`)).toEqual([]);
  });

  it('have a link from the list of documents to every page', () => {
    const listed = readLinks(textOf('docs/README.md')).map(({ path }) => posix.join('docs', path));
    expect(pagesIn('docs').filter((page) => page !== 'docs/README.md' && !listed.includes(page))).toEqual([]);
  });

  it('list every scene and every mechanism', () => {
    const scenes = readdirSync(join(root, 'scenes')).map((name) => name.replace(/\.json$/, ''));
    for (const name of scenes) expect(textOf('docs/scenes.md')).toContain(`\`${name}\``);
    for (const { id } of mechanisms.all()) expect(textOf('docs/mechanisms.md')).toContain(`\`${id}\``);
  });

  it('name only files and folders of the project in the recipes for contributors', () => {
    const named = [...textOf('CONTRIBUTING.md').matchAll(/`((?:src|test|docs|scripts)\/[\w./-]+)`/g)].map(([, path]) => path);
    expect(named.length).toBeGreaterThan(30);
    // Names in capitals are to be replaced by the reader.
    expect(
      named.filter((path) => !/[A-Z]{2}/.test(path.replace(/README|CHANGELOG/, '')) && !existsSync(join(root, path))),
    ).toEqual([]);
  });
});
