import { availableParallelism } from 'node:os';
import { assayedGenomes } from '../../analysis/assay/assayed-genomes.ts';
import type { AssayFork, AssayKind } from '../../analysis/assay/perform-assay-fork.ts';
import { assayedNames, perturbationSizes } from '../../analysis/assay/prepare-fork.ts';
import { worldNoise } from '../../analysis/lab/world-noise.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import { hashBytes } from '../../math/hash.ts';
import type { Population } from '../../population/population.ts';
import type { Simulation } from '../../simulation/types.ts';
import { mostTicks, outDirectory, plainText, tickList, wholeNumber } from '../flags.ts';
import { type Io, stopStatus } from '../io.ts';
import type { Setting } from '../setting-flags.ts';
import { isInShard } from '../shares/share-flags.ts';
import { UserError } from '../user-error.ts';
import type { AnalysisCommand } from './analysis-command.ts';
import { describeNoise } from './describe-noise.ts';
import { ForkFolder, identifyForks, writeForkResults } from './fork-store.ts';
import { type NoiseAtTick, noiseByLocusTable, noiseFiles, worldNoiseTable } from './noise-files.ts';
import { noiseOfModels } from './noise-of-models.ts';
import { findPopulation, openAssayedWorld, worldArguments } from './open-assayed-world.ts';
import { inSharedMemory, performForks } from './perform-forks.ts';
import { describeShare, type ForkFlags, forkOptions, handOverForks } from './share-forks.ts';

/** Flags of `upslope noise`; undefined where not given. */
export interface NoiseFlags extends ForkFlags {
  readonly set?: readonly Setting[];
  readonly ticks?: readonly number[];
  readonly horizon?: number;
  readonly forks?: number;
  readonly perturbed?: number;
  readonly population?: string;
}

/** A world to be forked, with the references for its forks. */
interface ForkedWorld {
  readonly tick: number;
  readonly organisms: number;
  readonly snapshot: SharedArrayBuffer;
  readonly genomes: Float64Array;
  readonly sizes: Float64Array;
}

/**
 * `upslope noise`: how the steps of a world's mean genome scatter, by forks that differ only by chance. Returns the exit
 * status.
 */
export async function noiseCommand(io: Io, given: string, flags: NoiseFlags): Promise<number> {
  const { horizon = 400, forks = 40, ticks } = flags;
  const perturbed = flags.perturbed ?? forks;
  const last = ticks?.[ticks.length - 1];
  const { simulation, seed } = openAssayedWorld(
    io,
    given,
    { ...flags, ...(last === undefined ? {} : { tick: last }) },
    ticks && last !== undefined ? last - ticks[0] : 0,
  );
  const followed = findPopulation(simulation, flags.population);
  const population = followed.name;
  const { worlds, loci } = visit(simulation, followed, ticks ?? [simulation.tick]);
  simulation.dispose();
  const kinds: readonly AssayKind[] = [
    ...Array<AssayKind>(forks).fill('realised'),
    ...Array<AssayKind>(perturbed).fill('perturbed'),
  ];
  const tasks = worlds.flatMap(({ tick, organisms, snapshot }) => {
    const clades = new Uint32Array(new SharedArrayBuffer(4 * organisms));
    return kinds.map((kind, f) => {
      const fork: AssayFork = { population, kind, ticks: horizon, size: 1, clades, seed: `${seed}/noise ${tick}/${kind}/${f}` };
      return { snapshot, fork };
    });
  });
  if (flags.slurm || flags.dryRun) {
    return await handOverForks(io, { command: 'noise', given, seed, task: tasks[0], count: tasks.length }, flags);
  }
  const ours = tasks.filter((_, t) => isInShard(t, flags.shard));
  const jobs = Math.min(ours.length, flags.jobs ?? availableParallelism());
  const at = worlds.map(({ tick }) => tick).join(', ');
  const share = flags.shard ? `${ours.length} of ` : '';
  io.err(
    `noise: ${population} at tick ${at}, ${share}${tasks.length} forks of ${horizon} ticks, ${jobs} at a time, seed ${seed}\n`,
  );
  const folder = ForkFolder.of(io, flags);
  const store = folder?.store(
    identifyForks({
      result: 'noise',
      worlds: worlds.map(({ snapshot }) => [...hashBytes(new Uint8Array(snapshot))]),
      population,
      horizon,
    }),
  );
  const made = await performForks(io, 'noise', ours, jobs, store);
  if ('stopped' in made) {
    const after = store ? 'the same command continues' : 'they are lost without --out';
    io.err(`stopped with ${made.done} of ${ours.length} forks; ${after}\n`);
    return stopStatus[made.stopped];
  }
  if (flags.shard) {
    io.out(describeShare(flags.shard, ours.length, tasks.length));
    return 0;
  }
  const found: NoiseAtTick[] = worlds.map(({ tick, genomes, sizes }, w) => {
    const own = made.results.slice(w * kinds.length, (w + 1) * kinds.length);
    return { tick, noise: worldNoise(own, genomes, sizes) };
  });
  const question = {
    given,
    seed,
    set: flags.set ?? [],
    ticks: worlds.map(({ tick }) => tick),
    horizon,
    forks,
    perturbed,
    population,
  };
  if (folder) await writeForkResults(folder, noiseFiles(io, loci, found, question));
  io.out(describeNoise({ population, horizon }, found, noiseOfModels(seed)));
  return 0;
}

/** Takes the world at each of the ticks. @throws {UserError} where too few organisms are left */
function visit(
  simulation: Simulation,
  population: Population,
  ticks: readonly number[],
): { worlds: ForkedWorld[]; loci: readonly string[] } {
  const worlds = ticks.map((tick): ForkedWorld => {
    simulation.step(tick - simulation.tick);
    const { count } = population;
    if (count < 2)
      throw new UserError(
        `${count} of ${population.name} are alive at tick ${simulation.tick}, too few to fork; choose another tick or seed`,
      );
    const snapshot = simulation.snapshot();
    return {
      tick,
      organisms: count,
      snapshot: inSharedMemory(new Uint8Array(snapshot)),
      genomes: assayedGenomes(population),
      sizes: perturbationSizes(population, 1),
    };
  });
  return { worlds, loci: assayedNames(population) };
}

/** `upslope noise`, with its flags. */
export const command: AnalysisCommand = {
  reads: 'worlds',
  tables: [worldNoiseTable, noiseByLocusTable],
  provenance: {
    format: 'provenance of noise',
    check({ seed, ticks, population }, path) {
      if (typeof seed !== 'string') throw new FormatError(`${path}, seed`, 'is not a text');
      if (!Array.isArray(ticks) || !ticks.every(Number.isInteger))
        throw new FormatError(`${path}, ticks`, 'is not a list of ticks');
      if (typeof population !== 'string') throw new FormatError(`${path}, population`, 'is not a text');
      return `${population} at tick ${ticks.join(', ')}, seed ${seed}`;
    },
  },
  describe: (command, io, done) =>
    forkOptions(worldArguments(command, 'forks'))
      .option(
        '--ticks <a,b,c>',
        'ticks at which the world is forked; with three or more, also how noise grows with the gradient (default: of a scene 5000 or its end, of a run its end)',
        tickList(mostTicks),
      )
      .option('--horizon <ticks>', 'ticks of a step (default: 400)', wholeNumber(1, mostTicks))
      .option('--forks <n>', 'forks of the world as it is, at each tick (default: 40)', wholeNumber(3, 100_000))
      .option('--perturbed <n>', 'perturbed forks, which give the gradient (default: the same number)', wholeNumber(2, 100_000))
      .option('--population <name>', 'name of the population (default: the first)', plainText)
      .option('--jobs <n>', 'number of parallel threads (default: the number of cores)', wholeNumber(1, 1024))
      .option(
        '--out <directory>',
        'directory for tables, the figure and finished forks, from which the same command continues',
        outDirectory,
      )
      .action(async (world: string, flags: NoiseFlags) => done(await noiseCommand(io, world, flags))),
};
