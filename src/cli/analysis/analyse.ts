import { join } from 'node:path';
import { ridge } from '../../analysis/climb/climb-of-window.ts';
import { climbPaths, climbPlane } from '../../analysis/climb/climb-over-time.ts';
import type { PriceAccount } from '../../analysis/price/price-of-window.ts';
import { consecutiveTerms, sumOfWindows } from '../../analysis/price/sum-of-windows.ts';
import { drawClimbCosines, drawClimbPaths, drawFisher } from '../../experiment/climb-figures.ts';
import {
  type ClimbReport,
  climbRows,
  climbSentence,
  climbTable,
  fisherRows,
  fisherTable,
} from '../../experiment/describe-climb.ts';
import { drawPriceFigure } from '../../experiment/price-figure.ts';
import { priceErrorsNote, priceSentence } from '../../experiment/price-words.ts';
import { PriceReader } from '../../export/price-reader.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import { showText } from '../../parameter/show.ts';
import { outDirectory, plainText, wholeNumber } from '../flags.ts';
import type { Io } from '../io.ts';
import { OwnedFolder } from '../ownership/owned-folder.ts';
import { readHistory } from '../read-history.ts';
import { parquetOf, publishResults, type ResultFiles, type TableProvenance } from '../result-files.ts';
import { checkFree } from '../run-directory.ts';
import { UserError } from '../user-error.ts';
import type { AnalysisCommand } from './analysis-command.ts';
import { climbOfRun } from './climb-of-run.ts';
import { describeResidual } from './describe-price.ts';
import { priceTable, rowsOf } from './price.ts';
import { mainAccount, type PriceAccounts, priceAccounts } from './price-accounts.ts';
import { escapeHtml, reportPage } from './report-page.ts';

/** Flags of `upslope analyse`. */
export interface AnalyseFlags {
  readonly out?: string;
  /** Organism of the last census whose line of descent is followed. */
  readonly line?: number;
}

/** Traits that are described in sentences: those that changed most relative to their variation. */
const mostTold = 6;

interface Analysed {
  readonly population: string;
  readonly trait: string;
  readonly title: string;
  readonly unit: string;
  readonly windows: readonly {
    readonly from: number;
    readonly to: number;
    readonly account: PriceAccount;
    readonly both: PriceAccounts;
  }[];
  /** Over the whole run. */
  readonly whole: PriceAccounts;
  /** Change over the whole run, in standard deviations among the organisms alive when it opened. */
  readonly strength: number;
}

/** `upslope analyse`: Price's equation of all traits over all windows of a run, as tables and as one self-contained page. */
export async function analyseCommand(io: Io, directory: string, flags: AnalyseFlags): Promise<number> {
  const shown = showText(directory, 200);
  const out = flags.out ?? join(directory, 'analysis');
  const run = await readHistory(io, directory, ['census']);
  try {
    const census = run.tables.get('census.parquet');
    if (!census) throw new UserError(`${shown} has no census.parquet; make the run again with this version`);
    checkFree(io.files, out, resultNames);
    const reader = await PriceReader.open(census, run.history, io.catalogue);
    const analysed: Analysed[] = [];
    for (const population of reader.populations) analysed.push(...(await analysePopulation(reader, population)));
    const climbs: ClimbReport[] = [];
    const { seed } = run.history.provenance;
    for (const population of reader.populations) {
      if (reader.censusTicks(population).length < 2) continue;
      climbs.push(await climbOfRun(reader, population, seed, flags.line));
    }
    if (flags.line !== undefined && !climbs.some(({ line }) => line?.organism === flags.line)) {
      throw new UserError(
        `--line ${flags.line}: not in the last census of ${shown}, or born after the census before it; give another organism`,
      );
    }
    if (analysed.length === 0)
      throw new UserError(`${shown} has fewer than two censuses of every population; make the run again with more`);
    const { provenance } = run.history;
    const head = {
      scene: String((provenance.scene as { title?: unknown }).title ?? ''),
      seed: provenance.seed,
      ticks: provenance.ticks,
    };
    const about = { command: 'analyse', run: provenance.hash, line: flags.line ?? null };
    await write(io, out, resultFiles(analysed, climbs, head, about));
    const accounts = analysed.flatMap(({ windows, whole }) => [mainAccount(whole), ...windows.map(({ account }) => account)]);
    for (const one of strongest(analysed)) io.out(`${sentenceOf(one)}\n`);
    for (const climb of climbs) io.out(`${climbSentence(climb)}\n`);
    io.out(
      `${analysed[0].windows.length} windows, ${describeResidual(accounts)}: ${out}/report.html, price.parquet, climb.parquet, fisher.parquet\n`,
    );
    return 0;
  } catch (error) {
    if (error instanceof FormatError) throw new UserError(`${shown}: ${error.message}; for details: upslope validate ${shown}`);
    throw error;
  } finally {
    run.close();
  }
}

async function analysePopulation(reader: PriceReader, population: string): Promise<Analysed[]> {
  const ticks = reader.censusTicks(population);
  if (ticks.length < 2) return [];
  const ids = reader.traits.map(({ id }) => id);
  const spans: [number, number][] = ticks.slice(1).map((to, k) => [ticks[k], to]);
  const found = [];
  for (const [from, to] of [[ticks[0], ticks[ticks.length - 1]] as [number, number], ...spans]) {
    found.push({ from, to, accounts: await priceAccounts(reader, population, [from, to], ids) });
  }
  const values = (await reader.census(population, ticks[0])).traits;
  const [all, ...parts] = found;
  return reader.traits.map(({ id, title, unit }, t) => {
    const whole = all.accounts.get(id);
    if (!whole) throw new Error(`no window of ${id}`);
    // All windows count in one way, so that they can be summed and drawn together.
    const followed = parts.every(({ accounts }) => accounts.get(id)?.loci);
    const before = Array.from({ length: values.length / ids.length }, (_, k) => values[k * ids.length + t]);
    const mean = before.reduce((sum, value) => sum + value, 0) / before.length;
    const variance = before.reduce((sum, value) => sum + (value - mean) ** 2, 0) / before.length;
    return {
      population,
      trait: id,
      title,
      unit,
      whole,
      strength: variance > 0 ? mainAccount(whole).change / Math.sqrt(variance) : 0,
      windows: parts.map(({ from, to, accounts }) => {
        const both = accounts.get(id) as PriceAccounts;
        return { from, to, both, account: followed ? mainAccount(both) : both.organisms };
      }),
    };
  });
}

const strongest = (analysed: readonly Analysed[]) =>
  analysed.toSorted((a, b) => Math.abs(b.strength) - Math.abs(a.strength)).slice(0, mostTold);

/** Why a trait changed, window by window: every clause is the sum of rows of the table. */
function sentenceOf({ population, title, windows, strength }: Analysed): string {
  const terms = sumOfWindows(consecutiveTerms(windows.map(({ account }) => account)));
  return `${population}: ${priceSentence(title.toLowerCase(), terms, strength)}`;
}

const pricesByLoci =
  'Price’s equation by copies of loci: the change of the mean of a trait between two censuses is selection on the copies of the locus that it reads, between and within clades (copies of one copy of the census before), and what each mechanism wrote into them. Where copies spread by more than births, selection is split by how they spread: births and deaths of their bearers, choice among gametes, drive, transfer. price.parquet also holds the account by births of organisms.';
const pricesByOrganisms =
  'Price’s equation by births of organisms: the change of the mean of a trait between two censuses is selection, between and within clades (descendants of one ancestor of the census before), and what each mechanism of inheritance changed from parents to children. In sexual populations the effects of chance and selection among gametes are part of recombination here.';

const resultNames = ['price.parquet', 'climb.parquet', 'fisher.parquet', 'report.html'] as const;

async function write(io: Io, out: string, files: ResultFiles): Promise<void> {
  const folder = await OwnedFolder.take(io, out);
  try {
    checkFree(io.files, out, resultNames);
    publishResults(folder, files, 'undo');
  } finally {
    folder.release();
  }
}

function resultFiles(
  analysed: readonly Analysed[],
  climbs: readonly ClimbReport[],
  head: { scene: string; seed: string; ticks: number },
  about: TableProvenance,
): Readonly<Record<(typeof resultNames)[number], ResultFiles[string]>> {
  const rows = analysed.flatMap(({ population, trait, whole, windows }) => {
    const [first, last] = [windows[0].from, windows[windows.length - 1].to];
    const spans = windows.length > 1 ? [...windows, { from: first, to: last, both: whole }] : windows;
    return spans.flatMap(({ from, to, both }) => rowsOf(population, [from, to], trait, both));
  });
  const page = reportPage(
    `${head.scene}, seed ${head.seed}, ${head.ticks} ticks`,
    [
      '<h2>Why did traits change?</h2>',
      `<ul>${strongest(analysed)
        .map((one) => `<li>${escapeHtml(sentenceOf(one))}</li>`)
        .join('')}</ul>`,
      `<p>${analysed.some(({ whole }) => whole.loci) ? pricesByLoci : pricesByOrganisms} The terms add up exactly. The sentences sum the windows. ${priceErrorsNote}</p>`,
      ...analysed.map((one) => figureOf(one)),
      '<h2>Did they climb?</h2>',
      `<ul>${climbs.map((climb) => `<li>${escapeHtml(climbSentence(climb))}</li>`).join('')}</ul>`,
      `<p>Traits are measured in their standard deviations at the first census, and selection here counts births of organisms with shares of the whole genome, not copies of loci. The gradient is that of a regression of relative fitness on traits (Lande and Arnold, with a ridge of ${ridge} mean variances), and never estimated from the data it is compared with: selection on one half of the clades is projected onto the gradient of the other half, the change of a mean onto the gradient of the window before. A dot above its band climbs more than 97.5 % of random directions with the same variation do. The gain that selection alone would give is b G b from the two halves; the environment and competitors, the population included, took the part that the realised change lacks.</p>`,
      ...climbs.map(climbFigures),
    ],
    'Each bar is a window between two censuses; parts above 0 raised the mean, parts below lowered it; the dot is the change. All numbers are in price.parquet.',
  );
  return {
    'price.parquet': parquetOf(priceTable, rows, about),
    'climb.parquet': parquetOf(
      climbTable,
      climbs.flatMap((climb) => [...climbRows(climb)]),
      about,
    ),
    'fisher.parquet': parquetOf(
      fisherTable,
      climbs.flatMap((climb) => [...fisherRows(climb)]),
      about,
    ),
    'report.html': page,
  };
}

function climbFigures({ population, windows }: ClimbReport): string {
  const style = { width: 460, height: 300, ink: 'currentColor', faint: '#8884' };
  const plane = climbPlane(windows);
  const figures = [
    plane && drawClimbPaths(climbPaths(windows, plane), { ...style, height: 380 }),
    drawClimbCosines(windows, style),
    drawFisher(windows, style),
  ].filter((svg) => svg !== undefined);
  return `<h3>${escapeHtml(population)}</h3>${figures.map((svg) => `<figure>${svg}</figure>`).join('')}`;
}

/**
 * The parts that are stacked: selection by channel where copies spread by more than births, otherwise by level; then the
 * changes by mechanisms.
 */
function stackOf({ levels, byChannel = [], byMechanism }: PriceAccount): Map<string, number> {
  const channels = byChannel.filter(({ value }) => value !== 0);
  const selection: [string, number][] =
    channels.length > 1
      ? channels.map(({ channel, value }) => [`selection by ${channel}`, value])
      : [
          ['selection within clades', levels.within],
          ['selection between clades', levels.between],
        ];
  return new Map([...selection, ...byMechanism.map(({ mechanism, value }): [string, number] => [mechanism, value])]);
}

function figureOf({ population, title, unit, windows }: Analysed): string {
  const terms = windows.map(({ account }) => stackOf(account));
  const names = [...new Set(terms.flatMap((own) => [...own.keys()]))];
  const shown = names.filter((name, k) => k < 2 || terms.some((own) => (own.get(name) ?? 0) !== 0));
  const figure = drawPriceFigure(
    {
      title: `${population}: ${title.toLowerCase()}`,
      unit,
      terms: shown,
      windows: windows.map(({ from, to, account }, w) => ({
        from,
        to,
        change: account.change,
        values: shown.map((name) => terms[w].get(name) ?? 0),
      })),
    },
    { width: 560, height: 270 + 16 * Math.ceil(shown.length / 2), ink: 'currentColor', faint: '#88888855' },
  );
  return `<figure>${figure ?? ''}</figure>`;
}

/** `upslope analyse`, with its flags. */
export const command: AnalysisCommand = {
  reads: 'worlds',
  tables: [climbTable, fisherTable],
  describe: (command, io, done) =>
    command
      .argument('<run>', 'directory of a finished run', plainText)
      .option(
        '--out <directory>',
        'directory for report.html and its tables; must be empty or missing (default: RUN/analysis)',
        outDirectory,
      )
      .option(
        '--line <id>',
        'organism of the last census whose line of descent is followed (default: the one born first)',
        wholeNumber(0, Number.MAX_SAFE_INTEGER),
      )
      .action(async (directory: string, flags: AnalyseFlags) => done(await analyseCommand(io, directory, flags))),
};
