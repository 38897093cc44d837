import type { ExportTable } from './export-table.ts';

const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');

/** The reference page of the export tables, as Markdown. @internal */
export function tablesReference(tables: readonly ExportTable[]): string {
  return tables
    .map((table) =>
      [
        `## ${table.title} (\`${table.name}.parquet\`, \`${table.name}.csv\`)`,
        '',
        `A row is: ${table.row}`,
        '',
        '| column | type | unit | meaning |',
        '|---|---|---|---|',
        ...table.columns.map(
          ({ name, type, nullable, unit, description }) =>
            `| \`${name}\` | \`${type}\`${nullable ? ', may be null' : ''} | ${cell(unit)} | ${cell(description)} |`,
        ),
        '',
      ].join('\n'),
    )
    .join('\n');
}
