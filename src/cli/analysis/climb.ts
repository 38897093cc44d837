import { availableParallelism } from 'node:os';
import { effectMetric } from '../../analysis/assay/effect-metric.ts';
import type { LocusSegment } from '../../analysis/assay/locus-segments.ts';
import { planAssay, usualAssay } from '../../analysis/assay/plan-assay.ts';
import { assayedNames, assayedSlots, favoursSign, perturbationSizes } from '../../analysis/assay/prepare-fork.ts';
import { GainsLog } from '../../analysis/gains/gains-log.ts';
import { IntervalWatch, speciesOfRecord } from '../../analysis/gains/interval-watch.ts';
import { type GainsReport, sumGains } from '../../experiment/describe-gains.ts';
import { assaysTable, gainsTable, stepsTable } from '../../experiment/gains-tables.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import { hashBytes } from '../../math/hash.ts';
import { namedStream } from '../../math/streams.ts';
import type { Population } from '../../population/population.ts';
import { LifeRecord } from '../../record/life-record.ts';
import type { Simulation } from '../../simulation/types.ts';
import { mostTicks, outDirectory, plainText, wholeNumber } from '../flags.ts';
import { type Io, type StopSignal, stopStatus } from '../io.ts';
import type { Setting } from '../setting-flags.ts';
import { isInShard, type Shard } from '../shares/share-flags.ts';
import { UserError } from '../user-error.ts';
import type { AnalysisCommand } from './analysis-command.ts';
import { chooseSegments } from './choose-segments.ts';
import { climbFiles, describeGains } from './climb-files.ts';
import { ForkFolder, identifyForks, writeForkResults } from './fork-store.ts';
import { gradientOptions } from './gradient-options.ts';
import { checkInRun, findPopulation, type GivenWorld, openGivenWorld, worldArguments } from './open-assayed-world.ts';
import type { AssayTask } from './perform-assay-task.ts';
import { inSharedMemory, performForks } from './perform-forks.ts';
import { checkShares, describeShare, type ForkFlags, forkOptions, handOverForks } from './share-forks.ts';

/** Flags of `upslope climb`; undefined where not given. */
export interface ClimbFlags extends ForkFlags {
  readonly set?: readonly Setting[];
  readonly population?: string;
  readonly from?: number;
  readonly to?: number;
  readonly every?: number;
  readonly forks?: number;
  readonly horizon?: number;
  readonly size?: number;
  readonly policySize?: number;
  readonly segments?: readonly string[];
  readonly line?: number | 'eldest';
}

/** What a climb is measured with: flags with their defaults. */
interface Measured {
  readonly population: string;
  readonly ticks: readonly number[];
  readonly horizon: number;
  readonly size: number;
  readonly policySize: number;
  readonly forks: number;
  readonly seed: string;
}

const usual = { every: 1000, forks: 40, ...usualAssay };

/**
 * `upslope climb`: the displacement of a population and its parts, interval by interval, along the gradient that forks give at the start of each. Returns
 * the exit status.
 */
export async function climbCommand(io: Io, given: string, flags: ClimbFlags): Promise<number> {
  const fromFlag = flags.from === undefined ? [] : ['from'];
  const world = openGivenWorld(io, given, flags, () => flags.from ?? 0, fromFlag);
  const { simulation, seed } = world;
  try {
    checkShares(flags, world);
    const population = findPopulation(simulation, flags.population);
    const { horizon = usual.horizon, size = usual.size, policySize = usual.policySize, forks = usual.forks } = flags;
    const ticks = ticksOf(world, given, flags);
    const measured: Measured = { population: population.name, ticks, horizon, size, policySize, forks, seed };
    const segments = chooseSegments(population, flags.segments);
    if (flags.slurm || flags.dryRun) {
      simulation.step(ticks[0] - simulation.tick);
      const { tasks, perInterval } = openForks(simulation, population, measured, 0, undefined);
      const count = perInterval * (ticks.length - 1);
      return await handOverForks(io, { command: 'climb', given, seed, task: tasks[0], count }, flags);
    }
    const folder = ForkFolder.of(io, flags);
    if (flags.shard && folder)
      return await performShare(io, world, population, measured, { ...flags, shard: flags.shard }, folder);
    const made = await follow(io, world, population, segments, measured, flags, folder);
    if (typeof made === 'number') return made;
    const { report, notes } = made;
    const asked = {
      given,
      set: flags.set ?? [],
      ...measured,
      segments: segments.map((one) => one.name),
      line: flags.line ?? null,
    };
    if (folder) await writeForkResults(folder, climbFiles(io, report, asked, notes));
    io.out(describeGains(report, notes));
    return 0;
  } finally {
    simulation.dispose();
  }
}

/** The forks at the start of an interval, and the store that keeps them. @param k number of the interval, whose start is the present tick */
function openForks(
  simulation: Simulation,
  population: Population,
  { ticks, horizon, size, policySize, forks, seed }: Measured,
  k: number,
  folder: ForkFolder | undefined,
) {
  const snapshot = simulation.snapshot();
  const question = { population: population.name, ticks: horizon, size, policySize };
  const clades = new Uint32Array(new SharedArrayBuffer(4 * population.count));
  const shared = inSharedMemory(new Uint8Array(snapshot));
  const plan = planAssay({ seed, forks, replays: 0 });
  const tasks = plan.map(
    (fork): AssayTask => ({
      snapshot: shared,
      fork: { ...question, ...fork, seed: `${fork.seed} at ${ticks[k]}`, clades },
    }),
  );
  const world = [...hashBytes(new Uint8Array(snapshot))];
  return { tasks, perInterval: plan.length, store: folder?.store(identifyForks({ result: 'climb', world, ...question })) };
}

/**
 * `--shard`: makes the forks of a share and nothing else. The world costs little beside them, so that each share steps it too.
 * Returns the exit status.
 */
async function performShare(
  io: Io,
  { simulation, seed }: GivenWorld,
  population: Population,
  measured: Measured,
  { shard, jobs: wanted }: ClimbFlags & { readonly shard: Shard },
  folder: ForkFolder,
): Promise<number> {
  const { ticks, horizon } = measured;
  const intervals = ticks.length - 1;
  const stops = new Stops(io);
  io.err(
    `climb: share ${shard.index} of ${shard.count} of the forks of ${horizon} ticks at ${intervals} ticks from ${ticks[0]} on, seed ${seed}\n`,
  );
  let [made, all] = [0, 0];
  try {
    simulation.step(ticks[0] - simulation.tick);
    for (const k of ticks.slice(0, -1).keys()) {
      if (population.count < 2) break;
      const { tasks, store } = openForks(simulation, population, measured, k, folder);
      // Counted over all intervals, so that shares are even where an interval has fewer forks than there are shares.
      const own = tasks.filter((_, f) => isInShard(all + f, shard));
      all += tasks.length;
      const jobs = Math.min(own.length, wanted ?? availableParallelism());
      const done = await performForks(io, `climb at tick ${ticks[k]}`, own, jobs, store);
      if ('stopped' in done) return stopped(io, done.stopped, `${made + done.done} forks of share ${shard.index}`, folder);
      made += own.length;
      if (k + 1 < intervals) simulation.step(ticks[k + 1] - simulation.tick);
      await io.breathe();
      if (stops.signal) return stopped(io, stops.signal, `${made} forks of share ${shard.index}`, folder);
    }
    io.out(describeShare(shard, made, all));
    return 0;
  } finally {
    stops.end();
  }
}

/** Hears requests to stop also while the world steps, when no forks are in progress. */
class Stops {
  signal: StopSignal | undefined;
  readonly end: () => void;

  constructor(io: Io) {
    this.end = io.onStop((one) => {
      this.signal ??= one;
    });
  }
}

/** Ticks at which intervals begin and end. @throws {UserError} for ticks that do not fit the world */
function ticksOf(world: GivenWorld, given: string, flags: ClimbFlags): number[] {
  const { every = usual.every } = flags;
  const { simulation, kind, end } = world;
  const from = flags.from ?? simulation.tick;
  const to = flags.to ?? end;
  if (flags.to !== undefined) checkInRun(world, given, 'to', to);
  if (to <= from) {
    throw new UserError(
      flags.to === undefined && kind === 'snapshot'
        ? `the snapshot is of tick ${from} and its scene ends at tick ${end}; give a later tick with --to`
        : `--to ${to} is not after tick ${from}, at which the climb begins; give a later tick`,
    );
  }
  const ticks = Array.from({ length: Math.ceil((to - from) / every) }, (_, k) => from + k * every);
  return [...ticks, to];
}

/** Takes the world from interval to interval, with an assay at the start of each. @returns the report, or the exit status after a request to stop */
async function follow(
  io: Io,
  { simulation, record: saved }: GivenWorld,
  population: Population,
  segments: readonly LocusSegment[],
  measured: Measured,
  flags: ClimbFlags,
  folder: ForkFolder | undefined,
): Promise<{ readonly report: GainsReport; readonly notes: readonly string[] } | number> {
  const { ticks, horizon, forks, seed } = measured;
  const record = new LifeRecord(simulation, saved === undefined ? {} : { saved });
  simulation.observe(record);
  simulation.step(ticks[0] - simulation.tick);
  const watch = new IntervalWatch(simulation, population, speciesOfRecord(record, population));
  const slots = assayedSlots(population);
  const log = new GainsLog({
    horizon,
    segments,
    scales: perturbationSizes(population, 1),
    directed: favoursSign(population),
    lines: flags.line !== undefined,
  });
  // In whole pairs.
  const perInterval = 2 * Math.ceil(forks / 2);
  const jobs = Math.min(perInterval, flags.jobs ?? availableParallelism());
  const notes: string[] = [];
  const stops = new Stops(io);
  io.err(
    `climb: ${population.name} from tick ${simulation.tick} to ${ticks.at(-1)}, ${population.count} living; ${ticks.length - 1} interval${ticks.length === 2 ? '' : 's'} with ${perInterval} forks of ${horizon} ticks, ${jobs} at a time, seed ${seed}; about ${showMemory(population, slots.length, watch.writers, log.keepsLines ? ticks.length - 1 : 0)} beside the worlds\n`,
  );
  try {
    watch.next();
    for (const [k, tick] of ticks.slice(0, -1).entries()) {
      if (population.count < 2) {
        notes.push(`${population.count} of ${population.name} live at tick ${simulation.tick}: the climb ends there`);
        break;
      }
      const metric = population.has('policy') ? effectMetric(population, slots) : undefined;
      const { tasks, store } = openForks(simulation, population, measured, k, folder);
      const made = await performForks(io, `climb at tick ${tick}`, tasks, jobs, store);
      if ('stopped' in made) return stopped(io, made.stopped, `${k} of ${ticks.length - 1} intervals`, folder);
      simulation.step(ticks[k + 1] - simulation.tick);
      const interval = watch.next();
      const found = interval && log.add(interval, made.results, metric, namedStream(seed, `climb ${tick}`));
      await io.breathe();
      if (stops.signal) return stopped(io, stops.signal, `${k + 1} of ${ticks.length - 1} intervals`, folder);
      if (!found) continue;
      const selection = sumGains(
        [{ gains: found.subjects[0], horizonGenerations: found.horizonGenerations }],
        'everything',
        'selection',
      );
      io.err(
        `climb: ticks ${found.from} to ${found.to}: selection gained ${selection.gain.toPrecision(3)} ± ${selection.error.toPrecision(2)} log fitness a generation\n`,
      );
    }
    const line = lineOf(log, population, flags.line, seed);
    if (flags.line !== undefined && log.intervals.length > 0 && !line)
      notes.push(`organism ${flags.line} of ${population.name} does not live at the end: no line is followed`);
    const loci = assayedNames(population);
    return { report: { population: population.name, horizon, loci, segments, intervals: log.intervals, line }, notes };
  } finally {
    stops.end();
    watch.end();
  }
}

function stopped(io: Io, signal: StopSignal, done: string, folder: ForkFolder | undefined): number {
  io.err(`stopped after ${done}${folder ? '; the same command continues' : ', which are lost without --out'}\n`);
  return stopStatus[signal];
}

/** The line of an organism; undefined if none is wanted, or it does not live at the end. */
function lineOf(log: GainsLog, population: Population, wanted: number | 'eldest' | undefined, seed: string): GainsReport['line'] {
  if (wanted === undefined || log.intervals.length === 0) return undefined;
  const ids = population.table.f64('id').subarray(0, population.count);
  const organism = wanted === 'eldest' ? ids.reduce((least, id) => Math.min(least, id), Number.POSITIVE_INFINITY) : wanted;
  return log.line(organism, namedStream(seed, 'climb line'));
}

/** Memory for traces, genomes of both ends of an interval and deviations, and for lines, as a text. */
function showMemory({ count, ploidy }: Population, loci: number, writers: number, kept: number): string {
  const bytes = count * ploidy * loci * (60 + 16 * writers + (5 + 8 * writers) * kept);
  return bytes < 1e9 ? `${Math.max(1, Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** An id, or `eldest`. */
const lineArgument = (text: string): number | 'eldest' => (text === 'eldest' ? text : wholeNumber(0, 999_999_999_999)(text));

/** `upslope climb`, with its flags. */
export const command: AnalysisCommand = {
  reads: 'worlds',
  tables: [gainsTable, assaysTable, stepsTable],
  provenance: {
    format: 'provenance of a climb',
    check({ seed, ticks, population }, path) {
      if (typeof seed !== 'string') throw new FormatError(`${path}, seed`, 'is not a text');
      if (!Array.isArray(ticks) || !ticks.every(Number.isInteger))
        throw new FormatError(`${path}, ticks`, 'is not a list of ticks');
      if (typeof population !== 'string') throw new FormatError(`${path}, population`, 'is not a text');
      return `${population}, ticks ${ticks[0]} to ${ticks.at(-1)}, seed ${seed}`;
    },
  },
  describe: (command, io, done) =>
    gradientOptions(
      forkOptions(worldArguments(command, 'climb'))
        .option('--population <name>', 'name of the population (default: the first)', plainText)
        .option('--from <tick>', 'start of the first interval (default: 0)', wholeNumber(0, mostTicks))
        .option('--to <tick>', 'end of the last interval (default: the end of the scene or the run)', wholeNumber(1, mostTicks))
        .option('--every <ticks>', 'ticks of an interval; clades are as old (default: 1000)', wholeNumber(1, mostTicks))
        .option(
          '--forks <n>',
          'perturbed forks at the start of each interval, in mirrored pairs (default: 40)',
          wholeNumber(4, 100_000),
        ),
    )
      .option(
        '--line <organism>',
        'also follow the line of descent of an organism of the last tick: its id, or eldest; keeps the genomes of every interval',
        lineArgument,
      )
      .option('--jobs <n>', 'number of parallel threads (default: the number of cores)', wholeNumber(1, 1024))
      .option(
        '--out <directory>',
        'directory for tables, figures, reports and finished forks, from which the same command continues',
        outDirectory,
      )
      .action(async (world: string, flags: ClimbFlags) => done(await climbCommand(io, world, flags))),
};
