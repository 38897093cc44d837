import type { Change, Simulation } from '../simulation/types.ts';

/**
 * Changes of one world that a person made or that came with a link or a file, oldest first: those made, then those to come.
 * A change is made as soon as its tick is reached, not with the next step: the page then shows its value at that tick.
 */
export class ChangeLog {
  private readonly world: Simulation;
  private readonly all: Change[];
  /** Changes that the world was given before this log: it makes them itself. */
  private readonly kept: ReadonlySet<Change>;
  private due = 0;

  /** @param changes to be made at their ticks, beside those that the world has already */
  constructor(world: Simulation, changes: readonly Change[]) {
    this.world = world;
    this.kept = new Set(world.changes);
    this.all = [...world.changes, ...changes].sort((a, b) => a.at - b.at);
    this.makeDue();
  }

  /** Number of changes made. */
  get count(): number {
    return this.due;
  }

  made(): readonly Change[] {
    return this.all.slice(0, this.due);
  }

  /**
   * Makes a change now.
   * @throws {SceneError} for an unknown path, a fixed parameter or a bad value
   */
  set(path: string, value: unknown): void {
    this.world.set(path, value);
    this.all.splice(this.due, 0, { at: this.world.tick, path, value });
    this.due += 1;
  }

  /**
   * Makes what is due at the world's tick.
   * @throws {SceneError} when the world refuses a change, which is then dropped: the log lists what was made
   */
  makeDue(): void {
    for (; this.due < this.all.length && this.all[this.due].at <= this.world.tick; this.due++) {
      const change = this.all[this.due];
      if (this.kept.has(change)) continue;
      try {
        this.world.set(change.path, change.value);
      } catch (error) {
        this.all.splice(this.due, 1);
        throw error;
      }
    }
  }
}
