import { Recorder } from '../../../src/export/table-recorder.ts';
import { hashBytes } from '../../../src/math/hash.ts';
import { SceneError } from '../../../src/scene/error.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation, simulationFromSnapshot } from '../../../src/simulation/create.ts';
import { probesOf } from '../../../src/simulation/probes-of.ts';
import type { Simulation } from '../../../src/simulation/types.ts';
import { actOf } from '../../fixtures/touch.ts';
import type { JobResult, SceneJob } from './job.ts';

type Marks = [string, string][];

/** 64 bits as hexadecimal digits. */
export const digest = (bytes: Uint8Array): string =>
  hashBytes(bytes)
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('');

/** Does what is due by hand, then steps. What a world has no room for is refused in every engine alike. */
function advance(world: Simulation, { touches }: SceneJob): void {
  for (const touch of touches) {
    const act = touch.at === world.tick ? actOf(world, touch) : undefined;
    if (!act) continue;
    try {
      world.set(...act);
    } catch (error) {
      if (!(error instanceof SceneError)) throw error;
    }
  }
  world.step();
}

/** Digest of every column of the state, and of the ground. */
function columnMarks(world: Simulation): Marks {
  const marks: Marks = [];
  const ground = world.ground?.values();
  if (ground) marks.push(['ground', digest(new Uint8Array(ground.buffer, ground.byteOffset, ground.byteLength))]);
  for (const { name, table } of world.populations) {
    for (const column of table.state) marks.push([`${name}.${column.name}`, digest(table.bytes({ name: column.name }))]);
  }
  return marks;
}

/** How many numbers of the state are not finite, and how many are below the normal range, which some machines flush to 0. */
function countOddFloats(world: Simulation): { notFinite: number; subnormal: number } {
  let [notFinite, subnormal] = [0, 0];
  for (const { table } of world.populations) {
    for (const { type, width, values } of table.state) {
      if (type !== 'f32') continue;
      for (const value of values.subarray(0, table.count * width)) {
        if (!Number.isFinite(value)) notFinite++;
        else if (value !== 0 && Math.abs(value) < 2 ** -126) subnormal++;
      }
    }
  }
  return { notFinite, subnormal };
}

/** Records a world's tables while it runs; `finish` gives a digest a file. */
function recordTables(world: Simulation, ticks: number): () => Marks {
  const chunks = new Map<string, Uint8Array[]>();
  const recorder = new Recorder(world, {
    every: Math.max(1, Math.floor(ticks / 8)),
    genomes: 'kept',
    runId: '0'.repeat(32),
    csv: true,
    probes: probesOf(world),
    open(file) {
      const own: Uint8Array[] = [];
      chunks.set(file, own);
      return (chunk) => void own.push(chunk.slice());
    },
  });
  const stop = world.observe(recorder);
  return () => {
    recorder.finish(world);
    stop();
    return [...chunks].map(([file, parts]) => [file, digest(joinBytes(parts))]);
  };
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * Runs a scene twice in this thread. First straight, as the first world of the thread, while its tables are recorded. Then as the third
 * world, in memory that a second one has used, put away in a snapshot half-way and taken up again: it has to end in the same.
 */
export function runScene(job: SceneJob): JobResult {
  const { name, seed, ticks, columnsAt } = job;
  const make = (withSeed: string) => createSimulation(parseScene(structuredClone(job.scene), name), withSeed);
  const first = make(seed);
  if (columnsAt !== undefined) {
    while (first.tick < columnsAt) advance(first, job);
    const marks = columnMarks(first);
    first.dispose();
    return { name, marks, problems: [], facts: {} };
  }
  const half = Math.floor(ticks / 2);
  const marks: Marks = [['tick 0', first.hash()]];
  const finishTables = recordTables(first, ticks);
  for (let tick = 1; tick <= ticks; tick++) {
    advance(first, job);
    marks.push([`tick ${tick}`, first.hash()]);
    if (tick === half) marks.push([`snapshot of tick ${tick}`, digest(new Uint8Array(first.snapshot()))]);
  }
  const problems: string[] = [];
  const floats = countOddFloats(first);
  if (floats.notFinite > 0) problems.push(`${name}: ${floats.notFinite} numbers of the state are not finite`);
  const facts = {
    living: first.populations.reduce((sum, { count }) => sum + count, 0),
    acts: first.notices.filter(({ kind }) => kind === 'act').length,
    changes: first.notices.filter(({ kind }) => kind === 'change').length,
    'subnormal numbers': floats.subnormal,
  };
  marks.push(...finishTables());
  first.dispose();

  const second = make(`${seed}, second`);
  second.step(Math.min(3, ticks));
  second.dispose();
  let third = make(seed);
  const hashes = new Map(marks);
  for (let tick = 1; tick <= ticks; tick++) {
    advance(third, job);
    if (third.hash() !== hashes.get(`tick ${tick}`)) {
      problems.push(`${name}: the third world of the thread differs from the first after tick ${tick}`);
      break;
    }
    if (tick !== half) continue;
    const snapshot = third.snapshot();
    third.dispose();
    third = simulationFromSnapshot(snapshot);
  }
  third.dispose();
  return { name, marks, problems, facts };
}
