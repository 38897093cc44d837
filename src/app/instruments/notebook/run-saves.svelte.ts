import type { NotableEvent } from '../../../worker/event-watch.ts';
import { Query } from '../../session/query.svelte.ts';
import type { WorldScope } from '../../session/world-scope.svelte.ts';
import { whole } from '../../ui/words.ts';

/** Milliseconds between checks whether the run should be saved, and least and most between two saves. */
const lookEvery = 1000;
const [soonest, latest] = [4000, 8000];
/** A save may take this share of the time. */
const mostShare = 1 / 20;
/** Automatic entries at events, of one run, and milliseconds between two of them: events may come in swarms. */
const mostEvents = 12;
const eventsApart = 10_000;

/** What the notebook keeps of the run of one world: autosaves every few seconds, and entries at events. */
export class RunSaves {
  /** Notable events so far. */
  happened = $state.raw<readonly NotableEvent[]>([]);
  /** Whether it was said that the room is running out. */
  warned = false;
  /** Entry under which the world is saved; '' until there is something to save. */
  private current = '';
  private savedTick = -1;
  private savedAt = performance.now();
  private cost = 0;
  private saving = false;
  private eventsKept = 0;
  private eventAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly world: WorldScope) {
    new Query(world, () => world.worker.transport.events(this.happened.length), {
      when: 'event',
      taken: (found) => void this.takeEvents(found),
    });
    world.every(lookEvery, () => void this.look());
  }

  /** Takes up the entry from which the world was opened. @param own whether it was written by this tab, which then continues it */
  takeUp({ id, tick }: { readonly id: string; readonly tick: number }, own: boolean): void {
    if (own) this.current = id;
    this.savedTick = tick;
  }

  /** Entries were removed: a removed autosave is written again only when the world has continued. */
  forget(ids: readonly string[]): void {
    if (ids.includes(this.current)) this.savedTick = this.world.figures.tick;
  }

  async autosave(): Promise<void> {
    const { figures, text, page } = this.world;
    if (this.saving || !text || page.down || figures.tick === 0 || figures.tick === this.savedTick) return;
    if (this.current === '') this.current = await page.notebook.autosaveName();
    this.saving = true;
    const began = performance.now();
    const entry = await page.notebook.keepAs(this.current, 'autosave', text.title);
    this.saving = false;
    this.savedAt = performance.now();
    this.cost = this.savedAt - began;
    if (entry) this.savedTick = entry.tick;
  }

  private async look(): Promise<void> {
    const wait = Math.min(latest, Math.max(soonest, this.cost / mostShare));
    if (performance.now() - this.savedAt >= wait) await this.autosave();
  }

  /** At an event: reports it if the world has paused for it, and keeps the world if requested. */
  private async takeEvents(found: readonly NotableEvent[]): Promise<void> {
    if (found.length === 0) return;
    const { page } = this.world;
    const { notebook } = page;
    this.happened = [...this.happened, ...found];
    const stop = found.find(({ kind }) => notebook.pauseAt.includes(kind));
    if (stop) page.notices.say({ text: `Paused at tick ${whole(stop.tick)}: ${stop.text}.`, kind: 'plain' });
    // Events of the same time are kept as one entry.
    const [first, ...others] = found.filter(({ kind }) => notebook.keepAt.includes(kind));
    if (!first || this.eventsKept >= mostEvents || performance.now() - this.eventAt < eventsApart) return;
    this.eventsKept++;
    this.eventAt = performance.now();
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    await notebook.keepAs(crypto.randomUUID(), 'event', `Tick ${whole(first.tick)}: ${first.text}${more}`);
  }
}
