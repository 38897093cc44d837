import { availableParallelism } from 'node:os';
import { type Contest, performContest } from '../../analysis/tournament/contest.ts';
import { judgeTournament, type TournamentResult } from '../../analysis/tournament/tournament.ts';
import { integerColumn, realColumn } from '../../export/columns.ts';
import { listColumn, nameColumn, numberColumn } from '../../export/history-columns.ts';
import type { ExportTable } from '../../export/index.ts';
import { ParquetReader } from '../../export/parquet-reader.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import { suggest } from '../../scene/nearest.ts';
import { parseScene } from '../../scene/parse.ts';
import { showText } from '../../scene/show.ts';
import { createSimulation } from '../../simulation/create.ts';
import { type Io, stopStatus } from '../io.ts';
import { performAll } from '../perform-all.ts';
import { readHistory } from '../read-history.ts';
import { parquetOf, writeResults } from '../result-files.ts';
import { taskPool } from '../threads.ts';
import { UserError } from '../user-error.ts';

/** Flags of `upslope tournament`; what was not given is undefined. */
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

const contestPool = taskPool<Contest, number>('performContest', performContest);

/** `upslope tournament`: fossils of a run against each other in fresh worlds of its scene. */
export async function tournamentCommand(io: Io, directory: string, flags: TournamentFlags): Promise<number> {
  const shown = showText(directory, 200);
  const run = await readHistory(io.files, directory);
  try {
    const { players = usual.players, ticks = usual.ticks, replicates = usual.replicates, seed = '1' } = flags;
    const file = run.tables.get('genomes.parquet');
    if (!file) throw new UserError(`${shown} has no genomes.parquet; make the run again with this version`);
    const scene = parseScene(run.history.provenance.scene, `${directory}: provenance.json: scene`);
    const names = Object.keys(scene.populations);
    const population = flags.population ?? names[0];
    if (!names.includes(population)) {
      throw new UserError(`there is no population '${showText(population)}' in ${shown}; ${suggest(population, names)}`);
    }
    const fossils = await readFossils(await ParquetReader.open('genomes.parquet', file), population);
    if (fossils.length < 3) {
      throw new UserError(
        `${shown} keeps ${fossils.length} fossils of ${population}; a tournament needs three: record.fossils says how many`,
      );
    }
    const chosen = spread(fossils, Math.min(players, fossils.length));
    const genomes = placeGenomes(scene, population, chosen);
    const pairs = chosen.flatMap((_, i) => Array.from({ length: i }, (__, j) => [i, j] as const));
    const jobs = Math.min(pairs.length * replicates, flags.jobs ?? availableParallelism());
    io.err(
      `tournament: ${chosen.length} fossils of ${population}, ${pairs.length} pairs, ${replicates} replicates of ${ticks} ticks, ${jobs} at a time\n`,
    );
    const contests = pairs.flatMap(([i, j]) =>
      Array.from({ length: replicates }, (_, r) => ({
        scene,
        seed: `${seed}/${r}`,
        population,
        first: genomes[i],
        second: genomes[j],
        ticks,
      })),
    );
    const done = await performAll(io, contestPool(jobs, io.breathe), contests);
    if ('stopped' in done) {
      io.err('stopped; nothing was written\n');
      return stopStatus[done.stopped];
    }
    const margins = pairs.map((_, p) => done.results.slice(p * replicates, (p + 1) * replicates));
    const result = judgeTournament(chosen.length, margins);
    if (flags.out !== undefined) {
      writeResults(io, flags.out, { 'tournament.parquet': parquetOf(matchTable, matchRows(chosen, result)) });
    }
    io.out(tellTournament(population, ticks, replicates, chosen, result));
    return 0;
  } catch (error) {
    if (error instanceof FormatError) throw new UserError(`${shown}: ${error.message}; upslope validate ${shown} tells more`);
    throw error;
  } finally {
    run.close();
  }
}

interface Player {
  readonly fossil: number;
  readonly organism: number;
  readonly tick: number;
  /** A value a locus, in the order of the table loci, haplotypes one behind the other. */
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

/** As many as asked for, as evenly over the list as can be, the first and the last among them. */
function spread<T>(list: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, k) => list[Math.round((k * (list.length - 1)) / Math.max(1, count - 1))]);
}

/** Whole genomes as a world of the scene lays them out. */
function placeGenomes(scene: ReturnType<typeof parseScene>, name: string, players: readonly Player[]): Float32Array[] {
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

const show = (value: number, digits = 2) => (Number.isNaN(value) ? '-' : `${value >= 0 ? '+' : ''}${value.toFixed(digits)}`);

function tellTournament(
  population: string,
  ticks: number,
  replicates: number,
  players: readonly Player[],
  { margins, ratings, ratingLow, ratingHigh, cyclicShare, correctedShare, correctedLow, correctedHigh }: TournamentResult,
): string {
  const m = players.length;
  const width = Math.max(7, ...players.map(({ tick }) => String(tick).length + 1));
  const rows = players.map(({ tick }, i) =>
    [
      String(tick).padStart(8),
      ...players.map((_, j) => (i === j ? '.' : show(margins[i * m + j])).padStart(width)),
      `  ${show(ratings[i])} (${show(ratingLow[i])} to ${show(ratingHigh[i])})`,
    ].join(' '),
  );
  const rising = ratings.every((rating, i) => i === 0 || rating > ratings[i - 1]);
  return `${[
    `tournament of ${m} fossils of ${population}: log ratio of descendants after ${ticks} ticks in fresh worlds, row against column, mean of ${replicates}`,
    ['    tick', ...players.map(({ tick }) => String(tick).padStart(width)), '  rating (95 %)'].join(' '),
    ...rows,
    `cyclic share ${(100 * cyclicShare).toFixed(1)} %, less noise ${Number.isNaN(correctedShare) ? '-' : `${(100 * correctedShare).toFixed(1)} % (${(100 * correctedLow).toFixed(1)} to ${(100 * correctedHigh).toFixed(1)} %)`}: what no rating explains; pure noise has ${((100 * (m - 2)) / m).toFixed(0)} %`,
    rising ? 'every later fossil is rated higher than every earlier one' : 'ratings do not rise all the way with time',
  ].join('\n')}\n`;
}

const matchTable: ExportTable = {
  name: 'tournament',
  title: 'Tournament',
  row: 'A fossil against another.',
  columns: [
    integerColumn('fossil', '', 'Number of the fossil.'),
    integerColumn('tick', 'ticks', 'When it was kept.'),
    integerColumn('other', '', 'Number of the other.'),
    integerColumn('other_tick', 'ticks', 'When the other was kept.'),
    realColumn('margin', 'log ratio of descendants', 'How far it beats the other: mean over replicates.'),
    realColumn('error', 'log ratio of descendants', 'Standard error of the mean.'),
    realColumn('rating', 'log ratio of descendants', 'Rating of the fossil.'),
  ],
};

function* matchRows(players: readonly Player[], { margins, errors, ratings }: TournamentResult): Iterable<number[]> {
  const m = players.length;
  for (const [i, one] of players.entries()) {
    for (const [j, other] of players.entries()) {
      if (i === j) continue;
      yield [one.fossil, one.tick, other.fossil, other.tick, margins[i * m + j], errors[i * m + j], ratings[i]];
    }
  }
}
