import type { Change, Simulation } from '../simulation/types.ts';

/** A change of a run; `own` for one that the world was given before and makes itself. */
interface Entry {
  readonly change: Change;
  readonly own: boolean;
}

/** All changes of one line, those made and those to come: a log of an earlier state of the same line restores it. */
export type ChangeList = readonly Entry[];

/**
 * Changes of one world that a person made or that came with a link or a file, oldest first: those made, then those to come.
 * A change is made as soon as its tick is reached, not with the next step: the page then shows its value at that tick.
 */
export class ChangeLog {
  private readonly world: Simulation;
  private all: Entry[];
  private due = 0;

  private constructor(world: Simulation, course: ChangeList, made: number) {
    this.world = world;
    this.all = [...course];
    this.due = made;
    this.makeDue();
  }

  /** @param changes to be made at their ticks, besides those that the world has already */
  static begin(world: Simulation, changes: readonly Change[]): ChangeLog {
    const course = [
      ...world.changes.map((change) => ({ change, own: true })),
      ...changes.map((change) => ({ change, own: false })),
    ];
    return new ChangeLog(
      world,
      course.sort((a, b) => a.change.at - b.change.at),
      0,
    );
  }

  /** Restores the changes of a line for a world in an earlier state of it, with this many changes made. */
  static resume(world: Simulation, course: ChangeList, made: number): ChangeLog {
    return new ChangeLog(world, course, made);
  }

  /** Number of changes made. */
  get count(): number {
    return this.due;
  }

  made(): readonly Change[] {
    return this.all.slice(0, this.due).map(({ change }) => change);
  }

  /** Changes made after this many first ones, without those that the world makes itself. */
  madeSince(count: number): readonly Change[] {
    return this.all.slice(count, this.due).flatMap(({ change, own }) => (own ? [] : [change]));
  }

  course(): ChangeList {
    return [...this.all];
  }

  /** Drops the changes to come, except the world's own: the run branches off. */
  dropAhead(): void {
    this.all = this.all.filter(({ own }, i) => own || i < this.due);
  }

  /**
   * Makes a change now.
   * @throws {SceneError} for an unknown path, a fixed parameter or a bad value
   */
  set(path: string, value: unknown): void {
    this.world.set(path, value);
    this.all.splice(this.due, 0, { change: { at: this.world.tick, path, value }, own: false });
    this.due += 1;
  }

  /**
   * Makes the changes due at the world's tick.
   * @throws {SceneError} if the world refuses a change, which is then dropped: the log lists what was made
   */
  makeDue(): void {
    for (; this.due < this.all.length && this.all[this.due].change.at <= this.world.tick; this.due++) {
      const { change, own } = this.all[this.due];
      if (own) continue;
      try {
        this.world.set(change.path, change.value);
      } catch (error) {
        this.all.splice(this.due, 1);
        throw error;
      }
    }
  }
}
