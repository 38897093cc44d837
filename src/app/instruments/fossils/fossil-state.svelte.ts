import type { FossilReport, FossilText } from '../../../worker/protocol.ts';
import type { App } from '../../app.svelte.ts';
import { whole } from '../../ui/words.ts';

/** The fossils of this run, and the chosen one. */
export class FossilState {
  list = $state.raw<readonly FossilText[]>([]);
  report = $state.raw<FossilReport>();
  chosen = $state(-1);
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  clear(): void {
    this.list = [];
    this.close();
  }

  async refresh(): Promise<void> {
    const { app } = this;
    const { epoch } = app;
    const list = await app.worker.fossils().catch(() => undefined);
    if (!list || epoch !== app.epoch) return;
    this.list = list;
    if (this.chosen >= 0 && !list.some(({ id }) => id === this.chosen)) this.close();
  }

  close(): void {
    this.chosen = -1;
    this.report = undefined;
  }

  async choose(id: number): Promise<void> {
    const { app } = this;
    this.chosen = id;
    const { epoch } = app;
    const report = await app.ask(app.worker.fossil(id));
    if (report && epoch === app.epoch && this.chosen === id) this.report = report;
  }

  /** Opens the drawer at the fossil before (-1) or after (1) the chosen one. */
  step(by: -1 | 1): void {
    const { list, app } = this;
    const shown = app.dock.shows('fossils');
    app.dock.show('fossils');
    if (list.length === 0) return;
    const at = list.findIndex(({ id }) => id === this.chosen);
    const next = at < 0 ? (by < 0 ? list.length - 1 : 0) : shown ? (at + by + list.length) % list.length : at;
    void this.choose(list[next].id);
  }

  /** Keeps the picked organism as a fossil. */
  async keepPicked(): Promise<void> {
    const { app } = this;
    const { picked } = app;
    if (!picked) return;
    const id = await app.ask(app.worker.keepFossil(picked.population, picked.id));
    if (id === undefined) return;
    await this.refresh();
    app.say({
      text: `Organism ${picked.id} is kept as fossil ${id} of tick ${whole(this.list.find((one) => one.id === id)?.tick ?? 0)}.`,
      kind: 'plain',
      action: {
        label: 'Show it',
        run: () => {
          app.dock.show('fossils');
          void this.choose(id);
        },
      },
    });
  }
}
