import { showText } from '../../parameter/show.ts';
import type { CurrentRun } from '../current-run.ts';
import type { WorldText } from '../describe-world.ts';
import type { Playback } from '../playback.ts';
import type { RunHistory } from '../run-history.ts';
import type { SnapshotsText } from '../snapshot-history.ts';

/** Kept snapshots of the run and of the lines that it has left. */
export class PastTopic {
  constructor(
    private readonly current: CurrentRun,
    private readonly history: RunHistory,
    private readonly playback: Playback,
  ) {}

  snapshots(): SnapshotsText {
    return this.history.describe();
  }

  /** Puts the world back to a kept snapshot, paused. Continuing makes the same ticks and changes again. @throws {Error} if it is no longer kept */
  goTo(id: number): WorldText {
    this.current.require();
    this.playback.player.pause();
    return this.current.enter(this.history.resume(id));
  }

  /** From here on draws come from another seed: a separate line, which a link cannot reproduce. @throws {Error} for a seed that the run has */
  branch(seed: string): WorldText {
    const run = this.current.require();
    if (seed === run.world.seed || seed === this.current.origin.firstSeed) {
      throw new Error(`seed: this run already has ${showText(seed, 40)}; give a branch another`);
    }
    this.playback.player.pause();
    const twin = run.branch(seed);
    this.history.keepTip();
    this.history.beginLine(run.changes.course(), seed);
    twin.changes.dropAhead();
    return this.current.enter(twin);
  }
}
