import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { headingSlug } from '../../scripts/heading-slug.ts';
import { pagePath } from './page-path.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Address of the site on its server, with a slash at both ends. */
const base = process.env.DOCS_BASE ?? '/';

/** Place on the site of a link in a page, both by paths in the project; undefined for what is left as it is. */
function placeOf(page: string, href: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:|^[#/]/i.test(href)) return undefined;
  const [path, anchor] = href.split('#', 2);
  const target = posix.join(posix.dirname(page), decodeURIComponent(path));
  const behind = anchor === undefined ? '' : `#${anchor}`;
  const scene = /^scenes\/([\w-]+)\.json$/.exec(target);
  if (scene) return `/scenes/${scene[1]}.md${behind}`;
  if (target.endsWith('.md')) return `/${pagePath(target)}${behind}`;
  if (target === 'scenes') return '/gallery.md';
  return `${base}files/${target}`;
}

/** Sections of the list of documents, as the bar at the side has them. */
function sidebar() {
  const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => ({
      text: section.split('\n', 1)[0],
      items: [...section.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, title, href]) => ({
        text: title[0].toUpperCase() + title.slice(1),
        link: (placeOf('docs/README.md', href) ?? href).replace(/\.md(?=#|$)/, '').replace(/\bindex(?=#|$)/, ''),
      })),
    }));
}

export default defineConfig({
  title: 'Upslope',
  description: 'When a lineage changes, how much of the change lies along the gradient of fitness?',
  lang: 'en',
  base,
  srcDir: '..',
  outDir: '../dist/docs',
  cacheDir: '../node_modules/.cache/vitepress',
  srcExclude: ['{.*,assets,bench,dist,node_modules,runs,scenes,scripts,src,test}/**', '**/node_modules/**'],
  rewrites: pagePath,
  head: [['link', { rel: 'icon', href: `${base}files/assets/upslope.svg` }]],
  markdown: {
    anchor: { slugify: headingSlug },
    config(md) {
      // Links are written for readers of the project's folders. Here pages have other places, and files are copied under `files/`.
      md.core.ruler.push('places-of-the-site', ({ tokens, env }) => {
        const page = posix.relative(root.replaceAll('\\', '/'), String(env.realPath ?? env.path).replaceAll('\\', '/'));
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          if (token.type !== 'link_open') continue;
          const place = placeOf(page, token.attrGet('href') ?? '');
          if (place === undefined) continue;
          token.attrSet('href', place);
          if (!place.startsWith('/') || !/\.md(#|$)/.test(place)) token.attrSet('target', '_self');
        }
      });
    },
  },
  themeConfig: {
    nav: [
      { text: 'Documents', link: '/documents' },
      { text: 'Gallery', link: '/gallery' },
      { text: 'Model', link: '/model' },
      { text: 'Theory', link: '/findings#mechanisms-against-their-formulas' },
      { text: 'Reference', link: '/reference/' },
      ...(existsSync(new URL('../../dist/page/index.html', import.meta.url))
        ? [{ text: 'Open the page', link: '/app/', target: '_blank' }]
        : []),
    ],
    sidebar: sidebar(),
    outline: [2, 3],
    search: { provider: 'local' },
    externalLinkIcon: true,
  },
});
