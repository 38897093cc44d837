import { availableParallelism } from 'node:os';
import { assayedClades, assayedGenomes } from '../../analysis/assay/assayed-genomes.ts';
import { locusSegments } from '../../analysis/assay/locus-segments.ts';
import { type AssayForkResult, type AssayKind } from '../../analysis/assay/perform-assay-fork.ts';
import { assayedSlots } from '../../analysis/assay/prepare-fork.ts';
import { summariseAssay } from '../../analysis/assay/summarise-assay.ts';
import { splitHalfReliability } from '../../analysis/gradient/reliability.ts';
import { canonicalJson } from '../../export/canonical-json.ts';
import { software } from '../../export/index.ts';
import { digestText } from '../../export/run-identity.ts';
import { hashBytes } from '../../math/hash.ts';
import { namedStream } from '../../math/streams.ts';
import { suggest } from '../../scene/nearest.ts';
import { showText } from '../../scene/show.ts';
import type { Setting } from '../flags.ts';
import { type Io, stopStatus } from '../io.ts';
import { chooseAnother, OwnedFolder } from '../ownership/owned-folder.ts';
import { performAll } from '../perform-all.ts';
import { publishResults } from '../result-files.ts';
import { taskPool } from '../threads.ts';
import { UserError } from '../user-error.ts';
import { assayFiles } from './assay-files.ts';
import { describeAssay } from './describe-assay.ts';
import { ForkShelf } from './fork-shelf.ts';
import { openAssayedWorld } from './open-assayed-world.ts';
import { type AssayTask, performAssayTask } from './perform-assay-task.ts';

/** Flags of `upslope assay`; what was not given is undefined. */
export interface AssayFlags {
  readonly seed?: string;
  readonly set?: readonly Setting[];
  readonly tick?: number;
  readonly age?: number;
  readonly horizon?: number;
  readonly forks?: number;
  readonly replays?: number;
  readonly size?: number;
  readonly population?: string;
  readonly jobs?: number;
  readonly out?: string;
}

const assayPool = taskPool<AssayTask, AssayForkResult>('performAssayTask', performAssayTask);

const usual = { age: 2000, horizon: 400, forks: 40, size: 1 };

/** `upslope assay`: the gradient of fitness by forks of a world whose genomes are perturbed, and selection projected onto it. */
export async function assayCommand(io: Io, given: string, flags: AssayFlags): Promise<number> {
  const { age = usual.age, horizon = usual.horizon, forks = usual.forks, size = usual.size } = flags;
  const replays = flags.replays ?? Math.max(2, Math.ceil(forks / 4));
  const { simulation, seed } = openAssayedWorld(io, given, flags, age);
  const names = simulation.populations.map(({ name }) => name);
  const name = flags.population ?? names[0];
  const population = simulation.populations.find((one) => one.name === name);
  if (!population) throw new UserError(`there is no population '${showText(name)}'; ${suggest(name, names)}`);
  const { trace } = simulation.traceOrigins(population, { slots: assayedSlots(population) });
  simulation.step(age);
  if (population.count < 2) {
    throw new UserError(
      `${population.count} of ${name} live at tick ${simulation.tick}: too few for an assay; choose another tick or seed`,
    );
  }
  const clades = assayedClades(population, trace);
  const genomes = assayedGenomes(population);
  const slots = assayedSlots(population);
  const segments = locusSegments(population.layout, slots);
  const loci = Array.from(slots, (slot) => population.layout.loci.find((locus) => locus.slot === slot)?.name ?? '');
  const { tick } = simulation;
  const snapshot = simulation.snapshot();
  simulation.dispose();
  const shared = inSharedMemory(new Uint8Array(snapshot));
  const sharedClades = new Uint32Array(inSharedMemory(new Uint8Array(clades.buffer)));
  // Perturbed ones first, and every other of each kind in either half: what has come says how much it can be trusted.
  const kinds: readonly AssayKind[] = [
    ...Array<AssayKind>(forks).fill('perturbed'),
    ...Array<AssayKind>(replays).fill('reshuffled'),
    ...Array<AssayKind>(replays).fill('realised'),
  ];
  const tasks = kinds.map((kind, f) => ({
    snapshot: shared,
    fork: { population: name, kind, ticks: horizon, size, clades: sharedClades, seed: `${seed}/${kind}/${f}` },
  }));
  const jobs = Math.min(tasks.length, flags.jobs ?? availableParallelism());
  io.err(
    `assay: ${name} at tick ${tick}, ${population.count} living, ${tasks.length} forks of ${horizon} ticks, ${jobs} at a time, seed ${seed}\n`,
  );
  const folder =
    flags.out === undefined
      ? undefined
      : await OwnedFolder.take(io, flags.out, chooseAnother, 'make room and give the same command again');
  try {
    const shelf = folder && new ForkShelf(folder, identify(snapshot, clades, horizon, size, name));
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
    const summary = summariseAssay(results as AssayForkResult[], genomes, clades, segments, namedStream(seed, 'assay null'));
    const question = { given, seed, set: flags.set ?? [], tick, age, horizon, size, population: name };
    if (folder) publishResults(folder, assayFiles(io, loci, summary, question), 'finish');
    io.out(describeAssay({ population: name, tick, age, horizon, loci }, summary));
    return 0;
  } finally {
    folder?.release();
  }
}

/** A copy that threads share. */
function inSharedMemory(bytes: Uint8Array): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(shared).set(bytes);
  return shared;
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

const identify = (snapshot: ArrayBuffer, clades: Uint32Array, horizon: number, size: number, population: string): string =>
  digestText(
    canonicalJson({
      result: ['locus ancestry', 'gradient', 'selection', 'shadow'],
      world: [...hashBytes(new Uint8Array(snapshot)), ...hashBytes(new Uint8Array(clades.buffer))],
      horizon,
      size,
      population,
      software: software.version,
    }),
  );
