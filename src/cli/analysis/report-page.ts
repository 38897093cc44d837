// Parts of the reports that analyses write, as HTML and as Markdown.

import { software } from '../../export/index.ts';

export const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Only the page's own styles: no script, whatever texts of a scene it contains, and nothing from elsewhere. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A page that needs no other file: light or dark as the reader's system is. @param note how to read it and where its numbers are */
export function reportPage(title: string, parts: readonly string[], note: string): string {
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escapeHtml(title)}</title>`,
    '<style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}figure{display:inline-block;margin:0 1rem 1rem 0}svg{max-width:100%;height:auto}</style></head><body>',
    `<h1>${escapeHtml(title)}</h1>`,
    ...parts,
    `<p><small>${escapeHtml(`${software.name} ${software.version}`)}. ${escapeHtml(note)}</small></p>`,
    '</body></html>',
    '',
  ].join('\n');
}

/** A table of a report page; the first row has the headings. */
export const htmlTable = ([heads, ...rows]: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${heads.map((head) => `<th>${escapeHtml(head)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;

/** The same as lines of Markdown. */
export const markdownTable = ([heads, ...rows]: readonly (readonly string[])[]): readonly string[] => [
  `| ${heads.join(' | ')} |`,
  `|${heads.map(() => '---|').join('')}`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
];
