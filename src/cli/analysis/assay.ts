import { availableParallelism } from 'node:os';
import { assayedClades, assayedGenomes } from '../../analysis/assay/assayed-genomes.ts';
import { effectMetric } from '../../analysis/assay/effect-metric.ts';
import { type LocusSegment, locusSegments } from '../../analysis/assay/locus-segments.ts';
import type { AssayForkResult } from '../../analysis/assay/perform-assay-fork.ts';
import { planAssay, usualAssay } from '../../analysis/assay/plan-assay.ts';
import { assayedNames, assayedSlots } from '../../analysis/assay/prepare-fork.ts';
import { averageSeeds, summariseAssay } from '../../analysis/assay/summarise-assay.ts';
import { reliabilityOfMean } from '../../analysis/gradient/reliability.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import { hashBytes } from '../../math/hash.ts';
import { namedStream } from '../../math/streams.ts';
import { mostTicks, outDirectory, plainText, positiveNumber, wholeNumber } from '../flags.ts';
import { type Io, stopStatus } from '../io.ts';
import type { Setting } from '../setting-flags.ts';
import { isInShard } from '../shares/share-flags.ts';
import { UserError } from '../user-error.ts';
import type { AnalysisCommand } from './analysis-command.ts';
import { alignmentTable, assayFiles, gradientTable, segmentTable } from './assay-files.ts';
import { describeAssay } from './describe-assay.ts';
import { ForkFolder, identifyForks, writeForkResults } from './fork-store.ts';
import { findPopulation, openAssayedWorld, worldArguments } from './open-assayed-world.ts';
import { inSharedMemory, performForks } from './perform-forks.ts';
import { describeShare, type ForkFlags, forkOptions, handOverForks } from './share-forks.ts';

/** Flags of `upslope assay`; undefined where not given. */
export interface AssayFlags extends ForkFlags {
  readonly set?: readonly Setting[];
  readonly tick?: number;
  readonly age?: number;
  readonly horizon?: number;
  readonly forks?: number;
  readonly replays?: number;
  readonly size?: number;
  readonly policySize?: number;
  readonly population?: string;
}

const usual = { age: 2000, forks: 160, ...usualAssay };

/**
 * `upslope assay`: the gradient of fitness by forks of a world whose genomes are perturbed, and selection projected onto it.
 */
export async function assayCommand(io: Io, world: string, flags: AssayFlags): Promise<number> {
  const { age, horizon, forks, size, policySize } = { ...usual, ...given(flags) };
  const replays = flags.replays ?? Math.max(2, Math.ceil(forks / 4));
  const { simulation, seed } = openAssayedWorld(io, world, flags, age);
  const population = findPopulation(simulation, flags.population);
  const { name } = population;
  const { trace } = simulation.traceOrigins(population, { slots: assayedSlots(population) });
  simulation.step(age);
  if (population.count < 2) {
    throw new UserError(
      `${population.count} of ${name} are alive at tick ${simulation.tick}, too few for an assay; choose another tick or seed`,
    );
  }
  const clades = assayedClades(population, trace);
  const genomes = assayedGenomes(population);
  const slots = assayedSlots(population);
  const segments = locusSegments(population.layout, slots);
  const metric = population.has('policy') ? effectMetric(population, slots) : undefined;
  const loci = assayedNames(population);
  const { tick } = simulation;
  const snapshot = simulation.snapshot();
  simulation.dispose();
  const shared = inSharedMemory(new Uint8Array(snapshot));
  const sharedClades = new Uint32Array(inSharedMemory(new Uint8Array(clades.buffer)));
  const question = { population: name, ticks: horizon, size, policySize, clades: sharedClades };
  const tasks = planAssay({ seed, forks, replays }).map((fork) => ({ snapshot: shared, fork: { ...question, ...fork } }));
  if (flags.slurm || flags.dryRun) {
    return await handOverForks(io, { command: 'assay', given: world, seed, task: tasks[0], count: tasks.length }, flags);
  }
  const own = tasks.filter((_, t) => isInShard(t, flags.shard));
  const perturbed = tasks.length - 2 * replays;
  const jobs = Math.min(own.length, flags.jobs ?? availableParallelism());
  const share = flags.shard ? `${own.length} of ` : '';
  io.err(
    `assay: ${name} at tick ${tick}, ${population.count} living, ${share}${tasks.length} forks of ${horizon} ticks, ${jobs} at a time, seed ${seed}\n`,
  );
  const folder = ForkFolder.of(io, flags);
  const store = folder?.store(
    identifyForks({
      result: ['locus ancestry', 'pairs', 'gradient', 'selection', 'shadow'],
      world: [...hashBytes(new Uint8Array(snapshot)), ...hashBytes(new Uint8Array(clades.buffer))],
      ...{ horizon, size, policySize, population: name },
    }),
  );
  const note = (results: readonly (AssayForkResult | undefined)[]) =>
    `reliability so far: ${reliabilitySoFar(results.slice(0, perturbed), segments)}`;
  const made = await performForks(io, 'assay', own, jobs, store, flags.shard ? undefined : note);
  if ('stopped' in made) {
    io.err(
      `stopped with ${made.done} of ${own.length} forks${store ? '; the same command continues' : ', which are lost without --out'}\n`,
    );
    return stopStatus[made.stopped];
  }
  if (flags.shard) {
    io.out(describeShare(flags.shard, own.length, tasks.length));
    return 0;
  }
  const summary = summariseAssay(made.results, genomes, clades, segments, namedStream(seed, 'assay null'), metric);
  const asked = { given: world, seed, set: flags.set ?? [], tick, age, horizon, size, policySize, population: name };
  if (folder) await writeForkResults(folder, assayFiles(io, loci, summary, asked));
  io.out(describeAssay({ population: name, tick, age, horizon, size, policySize, loci }, summary));
  return 0;
}

/** Reliability of the gradient so far, overall and of the policy, in words. */
function reliabilitySoFar(results: readonly (AssayForkResult | undefined)[], segments: readonly LocusSegment[]): string {
  const gradients = averageSeeds(results.filter((result) => result !== undefined)).map(({ gradient }) => gradient);
  if (gradients.length < 2) return 'not known yet';
  const parts = segments
    .filter(({ name }, s) => s === 0 || name === 'policy')
    .map(({ name, loci }) => {
      const reliability = reliabilityOfMean(gradients.map((gradient) => loci.map((l) => gradient[l])));
      return `${name} ${Number.isNaN(reliability) ? 'none' : reliability.toFixed(2)}`;
    });
  return parts.join(', ');
}

/** Flags without those that were not given. */
const given = (flags: AssayFlags): Partial<typeof usual> =>
  Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));

/** `upslope assay`, with its flags. */
export const command: AnalysisCommand = {
  reads: 'worlds',
  tables: [gradientTable, segmentTable, alignmentTable],
  provenance: {
    format: 'provenance of an assay',
    check({ seed, tick, population }, path) {
      if (typeof seed !== 'string') throw new FormatError(`${path}, seed`, 'is not a text');
      if (!Number.isInteger(tick)) throw new FormatError(`${path}, tick`, 'is not a whole number');
      if (typeof population !== 'string') throw new FormatError(`${path}, population`, 'is not a text');
      return `${population} at tick ${tick}, seed ${seed}`;
    },
  },
  describe: (command, io, done) =>
    forkOptions(worldArguments(command, 'assay'))
      .option(
        '--tick <n>',
        'tick of the assay (default: of a scene 5000 or its end, of a run its end)',
        wholeNumber(1, mostTicks),
      )
      .option('--age <ticks>', 'age of clades at the assay (default: 2000)', wholeNumber(0, mostTicks))
      .option('--horizon <ticks>', 'ticks after which copies of loci are counted (default: 400)', wholeNumber(1, mostTicks))
      .option('--forks <n>', 'perturbed forks of the world, in mirrored pairs (default: 160)', wholeNumber(4, 100_000))
      .option('--size <s>', 'perturbation of a locus, in standard deviations of its mutation (default: 1)', positiveNumber)
      .option('--policy-size <s>', 'the same for weights of a policy (default: 2)', positiveNumber)
      .option('--population <name>', 'name of the population (default: the first)', plainText)
      .option(
        '--replays <n>',
        'unperturbed forks of each kind, bodies shuffled and bodies as they are (default: a quarter of the forks)',
        wholeNumber(2, 100_000),
      )
      .option('--jobs <n>', 'number of parallel threads (default: the number of cores)', wholeNumber(1, 1024))
      .option('--out <directory>', 'directory for tables and finished forks, from which the same command continues', outDirectory)
      .action(async (scene: string, flags: AssayFlags) => done(await assayCommand(io, scene, flags))),
};
