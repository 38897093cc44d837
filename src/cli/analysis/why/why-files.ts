import { type RivalsReport, rateLines, rivalSentences, worthLines } from '../../../experiment/describe-rivals.ts';
import { drawRivalRates, drawRivalWorth } from '../../../experiment/rivals-figure.ts';
import {
  ratesRows,
  ratesTable,
  rivalContestsRows,
  rivalContestsTable,
  rivalLociRows,
  rivalLociTable,
  worthRows,
  worthTable,
} from '../../../experiment/rivals-tables.ts';
import type { FigureStyle } from '../../../experiment/svg-chart.ts';
import { software } from '../../../export/index.ts';
import { extensionsPart } from '../../../export/run-identity.ts';
import type { Io } from '../../io.ts';
import { parquetOf, type ResultFiles } from '../../result-files.ts';
import { tableLines } from '../../table-lines.ts';
import { escapeHtml, htmlTable, markdownTable, reportPage } from '../report-page.ts';

/** Two rivals on the terminal: sentences, then rates and worth side by side. */
export const describeRivals = (report: RivalsReport): string =>
  `${[...rivalSentences(report), '', ...tableLines(rateLines(report), 1), '', ...tableLines(worthLines(report), 1)].join('\n')}\n`;

/** Files of a comparison of rivals by name. @param question flags with their defaults, for the provenance */
export function whyFiles(io: Io, report: RivalsReport, question: Readonly<Record<string, unknown>>): ResultFiles {
  const title = `Why ${report.kind} ${report.winner.id} of ${report.population} won`;
  const style = (ink: string): FigureStyle => ({ width: 640, height: 340, ink, faint: '#8888' });
  const figures = { 'rates.svg': drawRivalRates, 'worth.svg': drawRivalWorth };
  const sentences = rivalSentences(report);
  const tables = [rateLines(report), worthLines(report)];
  const markdown = [
    `# ${title}`,
    '',
    ...sentences.map((sentence) => `- ${sentence}`),
    '',
    ...Object.keys(figures).flatMap((name) => [`![${name === 'rates.svg' ? 'Rates' : 'Worth'}](${name})`, '']),
    ...tables.flatMap((rows) => [...markdownTable(rows), '']),
  ].join('\n');
  const page = reportPage(
    title,
    [
      `<ul>${sentences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>`,
      ...Object.values(figures).map((draw) => `<figure>${draw(report, style('currentColor'))}</figure>`),
      ...tables.map(htmlTable),
    ],
    'Rates are what happened; worth is what the genomes of the start are expected to bring, from forks with bodies shuffled among genomes. All numbers are in rates.parquet, worth.parquet, rival_loci.parquet and rival_contests.parquet.',
  );
  return {
    'rates.parquet': parquetOf(ratesTable, ratesRows(report)),
    'worth.parquet': parquetOf(worthTable, worthRows(report)),
    'rival_loci.parquet': parquetOf(rivalLociTable, rivalLociRows(report)),
    'rival_contests.parquet': parquetOf(rivalContestsTable, rivalContestsRows(report)),
    ...Object.fromEntries(Object.entries(figures).map(([name, draw]) => [name, `${draw(report, style('#222'))}\n`])),
    'report.md': markdown,
    'report.html': page,
    'provenance.json': `${JSON.stringify({ software, ...extensionsPart(io.catalogue.extensions), command: 'why', ...question, environment: io.environment }, null, 2)}\n`,
  };
}
