import { contestSeed, judgeTournament, spreadEvenly } from '../../analysis/tournament/tournament.ts';
import {
  showMargin,
  type TournamentReport,
  tournamentRows,
  tournamentSentences,
  tournamentTable,
} from '../../experiment/describe-tournament.ts';
import { drawTournament } from '../../experiment/tournament-figure.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import { showText } from '../../parameter/show.ts';
import { mostTicks, outDirectory, plainText, wholeNumber } from '../flags.ts';
import type { Io } from '../io.ts';
import { readHistory } from '../read-history.ts';
import { parquetOf, writeResults } from '../result-files.ts';
import { seedText } from '../setting-flags.ts';
import { UserError } from '../user-error.ts';
import type { AnalysisCommand } from './analysis-command.ts';
import { fossilsOf, nameFossil, placeGenomes } from './fossil-genomes.ts';
import { holdContests } from './hold-contests.ts';

/** Flags of `upslope tournament`; undefined where not given. */
export interface TournamentFlags {
  readonly population?: string;
  readonly players?: number;
  readonly ticks?: number;
  readonly replicates?: number;
  readonly seed?: string;
  readonly jobs?: number;
  readonly out?: string;
}

const usual = { players: 6, ticks: 1000, replicates: 6 };

/** `upslope tournament`: fossils of a run against each other in fresh worlds of its scene. */
export async function tournamentCommand(io: Io, directory: string, flags: TournamentFlags): Promise<number> {
  const shown = showText(directory, 200);
  const run = await readHistory(io, directory, ['genomes']);
  try {
    const { players = usual.players, ticks = usual.ticks, replicates = usual.replicates, seed = '1' } = flags;
    const { scene, population, fossils } = await fossilsOf(io, run, directory, flags.population);
    if (fossils.length < 3) {
      throw new UserError(
        `${shown} keeps ${fossils.length} fossils of ${population}; a tournament needs three; set record.fossils to keep more`,
      );
    }
    const chosen = spreadEvenly(fossils, Math.min(players, fossils.length));
    const { genomes } = placeGenomes(scene, population, chosen);
    const pairs = chosen.flatMap((_, i) => Array.from({ length: i }, (__, j) => [i, j] as const));
    const contests = pairs.flatMap(([i, j]) =>
      Array.from({ length: replicates }, (_, r) => ({
        seed: contestSeed(seed, i, j, r),
        first: genomes[i],
        second: genomes[j],
      })),
    );
    const what = `tournament: ${chosen.length} fossils of ${population}, ${pairs.length} pairs, ${replicates} replicates of ${ticks} ticks`;
    const outcomes = await holdContests(io, { scene, population, ticks, jobs: flags.jobs }, contests, what);
    if (typeof outcomes === 'number') return outcomes;
    const margins = pairs.map((_, p) => outcomes.slice(p * replicates, (p + 1) * replicates).map(({ margin }) => margin));
    const named = chosen.map(nameFossil);
    const told = { population, ticks, replicates, players: named, result: judgeTournament(chosen.length, margins) };
    if (flags.out !== undefined) {
      const { hash } = run.history.provenance;
      const about = { command: 'tournament', run: hash, population, players: chosen.length, ticks, replicates, seed };
      await writeResults(io, flags.out, {
        'tournament.parquet': parquetOf(tournamentTable, tournamentRows(told), about),
        'tournament.svg': `${drawTournament(told, { width: 560, ink: '#222', faint: '#8888' })}\n`,
      });
    }
    io.out(describeTournament(told));
    return 0;
  } catch (error) {
    if (error instanceof FormatError) throw new UserError(`${shown}: ${error.message}; for details: upslope validate ${shown}`);
    throw error;
  } finally {
    run.close();
  }
}

function describeTournament(told: TournamentReport): string {
  const { population, ticks, replicates, players, result } = told;
  const { margins, ratings, ratingLow, ratingHigh } = result;
  const m = players.length;
  const width = Math.max(7, ...players.map(({ tick }) => String(tick).length + 1));
  const rows = players.map(({ tick }, i) =>
    [
      String(tick).padStart(8),
      ...players.map((_, j) => (i === j ? '.' : showMargin(margins[i * m + j])).padStart(width)),
      `  ${showMargin(ratings[i])}${Number.isNaN(ratingLow[i]) ? '' : ` (${showMargin(ratingLow[i])} to ${showMargin(ratingHigh[i])})`}`,
    ].join(' '),
  );
  return `${[
    `tournament of ${m} fossils of ${population}: log ratio of descendants after ${ticks} ticks in fresh worlds, row against column, mean of ${replicates}`,
    ['    tick', ...players.map(({ tick }) => String(tick).padStart(width)), '  rating (95 % interval, each separately)'].join(
      ' ',
    ),
    ...rows,
    ...tournamentSentences(told),
  ].join('\n')}\n`;
}

/** `upslope tournament`, with its flags. */
export const command: AnalysisCommand = {
  reads: 'worlds',
  tables: [tournamentTable],
  describe: (command, io, done) =>
    command
      .argument('<run>', 'directory of a finished run', plainText)
      .option('--population <name>', 'name of the population (default: the first)', plainText)
      .option('--players <n>', 'number of fossils, evenly over time (default: 6)', wholeNumber(3, 64))
      .option('--ticks <n>', 'ticks of a contest (default: 1000)', wholeNumber(1, mostTicks))
      .option('--replicates <n>', 'contests of each pair (default: 6)', wholeNumber(2, 10_000))
      .option('--seed <seed>', 'any text; the same seed makes the same contests (default: 1)', seedText)
      .option('--jobs <n>', 'number of parallel threads (default: the number of cores)', wholeNumber(1, 1024))
      .option('--out <directory>', 'also write tournament.parquet there', outDirectory)
      .action(async (directory: string, flags: TournamentFlags) => done(await tournamentCommand(io, directory, flags))),
};
