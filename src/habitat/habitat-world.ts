import type { StateColumn } from '../ecs/table.ts';
import type { ComponentKind } from '../ecs/world.ts';
import type { Arena } from '../kernel/memory.ts';
import type { Population } from '../population/population.ts';
import type { HabitatContext } from './context.ts';
import type { ScheduleEntry } from './mechanism-steps.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The ground, for viewing; arrays are valid until the next step. @public */
export interface GroundView {
  readonly columns: number;
  readonly rows: number;
  /** Side of a cell, lengths. */
  readonly cell: number;
  /** [grass, fruit, carrion, cue] a cell, row by row; energy per cell. */
  values(): Float32Array;
  /** The same four numbers of what an organism at a place eats from: its cell, or its patch. Nothing where there is neither. */
  foodAt(x: number, y: number): Float32Array;
  /** 1 for a barrier, a value a cell. */
  barrier(): Uint8Array;
  /** Kind of fruit of each cell, 0 or 1; absent where all fruit is of one kind. */
  readonly kinds?: Uint8Array | undefined;
  /** Energy of grass and of fruit at which a cell is drawn at full strength. */
  readonly full: readonly [grass: number, fruit: number];
}

/** A stretch of memory, f32 numbers, that is part of the state besides the populations' columns. */
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

/** What a habitat needs for its part of a world. @experimental */
export interface WorldMaterials<S extends HabitatScene = HabitatScene> {
  readonly arena: Arena;
  /** The current scene; at tick 0 with the changes that the scene itself schedules for that tick. */
  readonly scene: S;
  /** The scene of the file: determines what genomes carry. */
  readonly initialScene: S;
  /** The scene at the start, with its changes at tick 0: determines what the policy is offered. */
  readonly start: S;
  readonly seed: string;
  /** Seed from which the world was made at tick 0; a fork with another seed keeps it. */
  readonly groundSeed: string;
  /** What the scene can name: of mechanisms those whose needs the habitat meets. */
  readonly vocabulary: Vocabulary;
  /** The world of the same shape whose state this one starts from, if any: derived data may be shared with it. */
  readonly origin?: HabitatWorld | undefined;
}

/**
 * IMPLEMENT THIS for a new habitat: its part of one world. Its constructor makes the populations and whatever else lives there.
 * The simulation does the rest, alike for all habitats: it runs the schedule, keeps changes and notices, writes and reads snapshots.
 * @experimental
 */
export interface HabitatWorld<S extends HabitatScene = HabitatScene, C extends HabitatContext = HabitatContext> {
  readonly populations: readonly Population[];
  /** What its systems and mechanisms may read; the simulation updates `tick` and `nextId`. */
  readonly context: C;
  /** One tick, in order: its own steps, and slots for those of mechanisms. */
  readonly schedule: readonly ScheduleEntry<C>[];
  /** The ground, if there is one. */
  readonly ground?: GroundView | undefined;
  /** Adds its own entities to those of the populations, for steps that need them. */
  addEntities?(add: AddEntity): void;
  /** Makes the founders of all populations, ids from `context.nextId` on. */
  found(): void;
  /** Takes the parameters of a scene: when the world begins, after every change, and when a snapshot is restored. */
  apply(scene: S): void;
  /** State besides the populations' columns that is memory, in a fixed order. */
  blocks(): readonly StateBlock[];
  /** State that is not memory: plain JSON, or undefined. */
  state?(): unknown;
  /** Restores such state, after the populations' columns. */
  restore?(state: unknown): void;
  /**
   * Refuses columns of a snapshot that would break a world.
   * @param columns bytes of `blocks()`, then those of each population's state, which `states` describes
   * @param refuse throws the error for a damaged snapshot
   */
  checkColumns(
    columns: readonly Uint8Array[],
    states: readonly (readonly StateColumn[])[],
    refuse: (what: string) => never,
  ): void;
}

export type AddEntity = (name: string) => { add<T extends object>(component: ComponentKind<T>, value: T): unknown };
