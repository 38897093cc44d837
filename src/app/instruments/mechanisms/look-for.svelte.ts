import type { WorldScope } from '../../session/world-scope.svelte.ts';
import { isSeen, measureName } from './sight.ts';

/** Milliseconds between checks of the conditions. */
const every = 1500;

/** The things to look for in the world that is shown, and those seen in this run: automatically or ticked by a person. */
export class LookFor {
  seen = $state.raw<ReadonlySet<number>>(new Set());

  constructor(private readonly world: WorldScope) {
    world.every(every, () => void this.look());
  }

  /** Ticks one off, or takes the tick away. */
  set(index: number, on: boolean): void {
    const seen = new Set(this.seen);
    if (on) seen.add(index);
    else seen.delete(index);
    this.seen = seen;
  }

  private async look(): Promise<void> {
    const { text, page, log, tree } = this.world;
    if (!text || page.down || document.hidden) return;
    const open = text.lookFor.flatMap(({ seen }, index) => (seen && !this.seen.has(index) ? [{ seen, index }] : []));
    if (open.length === 0) return;
    const wanted = new Set(open.map(({ seen }) => seen.measure));
    const places = [...text.columns.keys()].filter((i) => wanted.has(measureName(text.columns[i])));
    const isCurrent = this.world.moment();
    const data = places.length > 0 ? await page.worker.record.series(places).catch(() => undefined) : undefined;
    if (!isCurrent()) return;
    const sights = {
      columns: places.map((i) => text.columns[i]),
      data,
      palette: page.looks.palette,
      changed: log.changes.map(({ path }) => path),
      events: tree.data?.events ?? [],
    };
    const found = open.filter(({ seen }) => isSeen(seen, sights));
    if (found.length === 0) return;
    this.seen = new Set([...this.seen, ...found.map(({ index }) => index)]);
  }
}
