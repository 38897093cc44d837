import type { ChangeList } from './change-log.ts';
import type { CurrentRun } from './current-run.ts';
import { type KeptRun, Run } from './live-run.ts';
import { type Line, SnapshotHistory, type SnapshotsText } from './snapshot-history.ts';

/** Snapshots of the current run and of the lines that it has left, with the changes of those lines. */
export class RunHistory {
  private snapshots = new SnapshotHistory<KeptRun>(0, '');
  /** All changes of the lines that the run has left, by line. */
  private readonly changeLists = new Map<number, ChangeList>();

  constructor(private readonly current: CurrentRun) {
    current.onBegin(({ world }) => {
      const version = this.snapshots.version + 1;
      this.snapshots = new SnapshotHistory(world.tick, world.seed);
      this.snapshots.version = version;
      this.changeLists.clear();
    });
  }

  /** Increases with every change, so that the page knows when to look again. */
  get version(): number {
    return this.snapshots.version;
  }

  /** The current line. */
  get line(): Line {
    return this.snapshots.line;
  }

  describe(): SnapshotsText {
    return this.snapshots.describe();
  }

  /** The kept snapshot of the current line that is nearest to a tick, and not later than another; undefined if there is none. */
  nearest(tick: number, latest: number): KeptRun | undefined {
    return this.snapshots.nearest(tick, latest);
  }

  /** Keeps a snapshot of the run if it is time for one. */
  keepIfDue(): void {
    const run = this.current.require();
    if (this.snapshots.isDue(run.world.tick)) this.snapshots.keep(run.keep());
  }

  /** Records that the run has reached its tick. */
  reach(): void {
    this.snapshots.reach(this.current.require().world.tick);
  }

  /**
   * Leaves the current line for a new one that begins at the present tick.
   * @param course all changes of the line that is left
   * @param seed of the new line
   */
  beginLine(course: ChangeList, seed: string): void {
    this.changeLists.set(this.snapshots.current, course);
    this.snapshots.branch(this.current.require().world.tick, seed);
  }

  /** Keeps the state that is left, so that one can come back to it. */
  keepTip(): void {
    const run = this.current.require();
    if (run.world.tick === this.line.tip) this.snapshots.keep(run.keep());
  }

  /** The run at a kept snapshot, whose line becomes the current one. @throws {Error} if it is no longer kept */
  resume(id: number): Run {
    this.changeLists.set(this.snapshots.current, this.current.require().changes.course());
    this.keepTip();
    const kept = this.snapshots.take(id);
    if (!kept) throw new Error('this snapshot was dropped because there were too many; choose another');
    return Run.resume(kept, this.changeLists.get(this.snapshots.current) ?? []);
  }
}
