import { availableParallelism } from 'node:os';
import { contestSeed, judgeTournament, spreadEvenly } from '../../analysis/tournament/tournament.ts';
import {
  showMargin,
  type TournamentPlayer,
  type TournamentReport,
  tournamentRows,
  tournamentSentences,
  tournamentTable,
} from '../../experiment/describe-tournament.ts';
import { drawTournament } from '../../experiment/tournament-figure.ts';
import { listColumn, nameColumn, numberColumn } from '../../export/history-columns.ts';
import { ParquetReader } from '../../export/parquet-reader.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import type { Scene } from '../../scene/schema.ts';
import { createSimulation } from '../../simulation/create.ts';
import { mostTicks, outDirectory, plainText, seedText, wholeNumber } from '../flags.ts';
import { type Io, stopStatus } from '../io.ts';
import { performAll } from '../perform-all.ts';
import { readHistory } from '../read-history.ts';
import { parquetOf, writeResults } from '../result-files.ts';
import { taskPool } from '../threads.ts';
import { UserError } from '../user-error.ts';
import type { AnalysisCommand } from './analysis-command.ts';
import { type ContestTask, performContestTask } from './perform-contest-task.ts';

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

const contestPool = taskPool<ContestTask, number>('performContestTask', performContestTask);

/** `upslope tournament`: fossils of a run against each other in fresh worlds of its scene. */
export async function tournamentCommand(io: Io, directory: string, flags: TournamentFlags): Promise<number> {
  const shown = showText(directory, 200);
  const run = await readHistory(io, directory, ['genomes']);
  try {
    const { players = usual.players, ticks = usual.ticks, replicates = usual.replicates, seed = '1' } = flags;
    const file = run.tables.get('genomes.parquet');
    if (!file) throw new UserError(`${shown} has no genomes.parquet; make the run again with this version`);
    const scene = io.catalogue.parseScene(run.history.provenance.scene, `${directory}: provenance.json: scene`);
    const names = Object.keys(scene.populations);
    const population = flags.population ?? names[0];
    if (!names.includes(population)) {
      throw new UserError(`there is no population '${showText(population)}' in ${shown}; ${suggest(population, names)}`);
    }
    const fossils = await readFossils(await ParquetReader.open('genomes.parquet', file), population);
    if (fossils.length < 3) {
      throw new UserError(
        `${shown} keeps ${fossils.length} fossils of ${population}; a tournament needs three; set record.fossils to keep more`,
      );
    }
    const chosen = spreadEvenly(fossils, Math.min(players, fossils.length));
    const genomes = placeGenomes(scene, population, chosen);
    const pairs = chosen.flatMap((_, i) => Array.from({ length: i }, (__, j) => [i, j] as const));
    const jobs = Math.min(pairs.length * replicates, flags.jobs ?? availableParallelism());
    io.err(
      `tournament: ${chosen.length} fossils of ${population}, ${pairs.length} pairs, ${replicates} replicates of ${ticks} ticks, ${jobs} at a time\n`,
    );
    const contests = pairs.flatMap(([i, j]) =>
      Array.from({ length: replicates }, (_, r) => ({
        scene,
        seed: contestSeed(seed, i, j, r),
        population,
        first: genomes[i],
        second: genomes[j],
        ticks,
        extensions: io.extensionFiles,
      })),
    );
    const done = await performAll(io, contestPool(jobs, io.breathe), contests);
    if ('stopped' in done) {
      io.err('stopped; nothing was written\n');
      return stopStatus[done.stopped];
    }
    const margins = pairs.map((_, p) => done.results.slice(p * replicates, (p + 1) * replicates));
    const told = { population, ticks, replicates, players: chosen, result: judgeTournament(chosen.length, margins) };
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

interface Player extends TournamentPlayer {
  /** One value for each locus, in the order of the table loci, haplotypes one behind the other. */
  readonly loci: Float32Array;
}

async function readFossils(table: ParquetReader, population: string): Promise<Player[]> {
  const [names, kinds]: string[][] = [[], []];
  const [of, kept] = [await nameColumn(table, 'population', names), await nameColumn(table, 'kept_as', kinds)];
  const [fossil, organism, tick] = [
    await numberColumn(table, 'fossil_id', -1),
    await numberColumn(table, 'organism_id', -1),
    await numberColumn(table, 'tick', -1),
  ];
  const { starts, items } = await listColumn(table, 'genome', Float32Array);
  return Array.from(of, (_, row) => row)
    .filter((row) => names[of[row]] === population && kinds[kept[row]] === 'fossil')
    .map((row) => ({
      fossil: fossil[row],
      organism: organism[row],
      tick: tick[row],
      loci: items.slice(starts[row], starts[row + 1]),
    }))
    .sort((a, b) => a.tick - b.tick || a.fossil - b.fossil);
}

/** Whole genomes in the layout of a world of the scene. */
function placeGenomes(scene: Scene, name: string, players: readonly Player[]): Float32Array[] {
  const simulation = createSimulation(scene, 'layout');
  const population = simulation.populations.find((one) => one.name === name);
  if (!population) throw new Error(`no population '${name}'`);
  const { layout, ploidy, genomeLength } = population;
  simulation.dispose();
  return players.map(({ loci, fossil }) => {
    if (loci.length !== ploidy * layout.loci.length) {
      throw new FormatError('genomes.parquet', `fossil ${fossil} has ${loci.length} loci, not ${ploidy * layout.loci.length}`);
    }
    const genome = new Float32Array(genomeLength);
    for (let h = 0; h < ploidy; h++) {
      for (const [position, { slot }] of layout.loci.entries()) {
        genome[h * layout.stride + slot] = loci[h * layout.loci.length + position];
      }
    }
    return genome;
  });
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
export const tournament: AnalysisCommand = {
  name: 'tournament',
  description: 'let the fossils of a finished run compete in fresh worlds: ratings, and the cyclic share',
  ofWorlds: true,
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
