import type { FossilReport, FossilText } from '../../../worker/report-fossil.ts';
import { Query } from '../../session/query.svelte.ts';
import type { WorldScope } from '../../session/world-scope.svelte.ts';
import { whole } from '../../ui/words.ts';

/** The fossils of this run, and the chosen one. */
export class FossilState {
  report = $state.raw<FossilReport>();
  chosen = $state(-1);
  private readonly asked: Query<readonly FossilText[]>;

  constructor(private readonly world: WorldScope) {
    this.asked = new Query(world, () => world.worker.record.fossils(), {
      when: 'fossil',
      taken: (list) => {
        if (this.chosen >= 0 && !list.some(({ id }) => id === this.chosen)) this.close();
      },
    });
  }

  /** All fossils; none before the first answer. */
  get list(): readonly FossilText[] {
    return this.asked.value ?? [];
  }

  refresh(): Promise<readonly FossilText[] | undefined> {
    return this.asked.ask();
  }

  close(): void {
    this.chosen = -1;
    this.report = undefined;
  }

  async choose(id: number): Promise<void> {
    const { page } = this.world;
    this.chosen = id;
    const isCurrent = this.world.moment();
    const report = await page.notices.attempt(page.worker.record.fossil(id));
    if (report && isCurrent() && this.chosen === id) this.report = report;
  }

  /** Opens the drawer at the fossil before (-1) or after (1) the chosen one. */
  step(by: -1 | 1): void {
    const { list, world } = this;
    const { page } = world;
    const shown = page.dock.shows('fossils');
    page.dock.show('fossils');
    if (list.length === 0) return;
    const at = list.findIndex(({ id }) => id === this.chosen);
    const next = at < 0 ? (by < 0 ? list.length - 1 : 0) : shown ? (at + by + list.length) % list.length : at;
    void this.choose(list[next].id);
  }

  /** Keeps the picked organism as a fossil. */
  async keepPicked(): Promise<void> {
    const { page, picked } = this.world;
    if (!picked) return;
    const id = await page.notices.attempt(page.worker.record.keepFossil(picked.population, picked.id));
    if (id === undefined) return;
    await this.refresh();
    page.notices.say({
      text: `Organism ${picked.id} is kept as fossil ${id} of tick ${whole(this.list.find((one) => one.id === id)?.tick ?? 0)}.`,
      kind: 'plain',
      action: {
        label: 'Show it',
        run: () => {
          page.dock.show('fossils');
          void this.choose(id);
        },
      },
    });
  }
}
