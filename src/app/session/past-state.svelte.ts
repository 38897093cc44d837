import type { ShelfText } from '../../worker/protocol.ts';
import type { App } from '../app.svelte.ts';
import { whole } from '../ui/words.ts';

/** Kept snapshots of this run and the lines that branched off it: the states to which one can go back. */
export class PastState {
  shelf = $state.raw<ShelfText>();
  branching = $state(false);
  private readonly app: App;
  /** Snapshot to which the world is being put back; a further request waits, and only the last one counts. */
  private wish: number | undefined;

  constructor(app: App) {
    this.app = app;
  }

  /** Snapshots of the current line, and those of its parent lines from before the branches. */
  readonly path = $derived.by(() => {
    const { shelf } = this;
    if (!shelf) return [];
    const until = new Map<number, number>();
    let reach = Number.POSITIVE_INFINITY;
    for (let line = shelf.lines.find(({ id }) => id === shelf.line); line; ) {
      until.set(line.id, reach);
      reach = Math.min(reach, line.from - 1);
      const { parent } = line;
      line = shelf.lines.find(({ id }) => id === parent);
    }
    return shelf.kept.filter(({ line, tick }) => tick <= (until.get(line) ?? -1));
  });

  /** Last tick of the current line, which is ahead of the world after going back. */
  readonly tip = $derived(this.shelf?.lines.find(({ id }) => id === this.shelf?.line)?.tip ?? 0);

  clear(): void {
    this.shelf = undefined;
  }

  async refresh(): Promise<void> {
    const { app } = this;
    const { epoch } = app;
    const shelf = await app.worker.shelf().catch(() => undefined);
    if (shelf && epoch === app.epoch) this.shelf = shelf;
  }

  /** Puts the world back to a kept snapshot, paused. */
  async goTo(id: number): Promise<void> {
    const busy = this.wish !== undefined;
    this.wish = id;
    if (busy) return;
    try {
      for (let going: number | undefined; going !== this.wish; ) {
        going = this.wish;
        const kept = this.shelf?.kept.find((one) => one.id === going);
        const world = await this.app.ask(this.app.worker.scrubTo(going));
        if (world && kept && this.app.goBack(world, kept.tick)) this.announce(kept.tick);
      }
    } finally {
      this.wish = undefined;
    }
  }

  /** Goes to the kept snapshot before (-1) or after (1) the place of the world, or of the snapshot to which it is going. */
  async step(by: -1 | 1): Promise<void> {
    const { worker } = this.app;
    // The page may be some ticks behind.
    const [address] = await Promise.all([worker.address().catch(() => undefined), this.refresh()]);
    const wished = this.shelf?.kept.find(({ id }) => id === this.wish)?.tick;
    const tick = wished ?? address?.tick ?? this.app.figures.tick;
    const found = by < 0 ? this.path.findLast((kept) => kept.tick < tick) : this.path.find((kept) => kept.tick > tick);
    if (found) await this.goTo(found.id);
  }

  /** Asks for the seed of a branch from here. */
  ask(): void {
    if (this.app.world && !this.app.down) this.branching = true;
  }

  async branch(seed: string): Promise<boolean> {
    const { app } = this;
    const { tick } = await app.worker.address();
    const world = await app.ask(app.worker.branch(seed));
    if (!world || !app.goBack(world, tick)) return false;
    const text = `A branch with seed ${seed} begins at tick ${whole(tick)}. The former line is kept as long as there is room.`;
    app.say({ text, kind: 'plain' });
    return true;
  }

  private announce(tick: number): void {
    const text = `Back at tick ${whole(tick)}. Play makes the same ticks again; a change, or a branch with another seed, begins a new line.`;
    this.app.say({ text, kind: 'plain', action: { label: 'Branch from here', run: () => (this.branching = true) } });
  }
}
