import type { PriceAccount } from '../../analysis/price/price-of-window.ts';
import { realColumn, textColumn, windowColumns } from '../../export/columns.ts';
import type { ExportTable } from '../../export/index.ts';
import { PriceReader } from '../../export/price-reader.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import { mostTicks, outDirectory, plainText, wholeNumber } from '../flags.ts';
import type { Io } from '../io.ts';
import { readHistory } from '../read-history.ts';
import { parquetOf, writeResults } from '../result-files.ts';
import { UserError } from '../user-error.ts';
import type { AnalysisCommand } from './analysis-command.ts';
import { describePrice } from './describe-price.ts';
import { accountNames, type PriceAccounts, priceAccounts } from './price-accounts.ts';

/** Flags of `upslope price`; undefined where not given. */
export interface PriceFlags {
  readonly trait?: string;
  readonly from?: number;
  readonly to?: number;
  readonly population?: string;
  readonly out?: string;
}

/** `upslope price`: Price's equation over a window of a finished run, from its tables alone. */
export async function priceCommand(io: Io, directory: string, flags: PriceFlags): Promise<number> {
  const shown = showText(directory, 200);
  const run = await readHistory(io, directory, ['census']);
  try {
    const census = run.tables.get('census.parquet');
    if (!census) throw new UserError(`${shown} has no census.parquet; make the run again with this version`);
    const reader = await PriceReader.open(census, run.history, io.catalogue);
    const population = choosePopulation(reader, flags, shown);
    const [from, to] = chooseWindow(reader.censusTicks(population), flags, shown);
    const known = reader.traits.map(({ id }) => id);
    if (flags.trait !== undefined && !known.includes(flags.trait)) {
      throw new UserError(`there is no trait '${showText(flags.trait)}' in ${shown}; ${suggest(flags.trait, known)}`);
    }
    const traits = flags.trait === undefined ? known : [flags.trait];
    const accounts = await priceAccounts(reader, population, [from, to], traits);
    if (flags.out !== undefined) {
      const about = { command: 'price', run: run.history.provenance.hash, population, from, to, traits };
      const rows = [...accounts].flatMap(([trait, both]) => rowsOf(population, [from, to], trait, both));
      await writeResults(io, flags.out, { 'price.parquet': parquetOf(priceTable, rows, about) });
    }
    const units = new Map(reader.traits.map(({ id, unit, title }) => [id, { unit, title }]));
    io.out(describePrice(population, [from, to], accounts, units));
    return 0;
  } catch (error) {
    if (error instanceof FormatError) throw new UserError(`${shown}: ${error.message}; for details: upslope validate ${shown}`);
    throw error;
  } finally {
    run.close();
  }
}

function choosePopulation({ populations }: PriceReader, { population }: PriceFlags, shown: string): string {
  if (populations.length === 0) throw new UserError(`${shown}: census.parquet is empty; make the run again with censuses`);
  if (population === undefined) return populations[0];
  if (populations.includes(population)) return population;
  throw new UserError(`there is no population '${showText(population)}' in ${shown}; ${suggest(population, populations)}`);
}

/** @throws {UserError} for ticks without a census, with the nearest ones */
function chooseWindow(ticks: readonly number[], { from, to }: PriceFlags, shown: string): readonly [number, number] {
  if (ticks.length < 2) {
    throw new UserError(`${shown} has ${ticks.length} census of this population; a window needs two`);
  }
  const check = (flag: string, tick: number) => {
    if (ticks.includes(tick)) return tick;
    const below = ticks.findLast((one) => one < tick);
    const above = ticks.find((one) => one > tick);
    const near = [below, above].filter((one) => one !== undefined).join(' and ');
    throw new UserError(`--${flag} ${tick}: no census at that tick; the nearest censuses are at ${near}`);
  };
  // At the first census every founder is a clade of its own, so that nothing is within clades.
  const window = [
    check('from', from ?? ticks[to === undefined && ticks.length > 2 ? 1 : 0]),
    check('to', to ?? ticks[ticks.length - 1]),
  ] as const;
  if (window[0] >= window[1]) throw new UserError(`--from must be before --to (got ${window[0]} and ${window[1]})`);
  return window;
}

/** Terms of Price's equation, one a row. */
export const priceTable: ExportTable = {
  name: 'price',
  title: 'Price',
  row: 'One term of Price’s equation of a trait over a window.',
  columns: [
    ...windowColumns,
    textColumn('trait', 'Id of the trait.'),
    textColumn(
      'account',
      'loci: by copies of the locus that the trait reads, however they spread. organisms: by births, with shares of the whole genome.',
    ),
    textColumn(
      'term',
      'change, selection, selection_between, selection_within, selection_ with the name of a channel, transmission, or transmission_ with the name of a mechanism (expression: the deviation of heterozygotes from the mean of their two alleles).',
    ),
    { ...realColumn('value', '', 'The term, in units of the trait.'), nullable: false },
    realColumn(
      'standard_error',
      '',
      'Of selection and its parts: jackknife over families, the descendants of one ancestor two censuses before; null for other terms, and where it is unknown.',
    ),
    realColumn(
      'freedom',
      '',
      'Degrees of freedom of Student’s interval from the standard error: effective number of families minus one; null without a standard error.',
    ),
  ],
};

/** The terms of an account, by their names in the table. */
function termsOf({
  change,
  selection,
  levels,
  errors,
  byChannel = [],
  byMechanism,
  ...rest
}: PriceAccount): [string, number, number][] {
  return [
    ['change', change, Number.NaN],
    ['selection', selection, errors.selection],
    ['selection_between', levels.between, errors.between],
    ['selection_within', levels.within, errors.within],
    ...byChannel.map(({ channel, value }): [string, number, number] => [`selection_${channel}`, value, Number.NaN]),
    ['transmission', rest.transmission, Number.NaN],
    ...byMechanism.map(({ mechanism, value }): [string, number, number] => [`transmission_${mechanism}`, value, Number.NaN]),
  ];
}

/** Rows of both accounts in the table. */
export function rowsOf(
  population: string,
  [from, to]: readonly [number, number],
  trait: string,
  accounts: PriceAccounts,
): (string | number | null)[][] {
  return accountNames.flatMap((name) => {
    const account = accounts[name];
    if (!account) return [];
    return termsOf(account).map(([term, value, error]) => [
      ...[population, from, to, trait, name, term, value],
      ...(Number.isNaN(error) ? [null, null] : [error, account.errors.freedom]),
    ]);
  });
}

/** `upslope price`, with its flags. */
export const command: AnalysisCommand = {
  reads: 'worlds',
  tables: [priceTable],
  describe: (command, io, done) =>
    command
      .argument('<run>', 'directory of a finished run', plainText)
      .option('--trait <id>', 'one trait, also described in a sentence (default: a line for each trait)', plainText)
      .option(
        '--from <tick>',
        'census at which the window opens (default: the second; at the first every founder is a clade of its own)',
        wholeNumber(0, mostTicks),
      )
      .option('--to <tick>', 'census at which it closes (default: the last)', wholeNumber(0, mostTicks))
      .option('--population <name>', 'name of the population (default: the first)', plainText)
      .option('--out <directory>', 'also write price.parquet there', outDirectory)
      .action(async (directory: string, flags: PriceFlags) => done(await priceCommand(io, directory, flags))),
};
