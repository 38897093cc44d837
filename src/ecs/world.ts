import { Component, type ComponentConstructor, type Entity, System, Types, World } from 'ecsy';

// The only door to ecsy, and the guards against its known faults: components are registered in one fixed order in every
// world (their type ids are statics on the classes), systems are run without its clock, and components
// hold one declared reference (class fields would wipe schema defaults).

/** A kind of component that an entity can have, holding one value of type T. */
export interface ComponentKind<T> {
  readonly name: string;
  /** Never present; carries the type. */
  readonly valueType?: T;
}

interface Holder {
  value: unknown;
}

/** By name: an extension may bring another copy of this library, whose kinds are other objects. */
const classes = new Map<string, ComponentConstructor<Component<Holder>>>();

/**
 * Declares a kind of component; the same name is the same kind. Order of declaration is order of registration in every world made
 * afterwards.
 */
export function defineComponent<T>(name: string): ComponentKind<T> {
  if (classes.has(name)) return { name };
  class Held extends Component<Holder> {
    declare value: unknown;
    static override readonly schema = { value: { type: Types.Ref, default: null } };
    static getName(): string {
      return name;
    }
  }
  classes.set(name, Held as unknown as ComponentConstructor<Component<Holder>>);
  return { name };
}

/** A population, a field or the climate. Organisms are rows of tables, never entities. */
export interface EcsEntity {
  get<T>(kind: ComponentKind<T>): T;
  has(kind: ComponentKind<unknown>): boolean;
  add<T>(kind: ComponentKind<T>, value: T): void;
  remove(kind: ComponentKind<unknown>): void;
}

/** A step of the tick: runs once over all entities that have all its components. */
export interface SystemSpec<C> {
  readonly name: string;
  readonly components: readonly ComponentKind<unknown>[];
  run(entities: readonly EcsEntity[], context: C): void;
}

export interface EcsWorld {
  createEntity(name: string): EcsEntity;
  /** Runs every system once, in the order of the schedule. */
  execute(): void;
  /** Clock for `onTime`; without a clock nothing is measured. */
  measure(clock: (() => number) | undefined, onTime: (system: string, time: number) => void): void;
}

class HeldEntity implements EcsEntity {
  constructor(private readonly entity: Entity) {}
  get<T>(kind: ComponentKind<T>): T {
    const held = this.entity.getComponent(classOf(kind));
    if (!held) throw new Error(`entity has no component '${kind.name}'`);
    return (held as unknown as Holder).value as T;
  }
  has(kind: ComponentKind<unknown>): boolean {
    return this.entity.hasComponent(classOf(kind));
  }
  add<T>(kind: ComponentKind<T>, value: T): void {
    this.entity.addComponent(classOf(kind), { value });
  }
  remove(kind: ComponentKind<unknown>): void {
    // Removing twice in a tick corrupts ecsy's queries. Removal is immediate, because ecsy's deferred lists keep stale entries.
    if (this.has(kind)) this.entity.removeComponent(classOf(kind), true);
  }
}

function classOf(kind: ComponentKind<unknown>): ComponentConstructor<Component<Holder>> {
  const found = classes.get(kind.name);
  if (!found) throw new Error(`component '${kind.name}' was never declared`);
  return found;
}

/** A world with every declared kind of component and the systems of a schedule. */
export function makeWorld<C>(schedule: readonly SystemSpec<C>[], context: C): EcsWorld {
  for (const { components } of schedule) for (const { name } of components) defineComponent(name);
  const world = new World({ entityPoolSize: 0 });
  for (const held of classes.values()) world.registerComponent(held, false);
  const faces = new Map<Entity, HeldEntity>();
  let clock: (() => number) | undefined;
  let onTime: (system: string, time: number) => void = () => {};
  for (const spec of schedule) {
    class Step extends System {
      static override queries = { entities: { components: spec.components.map(classOf) } };
      // Entities change components rarely; the faces of a query are looked up only then.
      private cached: { results: Entity[]; length: number; faces: HeldEntity[] } = { results: [], length: -1, faces: [] };
      override execute(): void {
        const results = this.queries.entities.results;
        if (results.length !== this.cached.length || results.some((entity, i) => entity !== this.cached.results[i])) {
          this.cached = {
            results: [...results],
            length: results.length,
            faces: results.map((entity) => faces.get(entity) as HeldEntity),
          };
        }
        if (results.length === 0) return;
        const started = clock?.();
        spec.run(this.cached.faces, context);
        if (clock && started !== undefined) onTime(spec.name, clock() - started);
      }
    }
    world.registerSystem(Step as never);
  }
  const steps = world.getSystems();
  return {
    createEntity(name) {
      const entity = world.createEntity(name);
      const face = new HeldEntity(entity);
      faces.set(entity, face);
      return face;
    },
    // In the order of registration, without ecsy's own loop: it reads the wall clock twice a system, and the rest of what it does
    // (events of queries, deferred removals) is for what is never used here.
    execute() {
      for (const step of steps) step.execute(1, 1);
    },
    measure(newClock, newOnTime) {
      clock = newClock;
      onTime = newOnTime;
    },
  };
}
