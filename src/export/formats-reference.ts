import type { Format } from './format-list.ts';

/** The formats of `upslope export` and of the page, as Markdown. */
export function formatsReference(formats: readonly Format[]): string {
  return [
    '## Formats of an export',
    '',
    '| format | files | needs | what it is |',
    '|---|---|---|---|',
    ...formats.map(({ id, title, files, needs, description }) => {
      const names = files.split(', ').map((name) => `\`${name}\``);
      return `| ${title} (\`${id}\`) | ${names.join(', ')} | ${needs} | ${description} |`;
    }),
    '',
  ].join('\n');
}
