import { type GainsReport, gainLines, gainSentences, lineSentence, sideSentences } from '../../experiment/describe-gains.ts';
import { drawClimbed, drawGainsByCause } from '../../experiment/gains-figure.ts';
import { assaysRows, assaysTable, gainsRows, gainsTable, stepsRows, stepsTable } from '../../experiment/gains-tables.ts';
import type { FigureStyle } from '../../experiment/svg-chart.ts';
import { software } from '../../export/index.ts';
import { extensionsPart } from '../../export/run-identity.ts';
import type { Io } from '../io.ts';
import { parquetOf, type ResultFiles } from '../result-files.ts';
import { tableLines } from '../table-lines.ts';
import { escapeHtml, htmlTable, markdownTable, reportPage } from './report-page.ts';

/** Everything that is said of a climb, a sentence each. */
const allSentences = (report: GainsReport, notes: readonly string[]): readonly string[] => [
  ...(report.intervals.length === 0 ? ['no interval was measured'] : gainSentences(report)),
  ...lineSentence(report),
  ...sideSentences(report),
  ...notes,
];

/** A climb on the terminal: sentences, then a row an interval. */
export const describeGains = (report: GainsReport, notes: readonly string[]): string =>
  `${[
    ...allSentences(report, notes),
    ...(report.intervals.length === 0
      ? []
      : ['', 'gain in log fitness a generation, by interval', ...tableLines(gainLines(report), 1)]),
  ].join('\n')}\n`;

/** Files of a climb by name. @param question flags with their defaults, for the provenance */
export function climbFiles(
  io: Io,
  report: GainsReport,
  question: Readonly<Record<string, unknown>>,
  notes: readonly string[],
): ResultFiles {
  const title = `Climb of ${report.population}`;
  const style = (ink: string): FigureStyle => ({ width: 640, height: 340, ink, faint: '#8888' });
  const figures = { 'climbed.svg': drawClimbed, 'gains.svg': drawGainsByCause };
  const drawn = Object.entries(figures).flatMap(([name, draw]) => {
    const svg = draw(report, style('#222'));
    return svg === undefined ? [] : [[name, `${svg}\n`] as const];
  });
  const sentences = allSentences(report, notes);
  const rows = report.intervals.length === 0 ? [] : gainLines(report);
  const markdown = [
    `# ${title}`,
    '',
    ...sentences.map((sentence) => `- ${sentence}`),
    '',
    ...drawn.flatMap(([name]) => [`![${name === 'climbed.svg' ? 'Climbed by selection' : 'Gains by cause'}](${name})`, '']),
    ...(rows.length === 0 ? [] : ['Gain in log fitness a generation, by interval:', '', ...markdownTable(rows), '']),
  ].join('\n');
  const page = reportPage(
    title,
    [
      `<ul>${sentences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>`,
      ...Object.values(figures).map((draw) => `<figure>${draw(report, style('currentColor')) ?? ''}</figure>`),
      ...(rows.length === 0 ? [] : ['<h2>Gain in log fitness a generation, by interval</h2>', htmlTable(rows)]),
    ],
    'Each interval has the gradient of the forks that began with it. Bars above 0 climbed it, bars below went down; the dot is the whole change. All numbers are in gains.parquet, assays.parquet and steps.parquet.',
  );
  return {
    'gains.parquet': parquetOf(gainsTable, gainsRows(report)),
    'assays.parquet': parquetOf(assaysTable, assaysRows(report)),
    'steps.parquet': parquetOf(stepsTable, stepsRows(report)),
    ...Object.fromEntries(drawn),
    'report.md': markdown,
    'report.html': page,
    'provenance.json': `${JSON.stringify({ software, ...extensionsPart(io.catalogue.extensions), command: 'climb', ...question, environment: io.environment }, null, 2)}\n`,
  };
}
