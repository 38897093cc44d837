import type { StateColumn } from '../ecs/table.ts';
import type { ComponentKind } from '../ecs/world.ts';
import type { Arena } from '../kernel/memory.ts';
import type { Population } from '../population/population.ts';
import type { HabitatContext } from './context.ts';
import type { ScheduleEntry } from './mechanism-steps.ts';

/** The ground as it can be looked at; arrays are valid until the next step. */
export interface GroundView {
  readonly columns: number;
  readonly rows: number;
  /** Side of a cell, lengths. */
  readonly cell: number;
  /** [grass, fruit, carrion, cue] a cell, row by row; energy per cell. */
  values(): Float32Array;
  /** 1 for a barrier, a value a cell. */
  barrier(): Uint8Array;
  /** Energy of grass and of fruit at which a cell is drawn at full strength. */
  readonly full: readonly [grass: number, fruit: number];
}

/** A stretch of memory, f32 numbers, that is state besides the populations' columns. */
export interface StateBlock {
  readonly name: string;
  readonly pointer: number;
  readonly bytes: Uint8Array;
}

/** The parts of a scene that a habitat reads. */
export interface HabitatScene<H = unknown, P = unknown> {
  readonly habitat: H;
  readonly populations: Readonly<Record<string, P>>;
}

/** What a habitat makes its part of a world of. */
export interface WorldMaterials<S extends HabitatScene = HabitatScene> {
  readonly arena: Arena;
  /** As it is now; at tick 0 with what the scene itself changes at that tick. */
  readonly scene: S;
  /** As its file has it: settles what genomes carry. */
  readonly initialScene: S;
  /** As the world began, with what the scene changes at tick 0: settles what the policy is offered. */
  readonly start: S;
  readonly seed: string;
  /** Seed of what the world was made of at tick 0; a fork with another seed keeps it. */
  readonly groundSeed: string;
  /** A world of the same shape from whose state this one starts, if so: what was worked out there may be shared. */
  readonly origin?: HabitatWorld | undefined;
}

/**
 * IMPLEMENT THIS for a new habitat: its part of one world. It makes the populations and whatever else lives there when it is constructed,
 * and the simulation does the rest alike for all: it runs the schedule, keeps changes and notices, writes and reads snapshots.
 */
export interface HabitatWorld<S extends HabitatScene = HabitatScene, C extends HabitatContext = HabitatContext> {
  readonly populations: readonly Population[];
  /** What its systems and mechanisms may read; `tick` and `nextId` are counted on by the simulation. */
  readonly context: C;
  /** One tick, in order: steps of its own, and slots for those of mechanisms. */
  readonly schedule: readonly ScheduleEntry<C>[];
  /** The ground, where there is one. */
  readonly ground?: GroundView | undefined;
  /** Adds entities of its own to those of the populations, for steps that need them. */
  addEntities?(add: AddEntity): void;
  /** Makes the founders of all populations, ids from `context.nextId` on. */
  found(): void;
  /** Takes the parameters of a scene: when the world begins, after every change, and when a snapshot is taken up. */
  apply(scene: S): void;
  /** State besides the populations' columns that is memory, in a fixed order. */
  blocks(): readonly StateBlock[];
  /** State that is not memory: plain JSON, or undefined. */
  state?(): unknown;
  /** Takes such state up again, after the populations' columns. */
  restore?(state: unknown): void;
  /**
   * Refuses columns of a snapshot that would break a world.
   * @param columns bytes of `blocks()`, then those of each population's state, which `states` describes
   * @param refuse throws what says that the snapshot is damaged
   */
  checkColumns(
    columns: readonly Uint8Array[],
    states: readonly (readonly StateColumn[])[],
    refuse: (what: string) => never,
  ): void;
}

export type AddEntity = (name: string) => { add<T extends object>(component: ComponentKind<T>, value: T): unknown };
