import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { assayedGenomes } from '../../analysis/assay/assayed-genomes.ts';
import { CladeTracker } from '../../analysis/assay/clade-tracker.ts';
import { type AssayForkResult, assayedSlots } from '../../analysis/assay/perform-assay-fork.ts';
import { type AssaySummary, summariseAssay } from '../../analysis/assay/summarise-assay.ts';
import { splitHalfReliability } from '../../analysis/gradient/reliability.ts';
import { canonicalJson } from '../../export/canonical-json.ts';
import { projectionColumns, realColumn, textColumn } from '../../export/columns.ts';
import { type ExportTable, type Packable, pack, software, unpack } from '../../export/index.ts';
import { digestText } from '../../export/run-identity.ts';
import { hashBytes } from '../../math/hash.ts';
import { namedStream } from '../../math/streams.ts';
import { suggest } from '../../scene/nearest.ts';
import { showText } from '../../scene/show.ts';
import { createSimulation, simulationFromSnapshot } from '../../simulation/create.ts';
import { SnapshotError } from '../../simulation/snapshot.ts';
import type { Simulation } from '../../simulation/types.ts';
import { makeDirectory, orUserError, readAll } from '../files.ts';
import { generateSeed } from '../generate-seed.ts';
import { type Io, stopStatus } from '../io.ts';
import { performAll } from '../perform-all.ts';
import { parquetOf, writeResults } from '../result-files.ts';
import { loadScene } from '../scenes.ts';
import { readSealed, writeSealed } from '../sealed-file.ts';
import { taskPool } from '../threads.ts';
import { UserError } from '../user-error.ts';
import { type AssayTask, performAssayTask } from './perform-assay-task.ts';
import { tellAssay } from './tell-assay.ts';

/** Flags of `upslope assay`; what was not given is undefined. */
export interface AssayFlags {
  readonly seed?: string;
  readonly tick?: number;
  readonly age?: number;
  readonly horizon?: number;
  readonly forks?: number;
  readonly size?: number;
  readonly population?: string;
  readonly circumstance?: boolean;
  readonly jobs?: number;
  readonly out?: string;
}

const assayPool = taskPool<AssayTask, AssayForkResult>('performAssayTask', performAssayTask);

const usual = { tick: 5000, age: 2000, horizon: 400, forks: 40, size: 1 };

/** `upslope assay`: the gradient of fitness by forks of a world whose genomes are perturbed, and selection projected onto it. */
export async function assayCommand(io: Io, given: string, flags: AssayFlags): Promise<number> {
  const { age = usual.age, horizon = usual.horizon, forks = usual.forks, size = usual.size } = flags;
  const { simulation, seed } = openWorld(io, given, flags, age);
  const names = simulation.populations.map(({ name }) => name);
  const name = flags.population ?? names[0];
  const population = simulation.populations.find((one) => one.name === name);
  if (!population) throw new UserError(`there is no population '${showText(name)}'; ${suggest(name, names)}`);
  const tracker = new CladeTracker(simulation, population);
  simulation.observe(tracker);
  simulation.step(age);
  if (population.count < 2) {
    throw new UserError(
      `${population.count} of ${name} live at tick ${simulation.tick}: too few for an assay; choose another tick or seed`,
    );
  }
  const clades = tracker.clades();
  const genomes = assayedGenomes(population);
  const slots = [...assayedSlots(population)];
  const loci = slots.map((slot) => population.layout.loci.find((locus) => locus.slot === slot)?.name ?? '');
  const { tick } = simulation;
  const snapshot = simulation.snapshot();
  simulation.dispose();
  const kinds = flags.circumstance ? [true, false] : [true];
  const shared = new SharedArrayBuffer(snapshot.byteLength);
  new Uint8Array(shared).set(new Uint8Array(snapshot));
  const tasks = kinds.flatMap((reshuffled) =>
    Array.from({ length: forks }, (_, f) => ({
      snapshot: shared,
      fork: {
        population: name,
        ticks: horizon,
        size,
        reshuffled,
        clades,
        seed: `${seed}/${reshuffled ? 'reshuffled' : 'realised'}/${f}`,
      },
    })),
  );
  const jobs = Math.min(tasks.length, flags.jobs ?? availableParallelism());
  io.err(
    `assay: ${name} at tick ${tick}, ${population.count} living, ${tasks.length} forks of ${horizon} ticks, ${jobs} at a time, seed ${seed}\n`,
  );
  const shelf = flags.out === undefined ? undefined : new ForkShelf(io, flags.out, identify(snapshot, horizon, size, name));
  const results: (AssayForkResult | undefined)[] = tasks.map(({ fork }) => shelf?.find(fork.seed));
  const missing = tasks.flatMap((_, t) => (results[t] ? [] : [t]));
  const pool = assayPool(jobs, io.breathe);
  let told = io.now();
  const made = await performAll(
    io,
    pool,
    missing.map((t) => tasks[t]),
    (result, index) => {
      const t = missing[index];
      results[t] = result;
      shelf?.keep(tasks[t].fork.seed, result);
      if (io.now() - told < 5000) return;
      told = io.now();
      io.err(
        `${results.filter(Boolean).length} of ${tasks.length} forks, reliability so far ${reliabilitySoFar(results.slice(0, forks))}\n`,
      );
    },
  );
  if ('stopped' in made) {
    const done = results.filter(Boolean).length;
    io.err(
      `stopped with ${done} of ${tasks.length} forks${shelf ? '; the same command goes on' : ', which are lost without --out'}\n`,
    );
    return stopStatus[made.stopped];
  }
  const summaries = kinds.map((_, k) =>
    summariseAssay(
      results.slice(k * forks, (k + 1) * forks) as AssayForkResult[],
      genomes,
      clades,
      namedStream(seed, 'assay null'),
    ),
  );
  if (flags.out !== undefined)
    writeAssay(io, flags.out, loci, summaries, { given, seed, tick, age, horizon, size, population: name });
  io.out(tellAssay({ population: name, tick, age, horizon, loci }, summaries));
  return 0;
}

/** A world some ticks before the assay, so that clades have that age. */
function openWorld(io: Io, given: string, flags: AssayFlags, age: number): { simulation: Simulation; seed: string } {
  if (given.endsWith('.upslope')) {
    if (flags.tick !== undefined) throw new UserError('--tick is for scenes; a snapshot is where it is');
    const bytes = orUserError(`cannot read ${showText(given, 200)}`, 'give a snapshot file', () => readAll(io.files, given));
    try {
      const simulation = simulationFromSnapshot(bytes.slice().buffer as ArrayBuffer);
      return { simulation, seed: flags.seed ?? simulation.seed };
    } catch (error) {
      if (error instanceof SnapshotError) throw new UserError(`${showText(given, 200)}: ${error.message}`);
      throw error;
    }
  }
  const scene = loadScene(io.files, given);
  const seed = flags.seed ?? generateSeed(io);
  const tick = flags.tick ?? Math.max(age, Math.min(scene.ticks, usual.tick));
  if (tick < age) throw new UserError(`--tick ${tick} is less than --age ${age}: clades cannot be older than the world`);
  const simulation = createSimulation(scene, seed);
  simulation.step(tick - age);
  return { simulation, seed };
}

/** Split-half reliability of what has come, in words. */
function reliabilitySoFar(results: readonly (AssayForkResult | undefined)[]): string {
  const done = results.filter((result): result is AssayForkResult => result !== undefined);
  if (done.length < 2) return 'not known yet';
  const [one, two] = [0, 1].map((half) => {
    const sum = new Float64Array(done[0].gradient.length);
    for (const [f, { gradient }] of done.entries())
      if (f % 2 === half) for (let l = 0; l < sum.length; l++) sum[l] += gradient[l];
    return sum;
  });
  const { whole } = splitHalfReliability(one, two);
  return Number.isNaN(whole) ? 'none' : whole.toFixed(2);
}

const identify = (snapshot: ArrayBuffer, horizon: number, size: number, population: string): string =>
  digestText(
    canonicalJson({
      result: ['gradient', 'selection', 'shadow'],
      world: [...hashBytes(new Uint8Array(snapshot))],
      horizon,
      size,
      population,
      software: software.version,
    }),
  );

const forkMagic = 'UPSLOPEF';

/** Forks that are finished, one file each, so that an assay that was stopped goes on. */
class ForkShelf {
  private readonly folder: string;

  constructor(
    private readonly io: Io,
    directory: string,
    identity: string,
  ) {
    this.folder = join(directory, 'forks', identity);
    orUserError(`cannot write in ${showText(directory, 200)}`, 'choose another directory with --out', () =>
      makeDirectory(io.files, this.folder),
    );
  }

  find(seed: string): AssayForkResult | undefined {
    const path = this.path(seed);
    if (!this.io.files.existsSync(path)) return undefined;
    const bytes = orUserError(`cannot read ${path}`, 'remove it and give the same command again', () =>
      readSealed(this.io.files, path, forkMagic),
    );
    // One that is damaged, or of an earlier version, is made again.
    return bytes && (unpack(bytes) as unknown as AssayForkResult);
  }

  keep(seed: string, result: AssayForkResult): void {
    const path = this.path(seed);
    orUserError(`cannot write ${path}`, 'make room and give the same command again', () =>
      writeSealed(this.io.files, path, forkMagic, pack(result as unknown as Packable)),
    );
  }

  private path(seed: string): string {
    return join(this.folder, `${digestText(seed)}.fork`);
  }
}

export const gradientTable: ExportTable = {
  name: 'assay',
  title: 'Assay',
  row: 'A locus of an assay.',
  columns: [
    textColumn('bodies', 'reshuffled or realised.'),
    textColumn('locus', 'Name of the locus.'),
    realColumn('gradient', '1/locus unit', 'Assayed gradient of log relative fitness over the horizon.'),
    realColumn('error', '1/locus unit', 'Its standard error, over forks.'),
    realColumn('selection_within', 'locus units', 'Selection differential within clades.'),
    realColumn('selection_between', 'locus units', 'Selection differential between clades.'),
  ],
};

export const alignmentTable: ExportTable = {
  name: 'alignment',
  title: 'Alignment',
  row: 'A part of selection against the assayed gradient.',
  columns: [
    textColumn('bodies', 'reshuffled or realised.'),
    textColumn('part', 'whole, within or between clades.'),
    ...projectionColumns('locus units'),
    realColumn('share', '', 'Its square.'),
    realColumn('predicted_gain', 'relative fitness', 'Selection times gradient.'),
    realColumn('through_g', '', 'Cosine to G b, G the covariance of this part.'),
    realColumn('percentile', '', 'Share of random directions with the covariance of this part whose cosine is lower.'),
    realColumn('null_low', '', '2.5 % quantile of their cosines.'),
    realColumn('null_high', '', '97.5 % quantile.'),
    realColumn(
      'neutral_percentile',
      '',
      'Share of forks whose neutral shadow has a lower cosine: its births and deaths with random parents.',
    ),
    realColumn('neutral_low', '', '2.5 % quantile of the shadows’ cosines.'),
    realColumn('neutral_high', '', '97.5 % quantile.'),
    realColumn('reliability', '', 'Split-half reliability of this selection.'),
    realColumn('corrected', '', 'Cosine corrected for the noise of both.'),
  ],
};

function writeAssay(
  io: Io,
  directory: string,
  loci: readonly string[],
  summaries: readonly AssaySummary[],
  question: Readonly<Record<string, unknown>>,
): void {
  const bodies = (k: number) => (k === 0 ? 'reshuffled' : 'realised');
  const gradients = summaries.flatMap(({ gradient: b, error, within, between }, k) =>
    loci.map((locus, l) => [bodies(k), locus, b[l], error[l], within.selection[l], between.selection[l]]),
  );
  const alignments = summaries.flatMap((summary, k) =>
    (['whole', 'within', 'between'] as const).map((part) => {
      const {
        projection: p,
        throughG,
        percentile,
        null: bounds,
        neutralPercentile,
        neutral,
        reliability,
        corrected,
      } = summary[part];
      const projected = [p.along, p.across, p.cosine, p.share, p.predictedGain];
      return [
        bodies(k),
        part,
        ...projected,
        throughG,
        percentile,
        ...bounds,
        neutralPercentile,
        ...neutral,
        reliability,
        corrected,
      ];
    }),
  );
  writeResults(io, directory, {
    'assay.parquet': parquetOf(gradientTable, gradients),
    'alignment.parquet': parquetOf(alignmentTable, alignments),
    'provenance.json': `${JSON.stringify({ software, command: 'assay', ...question, environment: io.environment }, null, 2)}\n`,
  });
}
