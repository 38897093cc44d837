import type { CurrentRun } from '../current-run.ts';
import type { EntryKind, EntryText } from '../notebook/entry-text.ts';
import { type EntrySeries, NotebookStore } from '../notebook/notebook-store.ts';
import type { Playback } from '../playback.ts';
import type { OpenedWorld } from './run.ts';

/** Runs in the notebook of this browser. */
export class NotebookTopic {
  private readonly store = new NotebookStore();

  constructor(
    private readonly current: CurrentRun,
    private readonly playback: Playback,
  ) {}

  /** Saves the current run, replacing an entry of the same id. @throws {Error} one line if there is no room, or the browser stores nothing */
  save({ id, kind, name }: { readonly id: string; readonly kind: EntryKind; readonly name: string }): Promise<EntryText> {
    const run = this.current.require();
    const { world, changes } = run;
    const kept = run.keep();
    const text = {
      ...{ id, kind, name },
      title: world.scene.title,
      seed: world.seed,
      tick: world.tick,
      living: world.populations.reduce((sum, { count }) => sum + count, 0),
      playing: this.playback.player.playing,
      savedAt: Date.now(),
    };
    // The current run is saved, whatever happens during the writing.
    return this.store.put(text, { ...this.current.origin, course: changes.course(), kept });
  }

  /** Restores a run, paused. @throws {Error} one line for an entry that is gone, damaged or of a later version */
  async open(id: string): Promise<OpenedWorld> {
    const { saved, run } = await this.store.take(id);
    const { scene, firstSeed, began } = saved;
    const { tick } = run.world;
    return { world: this.current.begin(run, { scene, firstSeed, began }), scene, tick };
  }

  /** Plots of all measures of an entry. @throws {Error} one line for one that is gone, damaged or of a later version */
  series(id: string): Promise<EntrySeries> {
    return this.store.series(id);
  }
}
