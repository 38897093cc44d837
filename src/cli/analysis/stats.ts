import { InvalidArgumentError } from 'commander';
import { inbreedingEffectiveSize } from '../../analysis/stats/diversity.ts';
import type { LifeTable } from '../../analysis/stats/life-table.ts';
import { coalescentEffectiveSize } from '../../analysis/stats/pairwise-coalescence.ts';
import { statistics } from '../../analysis/stats/statistics.ts';
import { completeCohort, demographyOfGroup, livesOf, oldestBirth } from '../../experiment/stats/demography-of-run.ts';
import { describeStatistics } from '../../experiment/stats/describe-statistics.ts';
import {
  type GeneticStatistics,
  type GenomePart,
  geneticsOfSample,
  type SampleGroup,
} from '../../experiment/stats/genetics-of-sample.ts';
import {
  type MatrixStatistics,
  matricesOfRun,
  selectionOfGroup,
  type TraitCensus,
  type TraitColumns,
} from '../../experiment/stats/quantitative-of-run.ts';
import {
  axesTable,
  type GroupKind,
  lifeTableTable,
  linkageTable,
  matricesTable,
  type StatisticRow,
  spectrumTable,
  statisticCells,
  statisticRow,
  statsTable,
} from '../../experiment/stats/statistic-rows.ts';
import type { Cell, ExportTable } from '../../export/export-table.ts';
import type { History } from '../../export/history.ts';
import { createCsvEncoder, TableWriter } from '../../export/index.ts';
import { allelesOfHistory, type LivingAlleles, livingRows } from '../../export/tskit/alleles-of-history.ts';
import { coalescenceOfHistory } from '../../export/tskit/coalescence-of-history.ts';
import { planNodes } from '../../export/tskit/plan-nodes.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import { namedStream } from '../../math/streams.ts';
import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import { mostTicks, nameList, outDirectory, plainText, tickList, wholeNumber } from '../flags.ts';
import type { Io } from '../io.ts';
import { type FinishedRun, readHistory } from '../read-history.ts';
import { parquetOf, type ResultFiles, writeResults } from '../result-files.ts';
import { UserError } from '../user-error.ts';
import type { AnalysisCommand } from './analysis-command.ts';
import { openGivenWorld } from './open-assayed-world.ts';
import {
  type DemeGrid,
  demeFinder,
  genomeParts,
  genomesOfEnd,
  genomesOfWorld,
  type KnownGenomes,
  keptWorld,
  ratesOf,
  readTraitCensuses,
  readTraits,
  tableOf,
  traitIdsOf,
} from './stats-data.ts';

/** Flags of `upslope stats`; undefined where not given. */
export interface StatsFlags {
  readonly population?: string;
  readonly ticks?: readonly number[];
  readonly from?: number;
  readonly to?: number;
  readonly windows?: number;
  readonly genomeWindows?: number;
  readonly traits?: readonly string[];
  readonly sample?: number;
  readonly grid?: DemeGrid;
  readonly replay?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly out?: string;
}

const usual = { sample: 1000, windows: 1 };
/** Groups of a kind that are described: the largest. */
const mostGroups = 8;
/** Organisms and loci whose genealogies are followed for the coalescent effective size. */
const [coalescentSample, coalescentLoci] = [100, 50];

/** What is read of a run, and what is asked of it. */
interface Question {
  readonly run: FinishedRun;
  readonly directory: string;
  readonly population: number;
  readonly name: string;
  readonly ticks: readonly number[];
  readonly windows: readonly { readonly from: number; readonly to: number }[];
  readonly flags: StatsFlags;
}

interface Answer {
  readonly rows: StatisticRow[];
  readonly genetics: { readonly tick: number; readonly found: GeneticStatistics }[];
  readonly tables: {
    readonly from: number;
    readonly to: number;
    readonly kind: GroupKind;
    readonly group: string;
    readonly table: LifeTable;
  }[];
  readonly matrices: MatrixStatistics['matrices'][number][];
  readonly parts: readonly GenomePart[];
}

/** `upslope stats`: population genetics, demography and quantitative genetics of a finished run. Returns the exit status. */
export async function statsCommand(io: Io, directory: string, flags: StatsFlags): Promise<number> {
  const shown = showText(directory, 200);
  if (flags.csv && flags.out === undefined) throw new UserError('--csv writes to the directory of --out; give --out too');
  const run = await readHistory(io, directory, ['census']);
  try {
    const question = askedOf(run, directory, flags);
    const answer = await answerOf(io, question);
    if (flags.out !== undefined) await writeResults(io, flags.out, filesOf(question, answer));
    io.out(flags.json ? `${JSON.stringify(jsonOf(question, answer), null, 2)}\n` : `${linesOf(question, answer).join('\n')}\n`);
    return 0;
  } catch (error) {
    if (error instanceof FormatError) throw new UserError(`${shown}: ${error.message}; for details: upslope validate ${shown}`);
    throw error;
  } finally {
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
  const { ticks = [endTick], from = 0, to = endTick, windows = usual.windows } = flags;
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
  const answer: Answer = { rows: [], genetics: [], tables: [], matrices: [], parts: parts.length > 1 ? parts : [] };
  const generation = await describeWindows(io, question, answer);
  await describeTicks(io, question, answer, generation);
  return answer;
}

/** Demography and quantitative genetics of each window. @returns generation time over all of them, ticks */
async function describeWindows(io: Io, question: Question, answer: Answer): Promise<number> {
  const { run, directory, population, name, windows, flags } = question;
  const { history, tables } = run;
  const lives = livesOf(history);
  const own = Int32Array.from(rowsWhere(history, (row) => history.organisms.population[row] === population));
  const oldest = oldestBirth(history, population);
  const traits = await readTraits(io, await tableOf(tables, 'organisms', directory), history, flags.traits);
  const species = largestGroups(own, (row) => history.organisms.species[row]);
  const censuses = await censusesOf(io, question, traits);
  let generation = Number.NaN;
  for (const window of windows) {
    const groups = [
      { kind: 'population' as const, group: '', members: own },
      ...species.map(({ key, members }) => ({ kind: 'species' as const, group: String(key), members })),
    ];
    for (const { kind, group, members } of groups) {
      const place = { population: name, ...window, kind, group };
      const cohort = completeCohort(history, members, window, oldest);
      const found = demographyOfGroup(lives, place, members, cohort);
      answer.rows.push(...found.rows);
      answer.tables.push({ ...window, kind, group, table: found.table });
      if (kind === 'population') generation = found.generation;
      answer.rows.push(...selectionOfGroup(lives, place, traits, members, cohort));
    }
    const place = { population: name, ...window, kind: 'population', group: '' } as const;
    const { rows, matrices } = matricesOfRun(lives, place, traits, censuses, own);
    answer.rows.push(...rows);
    // A census at the end of a window is also at the start of the next.
    answer.matrices.push(
      ...matrices.filter(({ matrix, tick }) => !answer.matrices.some((m) => m.matrix === matrix && m.tick === tick)),
    );
  }
  return windows.length === 1 ? generation : generationOverAll(lives, own, windows);
}

function generationOverAll(lives: ReturnType<typeof livesOf>, own: Int32Array, windows: Question['windows']): number {
  const place = { population: '', kind: 'population', group: '' } as const;
  const all = { ...place, from: windows[0].from, to: windows[windows.length - 1].to };
  return demographyOfGroup(lives, all, own, new Int32Array(0)).generation;
}

/** Breeding values at all censuses of the run. */
async function censusesOf(io: Io, { run, directory, name }: Question, traits: TraitColumns): Promise<readonly TraitCensus[]> {
  if (!run.tables.has('census.parquet')) return [];
  const census = await tableOf(run.tables, 'census', directory);
  return readTraitCensuses(census, name, traits, traitIdsOf(io, census));
}

/** Genetics of the living at each tick. */
async function describeTicks(io: Io, question: Question, answer: Answer, generation: number): Promise<void> {
  const { run, directory, population, name, ticks, flags } = question;
  const { history } = run;
  const { ploidy, loci } = history.populations[population];
  const scene = io.catalogue.parseScene(history.provenance.scene, `${directory}: provenance.json: scene`);
  const deme = demeFinder(scene, flags.grid);
  const rates = ratesOf(io, scene, name);
  const stream = namedStream(history.provenance.seed, 'statistics');
  const samples = ticks.map((tick) => {
    const living = livingRows(history, population, tick);
    return { tick, living, rows: drawn(living, flags.sample ?? usual.sample, stream) };
  });
  const plan = planNodes(history);
  const descents = allelesOfHistory(history, population, samples, plan);
  const genomes = await genomesAt(io, question, deme, ploidy * loci);
  let before = { phi: 0, tick: 0 };
  for (const [t, { tick, living, rows }] of samples.entries()) {
    const known = genomes.get(tick);
    const place = { population: name, from: tick, to: tick, kind: 'population', group: '' } as const;
    if (rows.length === 0) {
      const note = 'no organism lives at this tick';
      const genetic = statistics.filter(({ group, id }) => group === 'genetics' || id === 'ne_inbreeding');
      answer.rows.push(...genetic.map(({ id }) => statisticRow(place, id, Number.NaN, 0, { note })));
      continue;
    }
    const values = descents[t].values ?? valuesOf(history, rows, known, ploidy * loci);
    const groups = groupsOf(history, descents[t], known);
    if (deme && !known?.demes) {
      const note = 'places are not known at this tick; run with --snapshots, or give --replay';
      answer.rows.push(statisticRow({ ...place, kind: 'deme' }, 'fst', Number.NaN, 0, { note }));
    }
    const sample = {
      population: name,
      tick,
      living: living.length,
      descent: descents[t],
      values,
      groups,
      parts: answer.parts,
      rates,
    };
    const found = geneticsOfSample(sample, stream);
    answer.rows.push(...found.rows);
    answer.genetics.push({ tick, found });
    const phi = found.rows.find(({ statistic, kind }) => statistic === 'kinship' && kind === 'population')?.value ?? Number.NaN;
    const size = inbreedingEffectiveSize(1 - before.phi, 1 - phi, (tick - before.tick) / generation, ploidy);
    const lost = phi >= 1 ? 'all copies descend from one founder copy' : 'kinship did not rise, or there were no births';
    answer.rows.push(
      statisticRow({ ...place, from: before.tick }, 'ne_inbreeding', size, rows.length, {
        note: Number.isFinite(size) ? '' : lost,
      }),
    );
    before = { phi, tick };
  }
  const last = samples[samples.length - 1];
  const times = coalescenceOfHistory(history, plan, population, last, coalescentSample, coalescentLoci);
  const size = coalescentEffectiveSize(times, generation, ploidy);
  const place = { population: name, from: last.tick, to: last.tick, kind: 'population', group: '' } as const;
  const apart = times.pairs > 0 ? 'no pair has met since the founding' : 'fewer than two copies';
  const note = Number.isFinite(size) ? '' : times.met > 0 ? 'there were no births' : apart;
  answer.rows.push(statisticRow(place, 'ne_coalescent', size, Math.min(last.rows.length, coalescentSample), { note }));
}

/** Genomes that the run kept at the ticks asked for, or that are made again with --replay. */
async function genomesAt(
  io: Io,
  { run, directory, name, ticks, flags }: Question,
  deme: ReturnType<typeof demeFinder>,
  size: number,
): Promise<ReadonlyMap<number, KnownGenomes>> {
  const found = new Map<number, KnownGenomes>();
  const missing: number[] = [];
  for (const tick of ticks) {
    if (tick === run.history.endTick) {
      const known = await genomesOfEnd(await tableOf(run.tables, 'organisms', directory), name, size, deme);
      found.set(tick, known);
      if (!known.values) missing.push(tick);
      continue;
    }
    const kept = keptWorld(io, directory, tick);
    if (!kept) missing.push(tick);
    else {
      found.set(tick, genomesOfWorld(kept, name, deme));
      kept.dispose();
    }
  }
  if (!flags.replay || missing.length === 0) return found;
  const { simulation } = openGivenWorld(io, directory, {}, () => missing[0]);
  try {
    for (const tick of missing) {
      simulation.step(tick - simulation.tick);
      found.set(tick, genomesOfWorld(simulation, name, deme));
      await io.breathe();
    }
  } finally {
    simulation.dispose();
  }
  return found;
}

function valuesOf(
  { organisms }: History,
  rows: Int32Array,
  known: KnownGenomes | undefined,
  size: number,
): Float32Array | undefined {
  if (!known?.values) return undefined;
  const values = new Float32Array(rows.length * size);
  for (const [i, row] of rows.entries()) {
    const from = known.at.get(organisms.id[row]);
    if (from === undefined)
      throw new FormatError('organisms.parquet', `organism ${organisms.id[row]} does not live in the world of that tick`);
    values.set(known.values.subarray(from * size, (from + 1) * size), i * size);
  }
  return values;
}

/** Species and demes of a sample, the largest first. */
function groupsOf({ organisms }: History, { rows }: LivingAlleles, known: KnownGenomes | undefined): SampleGroup[] {
  const places = Int32Array.from(rows, (_, i) => i);
  const named = (kind: 'species' | 'deme', keyOf: (place: number) => number) => {
    const groups = largestGroups(places, keyOf);
    return groups.length < 2 ? [] : groups.map(({ key, members }) => ({ kind, name: String(key), members }));
  };
  const demes = known?.demes;
  return [
    ...named('species', (i) => organisms.species[rows[i]]),
    ...(demes ? named('deme', (i) => demes[known.at.get(organisms.id[rows[i]]) ?? -1] ?? -1) : []),
  ];
}

/** The largest groups of two or more by a number, which is 0 or more. */
function largestGroups(members: Int32Array, keyOf: (member: number) => number) {
  const byKey = new Map<number, number[]>();
  for (const member of members) {
    const key = keyOf(member);
    if (!(key >= 0)) continue;
    const own = byKey.get(key);
    if (own) own.push(member);
    else byKey.set(key, [member]);
  }
  return [...byKey]
    .filter(([, own]) => own.length >= 2)
    .sort(([a, one], [b, other]) => other.length - one.length || a - b)
    .slice(0, mostGroups)
    .map(([key, own]) => ({ key, members: Int32Array.from(own) }));
}

function* rowsWhere({ organisms }: History, wanted: (row: number) => boolean): Generator<number> {
  for (let row = 0; row < organisms.count; row++) if (wanted(row)) yield row;
}

/** A sample without replacement, in the order of rows. */
function drawn(living: Int32Array, most: number, stream: ReturnType<typeof namedStream>): Int32Array {
  if (living.length <= most) return living;
  const order = living.slice();
  for (let i = 0; i < most; i++) {
    const other = i + stream.integer(order.length - i);
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order.slice(0, most).sort();
}

function filesOf(question: Question, answer: Answer): ResultFiles {
  const { name, run, ticks, windows, flags } = question;
  const { population: _, out: __, json: ___, csv = false, ...asked } = flags;
  const about = { command: 'stats', run: run.history.provenance.hash, population: name, ticks, windows, ...asked };
  const tables: readonly (readonly [ExportTable, readonly (readonly Cell[])[]])[] = [
    [statsTable, answer.rows.map(statisticCells)],
    [spectrumTable, spectrumCells(name, answer)],
    [linkageTable, linkageCells(name, answer)],
    [lifeTableTable, lifeTableCells(name, answer)],
    [matricesTable, matrixCells(name, answer)],
    [axesTable, axisCells(name, answer)],
  ];
  const files: Record<string, readonly Uint8Array[]> = {};
  for (const [table, rows] of tables) {
    files[`${table.name}.parquet`] = parquetOf(table, rows, JSON.parse(JSON.stringify(about)));
    if (csv) files[`${table.name}.csv`] = csvOf(table, rows);
  }
  return files;
}

function csvOf(table: ExportTable, rows: readonly (readonly Cell[])[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  const writer = new TableWriter(table, [createCsvEncoder(table, (chunk) => void chunks.push(chunk.slice()))]);
  for (const row of rows) writer.append(row);
  writer.finish();
  return chunks;
}

const spectrumCells = (name: string, { genetics }: Answer): Cell[][] =>
  genetics.flatMap(({ tick, found }) =>
    found.spectra.flatMap(({ of, sampled, spectrum }) =>
      Array.from(spectrum).flatMap((count, copies) => (count > 0 ? [[name, tick, of, copies, sampled, count]] : [])),
    ),
  );

const finite = (value: number) => (Number.isFinite(value) ? value : null);

const linkageCells = (name: string, { genetics }: Answer): Cell[][] =>
  genetics.flatMap(({ tick, found: { linkage } }) =>
    (linkage?.bins ?? []).map(({ from, to, pairs, r2 }) => [
      ...[name, tick, finite(from), finite(to), pairs, finite(r2)],
      finite(1 / ((linkage?.copies ?? 1) - 1)),
    ]),
  );

const lifeTableCells = (name: string, { tables }: Answer): Cell[][] =>
  tables.flatMap(({ from, to, kind, group, table }) =>
    table.classes.map((one) => [
      ...[name, from, to, kind, group, one.from, finite(one.to), one.exposure, one.deaths],
      ...[one.births, one.survival, one.fecundity, finite(one.expectation)],
    ]),
  );

const matrixCells = (name: string, { matrices }: Answer): Cell[][] =>
  matrices.flatMap(({ matrix, tick, traits, values }) =>
    traits.flatMap((trait, a) =>
      traits.flatMap((other, b) => (b < a ? [] : [[name, tick, matrix, trait, other, values[a * traits.length + b]]])),
    ),
  );

const axisCells = (name: string, { matrices }: Answer): Cell[][] =>
  matrices.flatMap(({ matrix, tick, traits, axes }) =>
    Array.from(axes.values).flatMap((value, i) =>
      traits.map((trait, t) => [name, tick, matrix, i + 1, value, trait, axes.vectors[i * traits.length + t]]),
    ),
  );

function jsonOf({ name, ticks, windows }: Question, { rows }: Answer) {
  const number = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    population: name,
    ticks,
    windows,
    statistics: rows.map(({ population: _, value, error, ...rest }) => ({
      ...rest,
      value: number(value),
      standard_error: number(error),
    })),
  };
}

function linesOf({ name, run, ticks, windows }: Question, { rows, parts }: Answer): string[] {
  const [first, last] = [windows[0], windows[windows.length - 1]];
  const heading = `statistics of ${name}: genetics at tick ${ticks.join(', ')}, the rest over ticks ${first.from} to ${last.to}`;
  const cut = windows.length === 1 ? '' : ` in ${windows.length} windows`;
  return [
    `${heading}${cut}; ${run.history.organisms.count} organisms recorded`,
    'in brackets: organisms or offspring counted; ±: standard error over families; what each is about here: docs/statistics.md',
    ...describeStatistics(rows, new Set(parts.map((part) => part.name))),
  ];
}

/** `--grid`: columns and rows. */
function gridArgument(text: string): DemeGrid {
  const [columns, rows] = (/^(\d{1,3})x(\d{1,3})$/.exec(text) ?? []).slice(1).map(Number);
  if (columns >= 1 && rows >= 1) return { columns, rows };
  throw new InvalidArgumentError(`give columns and rows, for example 2x1, not '${showText(text)}'.`);
}

/** `upslope stats`, with its flags. */
export const stats: AnalysisCommand = {
  name: 'stats',
  description: 'statistics of a finished run: population genetics, demography, quantitative genetics',
  ofWorlds: true,
  tables: [statsTable, spectrumTable, linkageTable, lifeTableTable, matricesTable, axesTable],
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
      .option('--out <directory>', 'also write stats, spectrum, linkage, life_table, matrices and axes there', outDirectory)
      .action(async (directory: string, flags: StatsFlags) => done(await statsCommand(io, directory, flags))),
};
