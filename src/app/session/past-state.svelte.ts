import type { SnapshotsText } from '../../worker/snapshot-history.ts';
import { whole } from '../ui/words.ts';
import { Query } from './query.svelte.ts';
import type { WorldScope } from './world-scope.svelte.ts';

/** Kept snapshots of this run and the lines that branched off it: the states to which one can go back. */
export class PastState {
  branching = $state(false);
  private readonly asked: Query<SnapshotsText>;
  /** Snapshot to which the world is being put back; a further request waits, and only the last one counts. */
  private wish: number | undefined;

  constructor(private readonly world: WorldScope) {
    this.asked = new Query(world, () => world.worker.past.snapshots(), { when: 'snapshots' });
  }

  get snapshots(): SnapshotsText | undefined {
    return this.asked.value;
  }

  /** Snapshots of the current line, and those of its parent lines from before the branches. */
  readonly path = $derived.by(() => {
    const { snapshots } = this;
    if (!snapshots) return [];
    const until = new Map<number, number>();
    let reach = Number.POSITIVE_INFINITY;
    for (let line = snapshots.lines.find(({ id }) => id === snapshots.line); line; ) {
      until.set(line.id, reach);
      reach = Math.min(reach, line.from - 1);
      const { parent } = line;
      line = snapshots.lines.find(({ id }) => id === parent);
    }
    return snapshots.kept.filter(({ line, tick }) => tick <= (until.get(line) ?? -1));
  });

  /** Last tick of the current line, which is ahead of the world after going back. */
  readonly tip = $derived(this.snapshots?.lines.find(({ id }) => id === this.snapshots?.line)?.tip ?? 0);

  refresh(): Promise<SnapshotsText | undefined> {
    return this.asked.ask();
  }

  /** Puts the world back to a kept snapshot, paused. */
  async goTo(id: number): Promise<void> {
    const busy = this.wish !== undefined;
    this.wish = id;
    if (busy) return;
    const { page } = this.world;
    try {
      for (let going: number | undefined; going !== this.wish; ) {
        going = this.wish;
        const kept = this.snapshots?.kept.find((one) => one.id === going);
        const world = await page.notices.attempt(page.worker.past.goTo(going));
        if (world && kept && page.worlds.goBack(world, kept.tick)) this.announce(kept.tick);
      }
    } finally {
      this.wish = undefined;
    }
  }

  /** Goes to the kept snapshot before (-1) or after (1) the place of the world, or of the snapshot to which it is going. */
  async step(by: -1 | 1): Promise<void> {
    const { worker } = this.world.page;
    // The page may be some ticks behind.
    const [address] = await Promise.all([worker.run.address().catch(() => undefined), this.refresh()]);
    const wished = this.snapshots?.kept.find(({ id }) => id === this.wish)?.tick;
    const tick = wished ?? address?.tick ?? this.world.figures.tick;
    const found = by < 0 ? this.path.findLast((kept) => kept.tick < tick) : this.path.find((kept) => kept.tick > tick);
    if (found) await this.goTo(found.id);
  }

  /** Asks for the seed of a branch from here. */
  ask(): void {
    if (this.world.text && !this.world.page.down) this.branching = true;
  }

  async branch(seed: string): Promise<boolean> {
    const { page } = this.world;
    const { tick } = await page.worker.run.address();
    const world = await page.notices.attempt(page.worker.past.branch(seed));
    if (!world || !page.worlds.goBack(world, tick)) return false;
    const text = `A branch with seed ${seed} begins at tick ${whole(tick)}. The former line is kept as long as there is room.`;
    page.notices.say({ text, kind: 'plain' });
    return true;
  }

  private announce(tick: number): void {
    const text = `Back at tick ${whole(tick)}. Play makes the same ticks again; a change, or a branch with another seed, begins a new line.`;
    this.world.page.notices.say({
      text,
      kind: 'plain',
      action: { label: 'Branch from here', run: () => (this.branching = true) },
    });
  }
}
