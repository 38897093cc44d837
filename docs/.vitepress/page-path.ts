/**
 * Where a page of Markdown is on the site, by its path in the project: the README is the front page, what lies in `docs` comes to the top, and
 * pages that only the site has (`docs/site`) beside it.
 */
export function pagePath(path: string): string {
  if (path === 'README.md') return 'index.md';
  if (path === 'docs/README.md') return 'documents.md';
  return path.replace(/^docs\/(?:site\/)?/, '').replace(/README\.md$/, 'index.md');
}
