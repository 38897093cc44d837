import type { GroundView, HabitatWorld } from '../habitat/habitat-world.ts';
import type { ThreadHost } from '../kernel/threads/crew.ts';
import type { PopulationCapability } from '../population/capabilities.ts';
import type { OriginTrace, TraceOptions } from '../population/origin-trace.ts';
import type { Population } from '../population/population.ts';
import type { Scene } from '../scene/schema.ts';

/** A change of a parameter, made or scheduled, as in the provenance. @public */
export interface Change {
  /** Tick before whose step the change takes effect. */
  readonly at: number;
  /** Path of the parameter in the scene, for example `populations.foragers.life.span`. */
  readonly path: string;
  readonly value: unknown;
}

/** An event worth reporting, noticed by the run itself. @public */
export interface Notice {
  readonly tick: number;
  readonly kind: 'extinction' | 'capacity' | 'change' | 'act';
  /** Name of the population concerned, or '' for the whole world. */
  readonly population: string;
  /** One plain sentence. */
  readonly text: string;
  /** Id of the organism concerned, if there is exactly one. */
  readonly organism?: number | undefined;
}

/** Whether a world still has organisms. @public */
export type Status = 'running' | 'extinct';

/** Births of the last tick of one population: aligned columns, `count` rows, overwritten by the next tick. @public */
export interface BirthEvents {
  readonly count: number;
  readonly id: Float64Array;
  /** Id of the first parent, which bore it. */
  readonly parent: Float64Array;
  /** Id of the second parent, or -1. */
  readonly mate: Float64Array;
  /** Share of its loci that comes from the first parent: 1 if there is no second. */
  readonly share: Float64Array;
  readonly founder: Float64Array;
  readonly generation: Uint32Array;
  /** Ticks from the first parent's death to the birth: 0 unless it was revived from its population's bank. */
  readonly sinceDeath: Uint32Array;
  /** Place of birth. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** How the genomes arose; `undefined` unless requested by `traceInheritance`. */
  readonly trace: InheritanceTrace | undefined;
}

/**
 * How the genomes of the newborns of one tick arose. Haplotypes lie one behind the other: slot s of haplotype h is
 * `h * stride + s`, with the `stride` of the population's layout and one or two haplotypes.
 * @experimental
 */
export interface InheritanceTrace {
  /** 32-bit words of a gamete's mask: bit i of word w is slot 32 w + i. */
  readonly maskWords: number;
  /**
   * `ploidy * maskWords` words a newborn. Haploid: bit 0 for the first parent, 1 for the second. Diploid: haplotype 0
   * comes from the first parent, haplotype 1 from the second (or from the first if there is none), and the bit names
   * the haplotype of that parent. (A clone of a diploid: all 0 for haplotype 0, all 1 for haplotype 1.)
   */
  readonly masks: Uint32Array;
  /** Newborn k has the changes `changeStarts[k]` to `changeStarts[k + 1] - 1`: loci whose value is not its source's. */
  readonly changeStarts: Uint32Array;
  /** Slot, over all haplotypes. */
  readonly changeSlot: Uint32Array;
  /** The new value, locus units. */
  readonly changeValue: Float32Array;
  /** The mechanisms that change traits, in the order of inheritance. */
  readonly mechanisms: readonly string[];
  /**
   * Change that mechanism m made to trait t of newborn k, at [(k * mechanisms + m) * traits + t]: they sum to the
   * newborn's trait minus its parents' mean, weighted by `share`.
   */
  readonly traitChange: Float64Array;
  /** 1 for the mechanisms whose step took place in this tick, 0 for those that changed nothing, in the order of `mechanisms`. */
  readonly taken: Uint8Array;
}

/**
 * Genes transferred within life in the last tick, in one population; before that tick's births. Single loci (kind `loci` of
 * the mechanism `transfer`) are recorded only while inheritance is traced.
 * @experimental
 */
export interface TransferEvents {
  readonly count: number;
  readonly recipient: Float64Array;
  readonly donor: Float64Array;
  readonly recipientHaplotype: Uint8Array;
  readonly donorHaplotype: Uint8Array;
  /** Slots `start` to `end - 1` of the haplotype were replaced. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** Transfer k brought the values `valueStarts[k]` to `valueStarts[k + 1] - 1`, one a slot. */
  readonly valueStarts: Uint32Array;
  readonly values: Float32Array;
  /** Change of trait t of the recipient, at [k * traits + t]. */
  readonly traitChange: Float64Array;
  /** Id of the mechanism, as in `InheritanceTrace.mechanisms`. */
  readonly mechanism: string;
}

/** Deaths of the last tick of one population: everything that the table knew of the organism. @public */
export interface DeathEvents {
  readonly count: number;
  readonly id: Float64Array;
  /** Id of the parent, or -1 for a founder. */
  readonly parent: Float64Array;
  /** Id of the founder from which the line of descent comes. */
  readonly founder: Float64Array;
  readonly birthTick: Int32Array;
  /** Index into `deathCauses`. */
  readonly cause: Uint8Array;
  readonly generation: Uint32Array;
  readonly offspring: Uint32Array;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Expressed traits, `traitCount` values a row, in the order of `traits`. */
  readonly traits: Float32Array;
}

/**
 * Watches a simulation from outside. Called after every tick with that tick's events; the state of the world does not depend on
 * what it does or keeps.
 * @public
 */
export interface Observer {
  afterTick(simulation: Simulation): void;
  /**
   * Called between ticks after an edit by hand added organisms to the world or removed them, with these as births
   * and deaths. Introduced organisms have no parent and no trace. Observers that follow individuals must implement it.
   */
  afterAct?(simulation: Simulation): void;
}

/** A probe: every `every` ticks a row of named numbers. Plots, CSV and Parquet all come from probes. @public */
export interface Probe {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** What populations must have for it to measure a world; by default nothing. */
  readonly needs?: readonly PopulationCapability[];
  /** Kinds of habitat whose worlds it measures; by default all. */
  readonly habitats?: readonly string[];
  /** Whether there is something to measure in a world; by default there is. */
  appliesTo?(simulation: Simulation): boolean;
  /** Its columns; a probe that measures each population separately repeats these for each (`sampler.columns`). */
  readonly columns: readonly ProbeColumn[];
  /** Starts to watch. */
  start(simulation: Simulation): ProbeSampler;
}

/** A column that a probe measures. @public */
export interface ProbeColumn {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
}

/** A probe at work in one world. @public */
export interface ProbeSampler extends Partial<Observer> {
  /** Columns of this sampler in this world. */
  readonly columns: readonly ProbeColumn[];
  /** One value a column, NaN where there is nothing to measure. Reading does not change the world. */
  sample(simulation: Simulation): readonly number[];
}

export type { GroundView } from '../habitat/habitat-world.ts';

/** A trace of origins that continues until it is ended. @experimental */
export interface OriginTracing {
  readonly trace: OriginTrace;
  end(): void;
}

/** How a second world differs from that whose state it starts in. @public */
export interface ForkOptions extends StepOptions {
  /** Its future draws come from this seed. */
  readonly seed?: string;
  /** Changes that take effect at once. */
  readonly changes?: readonly Omit<Change, 'at'>[];
}

/** How a world is stepped; none of it changes what happens. @public */
export interface StepOptions {
  /** Threads among which its work is divided; without them, or where memory cannot be shared, one thread does everything. */
  readonly threads?: ThreadHost;
}

/** A world that advances tick by tick. The same scene, seed and changes give the same world, bit for bit. @public */
export interface Simulation {
  /** The scene with the current parameters. Read only: use `set`. */
  readonly scene: Scene;
  /** The scene as it was at tick 0: with seed and `changes` it replays the run. */
  readonly initialScene: Scene;
  readonly seed: string;
  /** Number of ticks made since tick 0. */
  readonly tick: number;
  readonly status: Status;
  readonly populations: readonly Population[];
  /** What is specific to the kind of world: `onLandscape` and `inPlane` test which it is. */
  readonly habitat: HabitatWorld;
  /** The ground of a plane; undefined on a landscape. */
  readonly ground: GroundView | undefined;
  /**
   * Everything that was changed by `set` and `schedule`, in order; what the scene itself schedules is not repeated here.
   * Scheduling all of it in a fresh simulation of the initial scene and the seed replays the run; a fork with its own
   * seed is repeated from its snapshot instead.
   */
  readonly changes: readonly Change[];
  readonly notices: readonly Notice[];
  /** Makes up to `ticks` ticks and returns how many it made: fewer only after extinction. */
  step(ticks?: number): number;
  /** Changes a live parameter before the next tick. Throws `SceneError` for an unknown path, a fixed parameter or a bad value. */
  set(path: string, value: unknown): void;
  /** The same at a later tick. */
  schedule(at: number, path: string, value: unknown): void;
  /**
   * Makes the changes that are scheduled for this tick, which otherwise come with the next step: changes at the last tick of a run, or after
   * extinction, belong to its end.
   */
  makeDueChanges(): void;
  /** Adds an observer; the returned function removes it. */
  observe(observer: Observer): () => void;
  births(population: Population): BirthEvents;
  deaths(population: Population): DeathEvents;
  transfers(population: Population): TransferEvents;
  /** From now on births include how genomes arose (`BirthEvents.trace`); the returned function ends that. Changes no state. */
  traceInheritance(): () => void;
  /**
   * From now on follows the origins of the copies of some loci among the copies that live now. Do not call it within a step; detaches
   * views. Restoring a snapshot loses the trace: open it again. `end` frees its columns. Changes no state.
   * @param options `slots`: traced slots of a haplotype, by default all loci; the rest as in `TraceOptions`
   */
  traceOrigins(population: Population, options?: TraceOptions & { slots?: ArrayLike<number> }): OriginTracing;
  /**
   * Checks that no number of the state is infinite or NaN. Recorders call it at every sample, snapshots always.
   * @throws {NonFiniteStateError} naming the column, the organism and the tick
   */
  assertFinite(): void;
  /**
   * Whole state as one buffer; the restored world continues in lockstep.
   * @throws {NonFiniteStateError} if the state could not be read back
   */
  snapshot(): ArrayBuffer;
  /** Replaces the state by that of a snapshot of the same structure (scene apart from live parameters). */
  restore(snapshot: ArrayBuffer): void;
  /** A second world that starts in this state. With a `seed` its future draws differ; `changes` take effect at once. */
  fork(options?: ForkOptions): Simulation;
  /** 16 hexadecimal digits that depend on everything that lives or is on the ground, not on parameters and changes to come. */
  hash(): string;
  /** Bytes of memory in use by columns and ground. */
  readonly bytes: number;
  /** The same with every population at its capacity; a world has 4 GiB at most. */
  readonly bytesAtCapacity: number;
  /** Time that each system has taken since `profile(clock)` was called, in the clock's unit; the clock is an argument, the core has none. */
  profile(clock: (() => number) | undefined): ReadonlyMap<string, number>;
  /** Returns the memory; the simulation must not be used afterwards. */
  dispose(): void;
}
