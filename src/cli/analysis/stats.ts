import { InvalidArgumentError } from 'commander';
import {
  axesTable,
  lifeTableTable,
  lineagesTable,
  linkageTable,
  matricesTable,
  spectrumTable,
  statsTable,
  sweepsTable,
} from '../../experiment/stats/statistic-rows.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import { mostTicks, nameList, outDirectory, plainText, tickList, wholeNumber } from '../flags.ts';
import type { Io } from '../io.ts';
import { chooseAnother, OwnedFolder } from '../ownership/owned-folder.ts';
import { type FinishedRun, readHistory } from '../read-history.ts';
import { publishResults } from '../result-files.ts';
import { UserError } from '../user-error.ts';
import type { AnalysisCommand } from './analysis-command.ts';
import { type DemeGrid, genomeParts, tableOf } from './stats-data.ts';
import { filesOf, jsonOf, linesOf } from './stats-files.ts';
import type { Answer, Question, StatsFlags } from './stats-question.ts';
import { describeSweeps } from './stats-sweeps.ts';
import { describeTicks } from './stats-ticks.ts';
import { describeWindows } from './stats-windows.ts';

/** `upslope stats`: population genetics, demography, quantitative genetics and trees of a finished run. Returns the exit status. */
export async function statsCommand(io: Io, directory: string, flags: StatsFlags): Promise<number> {
  const shown = showText(directory, 200);
  if (flags.csv && flags.out === undefined) throw new UserError('--csv writes to the directory of --out; give --out too');
  const run = await readHistory(io, directory, ['census']);
  // Taken first: whether it can be written to is not to be found out after the work.
  let folder: OwnedFolder | undefined;
  try {
    const question = askedOf(run, directory, flags);
    if (flags.out !== undefined) folder = await OwnedFolder.take(io, flags.out, chooseAnother);
    const answer = await answerOf(io, question);
    if (folder) publishResults(folder, filesOf(question, answer), 'finish');
    io.out(flags.json ? `${JSON.stringify(jsonOf(question, answer), null, 2)}\n` : `${linesOf(question, answer).join('\n')}\n`);
    return 0;
  } catch (error) {
    if (error instanceof FormatError) throw new UserError(`${shown}: ${error.message}; for details: upslope validate ${shown}`);
    throw error;
  } finally {
    folder?.release();
    run.close();
  }
}

/** @throws {UserError} for a population, tick or window that the run does not have */
function askedOf(run: FinishedRun, directory: string, flags: StatsFlags): Question {
  const { history } = run;
  const names = history.populations.map(({ name }) => name);
  const name = flags.population ?? names[0];
  if (!names.includes(name)) {
    throw new UserError(`there is no population '${showText(name)}' in ${showText(directory, 200)}; ${suggest(name, names)}`);
  }
  const { endTick } = history;
  const { ticks = [endTick], from = 0, to = endTick, windows = 1 } = flags;
  const inRun = (flag: string, tick: number) => {
    if (tick > endTick) throw new UserError(`--${flag} ${tick}: the run ends at tick ${endTick}; give ${endTick} or less`);
  };
  for (const tick of ticks) inRun('ticks', tick);
  inRun('to', to);
  if (from >= to) throw new UserError(`--from must be before --to (got ${from} and ${to})`);
  if (windows > to - from) throw new UserError(`--windows ${windows}: there are ${to - from} ticks; give ${to - from} or less`);
  const at = (k: number) => from + Math.floor((k * (to - from)) / windows);
  return {
    run,
    directory,
    population: names.indexOf(name),
    name,
    ticks,
    windows: Array.from({ length: windows }, (_, k) => ({ from: at(k), to: at(k + 1) })),
    flags,
  };
}

async function answerOf(io: Io, question: Question): Promise<Answer> {
  const { run, directory, name, flags } = question;
  const loci = await tableOf(run.tables, 'loci', directory);
  const parts = await genomeParts(loci, name, flags.genomeWindows ?? 'segments');
  const answer: Answer = {
    rows: [],
    genetics: [],
    tables: [],
    lineages: [],
    sweeps: [],
    matrices: [],
    parts: parts.length > 1 ? parts : [],
  };
  const generation = await describeWindows(io, question, answer);
  describeSweeps(question, answer);
  await describeTicks(io, question, answer, generation);
  return answer;
}

/** `--grid`: columns and rows. */
function gridArgument(text: string): DemeGrid {
  const [columns, rows] = (/^(\d{1,3})x(\d{1,3})$/.exec(text) ?? []).slice(1).map(Number);
  if (columns >= 1 && rows >= 1 && columns * rows > 1) return { columns, rows };
  throw new InvalidArgumentError(`give columns and rows of two cells or more, for example 2x1, not '${showText(text)}'.`);
}

/** `upslope stats`, with its flags. */
export const command: AnalysisCommand = {
  reads: 'worlds',
  tables: [statsTable, spectrumTable, linkageTable, lifeTableTable, lineagesTable, sweepsTable, matricesTable, axesTable],
  describe: (command, io, done) =>
    command
      .argument('<run>', 'directory of a finished run', plainText)
      .option('--population <name>', 'name of the population (default: the first)', plainText)
      .option('--ticks <list>', 'ticks at which genetics are described, ascending (default: the end)', tickList(mostTicks))
      .option('--from <tick>', 'start of demography and selection (default: 0)', wholeNumber(0, mostTicks))
      .option('--to <tick>', 'their end (default: the end)', wholeNumber(1, mostTicks))
      .option('--windows <n>', 'cut that time into n windows (default: 1)', wholeNumber(1, 1000))
      .option(
        '--genome-windows <n>',
        'n windows of equally many loci along the genome (default: its segments)',
        wholeNumber(1, 1000),
      )
      .option('--traits <list>', 'ids of traits for selection, heritability, G and M (default: all)', nameList)
      .option('--sample <n>', 'organisms drawn for genetics (default: 1000)', wholeNumber(2, 1_000_000))
      .option('--grid <columns x rows>', 'demes of a plane: the cells of a grid, for example 2x1', gridArgument)
      .option('--replay', 'make genomes again where the run kept none at a tick; takes as long as the run did')
      .option('--json', 'print all rows as JSON')
      .option('--csv', 'write CSV beside Parquet')
      .option(
        '--out <directory>',
        'also write stats, spectrum, linkage, life_table, lineages, sweeps, matrices and axes there',
        outDirectory,
      )
      .action(async (directory: string, flags: StatsFlags) => done(await statsCommand(io, directory, flags))),
};
