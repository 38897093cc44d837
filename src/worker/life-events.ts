import { deathCauses } from '../population/death-causes.ts';
import type { LifeRecord } from '../record/life-record.ts';
import type { Simulation } from '../simulation/types.ts';
import { type LifeEventKind, lifeEventKinds, lifeEventStride } from './life-event-kinds.ts';
import type { Run } from './live-run.ts';

/** Events of one kind that are kept until they are taken: more cannot be distinguished in one picture. */
const mostOfAKind = 48;

/**
 * Collects what happens to organisms in the ticks between two frames. Watches only; nothing is collected before `take` is called for the first time, or
 * when it was not called for long.
 */
export class LifeEvents {
  private world: Simulation | undefined;
  private record: LifeRecord | undefined;
  private stop = (): void => {};
  private kinds: ReadonlySet<LifeEventKind> = new Set();
  private readonly found = new Map<LifeEventKind, number[]>();
  private speciesEvents = 0;
  /** Ticks since the last call of `take`. */
  private waited = 0;

  /**
   * The events since the last call, `lifeEventStride` numbers each; of a kind of which there were many, the last ones.
   * @param kinds that are wanted from now on
   */
  take(run: Run, kinds: readonly LifeEventKind[]): Float64Array {
    this.waited = 0;
    if (run.world !== this.world || kinds.length === 0) this.forget();
    this.kinds = new Set(kinds);
    if (kinds.length === 0) return new Float64Array(0);
    if (!this.world) this.watch(run.world);
    // The record begins with the first tick, and not because of a view.
    if (!this.record && run.isWatched) {
      this.record = run.record;
      this.speciesEvents = this.record.species.events.length;
    }
    const all = lifeEventKinds.flatMap((kind) => this.found.get(kind) ?? []);
    this.found.clear();
    return Float64Array.from(all);
  }

  /** Stops watching, as when the run is left. */
  forget(): void {
    this.stop();
    this.stop = () => {};
    this.world = undefined;
    this.record = undefined;
    this.found.clear();
  }

  private watch(world: Simulation): void {
    this.world = world;
    this.stop = world.observe({ afterTick: (simulation) => this.look(simulation) });
  }

  private look(simulation: Simulation): void {
    this.waited += 1;
    // A hidden page asks for no frames.
    if (this.waited > 5000) {
      this.forget();
      return;
    }
    for (const population of simulation.populations) {
      if (this.wants('birth') || this.wants('mating')) {
        const { count, id, parent, mate, x, y } = simulation.births(population);
        for (let k = Math.max(0, count - mostOfAKind); k < count; k++) {
          this.add('birth', id[k], parent[k], x[k], y[k]);
          if (mate[k] >= 0) this.add('mating', parent[k], mate[k], x[k], y[k]);
        }
      }
      if (this.wants('death') || this.wants('bite')) {
        const { count, id, cause, x, y } = simulation.deaths(population);
        for (let k = 0; k < count; k++) this.add(deathCauses[cause[k]] === 'predation' ? 'bite' : 'death', id[k], -1, x[k], y[k]);
      }
      if (this.wants('transfer')) {
        const { count, recipient, donor } = simulation.transfers(population);
        for (let k = Math.max(0, count - mostOfAKind); k < count; k++) this.add('transfer', recipient[k], donor[k], 0, 0);
      }
    }
    if (this.record && this.wants('species')) {
      const { events, entries } = this.record.species;
      for (; this.speciesEvents < events.length; this.speciesEvents++) {
        const { kind, species } = events[this.speciesEvents];
        const founder = entries.find(({ id }) => id === species)?.representative ?? -1;
        if (kind === 'split' && founder >= 0) this.add('species', founder, -1, 0, 0);
      }
    }
  }

  private wants(kind: LifeEventKind): boolean {
    return this.kinds.has(kind);
  }

  private add(kind: LifeEventKind, id: number, other: number, x: number, y: number): void {
    if (!this.kinds.has(kind)) return;
    let list = this.found.get(kind);
    if (!list) {
      list = [];
      this.found.set(kind, list);
    }
    list.push(lifeEventKinds.indexOf(kind), id, other, x, y);
    if (list.length > 2 * mostOfAKind * lifeEventStride) list.splice(0, list.length - mostOfAKind * lifeEventStride);
  }
}
