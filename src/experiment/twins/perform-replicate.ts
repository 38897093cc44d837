import type { Vocabulary } from '../../habitat/vocabulary.ts';
import { simulationFromSnapshot } from '../../simulation/create.ts';
import { probesOf } from '../../simulation/probes-of.ts';
import type { Change, Simulation } from '../../simulation/types.ts';

/** A measure by its probe and its name in that. */
export interface NamedMeasure {
  readonly probe: string;
  readonly name: string;
}

/** A piece of a replicate: two worlds that began in one state with the same draws, of which each got changes of its own. */
export interface ReplicateStep {
  /** States of both; the first piece begins with one state for both. */
  readonly worlds: readonly [ArrayBuffer] | readonly [ArrayBuffer, ArrayBuffer];
  /** Names the draws of both, if this is the first piece. */
  readonly seed: string;
  /** Changes of the one and of the other, made in the first piece or scheduled there. */
  readonly changes: readonly [readonly Change[], readonly Change[]];
  readonly ticks: number;
  /** Ticks between samples, which are taken at its multiples. */
  readonly every: number;
  readonly measures: readonly NamedMeasure[];
}

/** What a piece of a replicate has found. */
export interface ReplicatePiece {
  readonly worlds: readonly [ArrayBuffer, ArrayBuffer];
  /** Sums of the samples in which there was a value, and their numbers, of each measure in the one world and in the other. */
  readonly sums: readonly [Float64Array, Float64Array];
  readonly numbers: readonly [Float64Array, Float64Array];
}

/**
 * Runs both worlds of a replicate for a piece of their time.
 * @param vocabulary that the scene of the worlds was read with
 * @throws {SnapshotError} for a damaged state
 * @throws {RangeError} for a measure that the worlds do not have
 * @throws {SceneError} for a change that is not allowed
 */
export function performReplicate(step: ReplicateStep, vocabulary?: Vocabulary): ReplicatePiece {
  const [one, other] =
    step.worlds.length === 1 ? begin(step, vocabulary) : step.worlds.map((state) => simulationFromSnapshot(state, vocabulary));
  try {
    const [first, second] = [follow(one, step), follow(other, step)];
    return {
      worlds: [one.snapshot(), other.snapshot()],
      sums: [first.sums, second.sums],
      numbers: [first.numbers, second.numbers],
    };
  } finally {
    one.dispose();
    other.dispose();
  }
}

function begin({ worlds, seed, changes }: ReplicateStep, vocabulary: Vocabulary | undefined): Simulation[] {
  const world = simulationFromSnapshot(worlds[0], vocabulary);
  const made: Simulation[] = [];
  try {
    for (const own of changes) {
      const twin = world.fork({ seed });
      made.push(twin);
      for (const { at, path, value } of own) twin.schedule(at, path, value);
    }
    return made;
  } catch (error) {
    for (const twin of made) twin.dispose();
    throw error;
  } finally {
    world.dispose();
  }
}

/** Runs a world and sums its measures. */
function follow(world: Simulation, { ticks, every, measures }: ReplicateStep) {
  const wanted = new Set(measures.map(({ probe }) => probe));
  const samplers = probesOf(world)
    .filter(({ id }) => wanted.has(id))
    .map((probe) => ({ probe: probe.id, sampler: probe.start(world) }));
  const columns = samplers.flatMap(({ probe, sampler }) => sampler.columns.map(({ name }) => `${probe}/${name}`));
  const places = measures.map(({ probe, name }) => {
    const place = columns.indexOf(`${probe}/${name}`);
    if (place < 0) throw new RangeError(`measure '${probe}/${name}': not in this world`);
    return place;
  });
  const sums = new Float64Array(measures.length);
  const numbers = new Float64Array(measures.length);
  const end = world.tick + ticks;
  for (let tick = world.tick + 1; tick <= end; tick++) {
    // After extinction samples are those of the empty world.
    if (world.step(1) > 0) for (const { sampler } of samplers) sampler.afterTick?.(world);
    if (tick % every !== 0) continue;
    const row = samplers.flatMap(({ sampler }) => [...sampler.sample(world)]);
    for (const [m, place] of places.entries()) {
      if (Number.isNaN(row[place])) continue;
      sums[m] += row[place];
      numbers[m] += 1;
    }
  }
  return { sums, numbers };
}
