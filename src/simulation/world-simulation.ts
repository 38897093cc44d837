import { type EcsWorld, makeWorld } from '../ecs/world.ts';
import { checkGiven } from '../habitat/check-given.ts';
import { Organisms } from '../habitat/context.ts';
import type { GroundView, HabitatWorld } from '../habitat/habitat-world.ts';
import { declareMechanisms } from '../habitat/mechanism-components.ts';
import { fillSlots } from '../habitat/mechanism-steps.ts';
import { type Vocabulary, vocabularyIn } from '../habitat/vocabulary.ts';
import { Arena, fillUnwritten, spoilsUnwrittenBytes } from '../kernel/memory.ts';
import type { ThreadHost } from '../kernel/threads/crew.ts';
import { hashBytes } from '../math/hash.ts';
import { expressGenomes } from '../population/genomes.ts';
import { OriginTrace, type TraceOptions } from '../population/origin-trace.ts';
import type { Population } from '../population/population.ts';
import { isAct } from '../scene/act-path.ts';
import { SceneError } from '../scene/error.ts';
import type { Scene } from '../scene/schema.ts';
import { applyChange } from '../scene/set-path.ts';
import { habitatOf, vocabularyOf } from '../scene/vocabulary-of.ts';
import { performAct } from './acts/perform-act.ts';
import { MechanismSwitches } from './mechanism-switches.ts';
import { assertFiniteState } from './non-finite.ts';
import { fixedPart, scenesOf, startOf } from './scene-of-world.ts';
import { combineDigests, type ReadSnapshot, readSnapshot, SnapshotError, type SnapshotText, writeSnapshot } from './snapshot.ts';
import type {
  BirthEvents,
  Change,
  DeathEvents,
  ForkOptions,
  Notice,
  Observer,
  OriginTracing,
  Simulation,
  Status,
  TransferEvents,
} from './types.ts';
import { WorldNotices } from './world-notices.ts';
import { WorldState } from './world-state.ts';

/** @throws {RangeError} unless the value is a whole number of 0 or more. */
function wholeNumber(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${what}: ticks must be a whole number of 0 or more (got ${value})`);
}

/** Refuses a scene that was read with another vocabulary than it carries, whose mechanisms would do nothing. */
function checkMechanismsKnown({ populations }: Scene, { mechanisms }: Vocabulary): void {
  for (const { mechanisms: switches } of Object.values(populations)) {
    const unknown = Object.keys(switches).find((id) => !mechanisms.get(id));
    if (unknown === undefined) continue;
    throw new Error(`the scene has the mechanism '${unknown}' of an extension; read it with a catalogue that has it`);
  }
}

/**
 * A world: runs the schedule of its habitat, makes changes, writes and reads snapshots. The habitat determines what lives there
 * and how.
 */
export class WorldSimulation implements Simulation {
  initialScene: Scene;
  scene: Scene;
  seed: string;
  changes: Change[] = [];
  readonly habitat: HabitatWorld;
  /** The first scene with its changes at tick 0. */
  private start: Scene;
  /** Seed from which the world was made at tick 0; a fork with another seed keeps it. */
  readonly groundSeed: string;
  private readonly vocabulary: Vocabulary;
  private readonly arena: Arena;
  private readonly world: EcsWorld;
  private readonly switches: MechanismSwitches;
  private readonly state: WorldState;
  private readonly reported = new WorldNotices();
  private readonly observers = new Set<Observer>();
  private readonly times = new Map<string, number>();
  /** Pending changes; at the same tick the scene's own come before a person's. */
  private pending: Change[] = [];

  /** A world in which nothing lives yet. @param origin the world of the same shape whose state it will take, if any */
  private constructor(
    initialScene: Scene,
    scene: Scene,
    seed: string,
    groundSeed: string,
    { origin, threads }: { origin?: WorldSimulation; threads?: ThreadHost } = {},
  ) {
    this.initialScene = initialScene;
    this.scene = scene;
    this.seed = seed;
    this.groundSeed = groundSeed;
    this.vocabulary = vocabularyOf(scene);
    const { vocabulary } = this;
    checkMechanismsKnown(scene, vocabulary);
    this.start = origin?.start ?? startOf(initialScene);
    declareMechanisms(vocabulary.mechanisms);
    this.arena = new Arena(threads);
    try {
      const { arena, start } = this;
      const habitat = habitatOf(scene);
      const own = vocabularyIn(habitat, vocabulary);
      this.habitat = habitat.create({
        ...{ arena, scene, initialScene, start, seed, groundSeed, vocabulary: own },
        origin: origin?.habitat,
      });
      checkGiven(habitat, this.habitat);
      this.switches = new MechanismSwitches(vocabulary.mechanisms, this.habitat);
      this.state = new WorldState(arena, this.habitat, this.switches);
      this.world = makeWorld(fillSlots(habitat.kind, this.habitat.schedule, own.mechanisms), this.habitat.context);
    } catch (error) {
      this.arena.dispose();
      throw error;
    }
    for (const population of this.populations) {
      population.entity = this.world.createEntity(population.name);
      population.entity.add(Organisms, population);
    }
    this.habitat.addEntities?.((name) => this.world.createEntity(name));
  }

  /** A new world at tick 0. */
  static found(scene: Scene, seed: string, threads?: ThreadHost): WorldSimulation {
    return new WorldSimulation(scene, startOf(scene), seed, seed, { threads }).populate();
  }

  /** @param origin the world from which the snapshot has just been taken, if any: its scenes are then shared, and the snapshot is neither checked nor laid out again */
  static fromSnapshot(
    read: ReadSnapshot,
    vocabulary: Vocabulary,
    { origin, threads }: { origin?: WorldSimulation; threads?: ThreadHost } = {},
  ): WorldSimulation {
    const { text } = read;
    // Scenes are never written to: a change makes another one.
    const scenes = origin ? ([origin.initialScene, origin.scene] as const) : scenesOf(text, vocabulary);
    const world = new WorldSimulation(...scenes, text.seed, text.groundSeed, { origin, threads });
    return world.orDispose(() => world.take(read, scenes, origin !== undefined));
  }

  get populations(): readonly Population[] {
    return this.habitat.populations;
  }

  get ground(): GroundView | undefined {
    return this.habitat.ground;
  }

  get notices(): readonly Notice[] {
    return this.reported.list;
  }

  private get context() {
    return this.habitat.context;
  }

  /** Fills a new world at tick 0. */
  private populate(): this {
    // The scene's changes at tick 0 have shaped it already, except edits by hand.
    this.pending = this.initialScene.changes
      .filter((change) => change.at > 0 || isAct(change.path))
      .sort((a, b) => a.at - b.at) as Change[];
    return this.orDispose(() => {
      this.switches.apply(this.scene, 'found');
      this.habitat.found();
      for (const population of this.populations) {
        population.copyToOwn(0, population.count);
        this.switches.beginAll(population);
      }
    });
  }

  private orDispose(fill: () => void): this {
    try {
      fill();
    } catch (error) {
      this.dispose();
      throw error;
    }
    return this;
  }

  get tick(): number {
    return this.context.tick;
  }

  get status(): Status {
    return this.populations.every((population) => population.count === 0) ? 'extinct' : 'running';
  }

  step(ticks = 1): number {
    wholeNumber('step', ticks);
    for (let made = 0; made < ticks; made++) {
      if (this.status === 'extinct') return made;
      this.makeDueChanges();
      if (spoilsUnwrittenBytes()) this.spoilUnwritten();
      for (const { transfers } of this.populations) transfers.count = 0;
      this.world.execute();
      this.context.tick++;
      this.reported.afterTick(this.tick, this.populations);
      for (const observer of this.observers) observer.afterTick(this);
    }
    return ticks;
  }

  set(path: string, value: unknown): void {
    // Changes due at this tick come first, here as in a replay.
    this.makeDueChanges();
    this.change({ at: this.tick, path, value });
    this.changes.push({ at: this.tick, path, value });
  }

  schedule(at: number, path: string, value: unknown): void {
    wholeNumber('schedule', at);
    if (at <= this.tick) {
      this.set(path, value);
      return;
    }
    // Checked now against the current scene, so that a wrong path is reported at once; checked again when it is made.
    applyChange(this.scene, path, value);
    const change = { at, path, value };
    this.changes.push(change);
    const later = this.pending.findIndex((other) => other.at > at);
    this.pending.splice(later < 0 ? this.pending.length : later, 0, change);
  }

  observe(observer: Observer): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  births(population: Population): BirthEvents {
    return population.births;
  }

  deaths(population: Population): DeathEvents {
    return population.deaths;
  }

  transfers(population: Population): TransferEvents {
    return population.transfers;
  }

  traceInheritance(): () => void {
    for (const population of this.populations) population.tracers++;
    let tracing = true;
    return () => {
      if (tracing) for (const population of this.populations) population.tracers--;
      tracing = false;
    };
  }

  traceOrigins(population: Population, { slots, ...options }: TraceOptions & { slots?: ArrayLike<number> } = {}): OriginTracing {
    const chosen = Int32Array.from(slots ?? population.layout.loci.map(({ slot }) => slot));
    // The lowest free number: a table keeps the room of removed columns for those of the same name.
    let number = 1;
    while (population.originTraces.some((other) => other.number === number)) number++;
    const trace = new OriginTrace(population, chosen, number, options);
    const keep = (traces: readonly OriginTrace[]) => {
      population.originTraces = traces;
      population.setOwn(this.switches.columnsOf(population));
    };
    keep([...population.originTraces, trace]);
    trace.open();
    return { trace, end: () => keep(population.originTraces.filter((one) => one !== trace)) };
  }

  assertFinite(): void {
    const habitat = this.habitat.blocks().map(({ name, pointer, bytes }) => ({ name, pointer, count: bytes.byteLength >>> 2 }));
    assertFiniteState(this.arena, this.populations, habitat, this.tick);
  }

  snapshot(): ArrayBuffer {
    return this.pack(this);
  }

  /** A snapshot with these scenes. */
  private pack({ initialScene, scene }: { readonly initialScene: unknown; readonly scene: unknown }): ArrayBuffer {
    this.assertFinite();
    const habitat = this.habitat.state?.();
    const { extensions } = this.vocabulary;
    const text: SnapshotText = {
      initialScene,
      scene,
      seed: this.seed,
      groundSeed: this.groundSeed,
      tick: this.tick,
      nextId: this.context.nextId,
      changes: this.changes,
      pending: this.pending,
      ...this.reported.state(),
      counts: this.populations.map((population) => population.count),
      columns: this.state.columnNames(),
      ...this.state.banks(),
      ...(habitat === undefined ? {} : { habitat }),
      ...(extensions.length === 0 ? {} : { extensions: [...extensions] }),
    };
    return writeSnapshot(
      text,
      this.state.blocks().map(({ bytes }) => bytes),
      (words) => combineDigests([hashBytes(words), ...this.state.digests()]),
    );
  }

  restore(snapshot: ArrayBuffer): void {
    const read = readSnapshot(snapshot);
    const scenes = scenesOf<Scene>(read.text, this.vocabulary);
    const [, scene] = scenes;
    const same =
      fixedPart(scene) === fixedPart(this.scene) &&
      JSON.stringify(read.text.columns) === JSON.stringify(this.state.columnNamesIn(scene)) &&
      read.text.groundSeed === this.groundSeed;
    if (!same) {
      throw new SnapshotError(`it belongs to another world ('${scene.name}'); open it as a new one`);
    }
    this.take(read, scenes);
  }

  fork({ seed, changes = [], threads }: ForkOptions = {}): this {
    // A fork shares the scenes of its origin, which need be neither written nor read.
    const state = readSnapshot(this.pack({ initialScene: null, scene: null }));
    const twin = WorldSimulation.fromSnapshot(state, this.vocabulary, { origin: this, threads }) as this;
    if (seed !== undefined) {
      twin.seed = seed;
      for (const population of twin.populations) population.reseed(seed);
    }
    try {
      for (const { path, value } of changes) twin.set(path, value);
    } catch (error) {
      twin.dispose();
      throw error;
    }
    return twin;
  }

  hash(): string {
    const counts = this.populations.map((population) => population.count);
    const { banks = [] } = this.state.banks();
    const numbers = Float64Array.from([this.tick, this.context.nextId, ...counts, ...banks]);
    const [low, high] = combineDigests([hashBytes(new Uint8Array(numbers.buffer)), ...this.state.digests()]);
    return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
  }

  profile(clock: (() => number) | undefined): ReadonlyMap<string, number> {
    this.times.clear();
    this.world.measure(clock, (system, time) => this.times.set(system, (this.times.get(system) ?? 0) + time));
    return this.times;
  }

  dispose(): void {
    this.observers.clear();
    this.arena.dispose();
  }

  /** Bytes of memory in use by columns and ground. */
  get bytes(): number {
    return this.arena.bytes;
  }

  get bytesAtCapacity(): number {
    // Landscapes have no capacity: their model determines how many live.
    const missing = this.populations.map(({ table, capacity }) =>
      Number.isFinite(capacity) ? Math.max(0, capacity - table.capacity) * table.rowBytes : 0,
    );
    return missing.reduce((sum, bytes) => sum + bytes, this.arena.bytes);
  }

  /** Name of the first block that a kernel wrote past, or undefined: for tests. */
  checkGuards(): string | undefined {
    return this.arena.checkGuards();
  }

  /** For tests: spoils what the last tick has left in memory, except state and what is shown, because nothing may read it. */
  private spoilUnwritten(): void {
    fillUnwritten(this.arena.scratch.u8());
    for (const { table } of this.populations) table.spoilUnwritten();
  }

  makeDueChanges(): void {
    while (this.pending.length > 0 && this.pending[0].at <= this.tick) {
      const due = this.pending.shift() as Change;
      try {
        this.change(due);
      } catch (error) {
        // An edit of organisms that do not live in this run is skipped and reported.
        if (!isAct(due.path) || !(error instanceof SceneError)) throw error;
        const text = `${due.path} was skipped: ${error.message}`;
        this.reported.list.push({ tick: this.tick, kind: 'act', population: '', text });
      }
    }
  }

  private change({ path, value }: Change): void {
    if (isAct(path)) {
      this.act(path, value);
      return;
    }
    this.scene = applyChange(this.scene, path, value);
    this.switches.apply(this.scene, 'change');
    this.reported.list.push({ tick: this.tick, kind: 'change', population: '', text: `${path} is now ${JSON.stringify(value)}` });
  }

  /** Performs edits by hand, and reports added and removed organisms to observers. */
  private act(path: string, value: unknown): void {
    for (const { births, deaths, transfers } of this.populations) births.count = deaths.count = transfers.count = 0;
    const done = performAct(this.habitat, this.scene, path, value);
    this.reported.list.push({ tick: this.tick, kind: 'act', population: '', ...done });
    if (this.populations.some(({ births, deaths }) => births.count > 0 || deaths.count > 0)) {
      for (const observer of this.observers) observer.afterAct?.(this);
      for (const { births, deaths } of this.populations) births.count = deaths.count = 0;
    }
    this.reported.afterAct(this.populations);
  }

  /** Replaces the state by a snapshot's; nothing is changed before all of it has been checked. */
  private take(read: ReadSnapshot, [initialScene, scene]: readonly [Scene, Scene], trusted = false): void {
    const { text } = read;
    const columns = this.state.read(read, scene, trusted);
    this.state.fill(columns, text, scene);
    this.context.tick = text.tick;
    this.context.nextId = text.nextId;
    this.seed = text.seed;
    for (const population of this.populations) population.reseed(text.seed);
    if (initialScene !== this.initialScene) this.start = startOf(initialScene);
    this.initialScene = initialScene;
    this.scene = scene;
    this.changes = text.changes as Change[];
    this.pending = text.pending as Change[];
    this.reported.restore(text, this.populations);
    for (const population of this.populations) {
      const { births, deaths, transfers } = population;
      births.count = 0;
      deaths.count = 0;
      transfers.count = 0;
      expressGenomes(population, 0, population.count);
      for (const trace of population.originTraces) trace.lose();
    }
    this.switches.apply(scene, 'take');
    this.habitat.restore?.(text.habitat);
  }
}
