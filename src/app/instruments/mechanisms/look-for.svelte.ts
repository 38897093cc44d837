import type { App } from '../../app.svelte.ts';
import { isSeen, measureName } from './sight.ts';

/** Milliseconds between checks of the conditions. */
const every = 1500;

/** The things to look for in the world that is shown, and those seen in this run: automatically or ticked by a person. */
export class LookFor {
  seen = $state.raw<ReadonlySet<number>>(new Set());
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
    setInterval(() => void this.look(), every);
  }

  /** Another world. */
  clear(): void {
    this.seen = new Set();
  }

  /** Ticks one off, or takes the tick away. */
  set(index: number, on: boolean): void {
    const seen = new Set(this.seen);
    if (on) seen.add(index);
    else seen.delete(index);
    this.seen = seen;
  }

  private async look(): Promise<void> {
    const { app } = this;
    const { world, epoch } = app;
    if (!world || app.down || document.hidden) return;
    const open = world.lookFor.flatMap(({ seen }, index) => (seen && !this.seen.has(index) ? [{ seen, index }] : []));
    if (open.length === 0) return;
    const wanted = new Set(open.map(({ seen }) => seen.measure));
    const places = [...world.columns.keys()].filter((i) => wanted.has(measureName(world.columns[i])));
    const data = places.length > 0 ? await app.series(places) : undefined;
    if (epoch !== app.epoch) return;
    const sights = {
      columns: places.map((i) => world.columns[i]),
      data,
      palette: app.palette,
      changed: app.log.changes.map(({ path }) => path),
      events: app.tree.data?.events ?? [],
    };
    const found = open.filter(({ seen }) => isSeen(seen, sights));
    if (found.length === 0) return;
    this.seen = new Set([...this.seen, ...found.map(({ index }) => index)]);
  }
}
