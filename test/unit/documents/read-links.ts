import { headingSlug } from '../../../scripts/heading-slug.ts';

/** A link or picture of a page of Markdown. */
export interface PageLink {
  /** Line of the page, from 1. */
  readonly line: number;
  /** Path relative to the page, empty for the page itself. */
  readonly path: string;
  /** Name of a heading, undefined for a link to the whole page. */
  readonly anchor: string | undefined;
}

/** Lines of a page that are not between fences of code, with their numbers from 1. */
export function proseLines(text: string): (readonly [line: number, text: string])[] {
  const lines: [number, string][] = [];
  let fence = '';
  for (const [i, line] of text.split('\n').entries()) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && mark === '') lines.push([i + 1, line]);
    else if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
  }
  return lines;
}

/** Relative links and pictures of a page, those with a scheme (`https:`) left out. Links run over no line's end. */
export function readLinks(text: string): PageLink[] {
  const links: PageLink[] = [];
  for (const [line, prose] of proseLines(text)) {
    const shown = prose.replace(/`[^`]*`/g, (code) => ' '.repeat(code.length));
    const targets = [
      ...[...shown.matchAll(/\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map(([, target]) => target),
      ...[...shown.matchAll(/^\s{0,3}\[[^\]]+\]:\s*<?([^\s>]+)>?/g)].map(([, target]) => target),
      ...[...shown.matchAll(/\b(?:href|src)="([^"]+)"/g)].map(([, target]) => target),
    ];
    for (const target of targets) {
      if (/^[a-z][a-z0-9+.-]*:/i.test(target)) continue;
      const [path, anchor] = target.split('#', 2);
      links.push({ line, path: decodeURIComponent(path), anchor });
    }
  }
  return links;
}

/** Names by which the headings of a page can be linked; the second of two of one text ends in `-1`. */
export function readAnchors(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  const seen = new Map<string, number>();
  for (const [, line] of proseLines(text)) {
    for (const [, id] of line.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(id);
    const heading = /^ {0,3}#{1,6}\s+(.+?)(?:\s+#+)?\s*$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const slug = headingSlug(heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, ''));
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}
