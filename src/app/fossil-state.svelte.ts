import type { FossilReport, FossilText } from '../worker/protocol.ts';
import type { Station } from './station.svelte.ts';
import { whole } from './words.ts';

/** The fossils of this run, and the chosen one. */
export class FossilState {
  list = $state.raw<readonly FossilText[]>([]);
  report = $state.raw<FossilReport>();
  chosen = $state(-1);
  private readonly station: Station;

  constructor(station: Station) {
    this.station = station;
  }

  clear(): void {
    this.list = [];
    this.close();
  }

  async refresh(): Promise<void> {
    const { station } = this;
    const { epoch } = station;
    const list = await station.worker.fossils().catch(() => undefined);
    if (!list || epoch !== station.epoch) return;
    this.list = list;
    if (this.chosen >= 0 && !list.some(({ id }) => id === this.chosen)) this.close();
  }

  close(): void {
    this.chosen = -1;
    this.report = undefined;
  }

  async choose(id: number): Promise<void> {
    const { station } = this;
    this.chosen = id;
    const { epoch } = station;
    const report = await station.ask(station.worker.fossil(id));
    if (report && epoch === station.epoch && this.chosen === id) this.report = report;
  }

  /** Opens the drawer at the fossil before (-1) or after (1) the chosen one. */
  step(by: -1 | 1): void {
    const { list, station } = this;
    const shown = station.dockOpen && station.tab === 'fossils';
    station.showTab('fossils');
    if (list.length === 0) return;
    const at = list.findIndex(({ id }) => id === this.chosen);
    const next = at < 0 ? (by < 0 ? list.length - 1 : 0) : shown ? (at + by + list.length) % list.length : at;
    void this.choose(list[next].id);
  }

  /** Keeps the picked organism as a fossil. */
  async keepPicked(): Promise<void> {
    const { station } = this;
    const { picked } = station;
    if (!picked) return;
    const id = await station.ask(station.worker.keepFossil(picked.population, picked.id));
    if (id === undefined) return;
    await this.refresh();
    station.say({
      text: `Organism ${picked.id} is kept as fossil ${id} of tick ${whole(this.list.find((one) => one.id === id)?.tick ?? 0)}.`,
      kind: 'plain',
      action: {
        label: 'Show it',
        run: () => {
          station.showTab('fossils');
          void this.choose(id);
        },
      },
    });
  }
}
