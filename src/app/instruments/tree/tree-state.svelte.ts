import type { Highlight, Phylogeny } from '../../../worker/protocol.ts';
import { speciesHues } from '../../../worker/species-hue.ts';
import type { App } from '../../app.svelte.ts';
import { isBoolean, recall, remember } from '../../ui/remember.ts';
import { cladeOf, pathOf } from './clade.ts';

/** The species of this run, and the clade that is highlighted in world, tree and Muller plot. */
export class TreeState {
  data = $state.raw<Phylogeny>();
  /** Index of the population whose species are shown. */
  population = $state(0);
  /** Species pointed at or focused, and the one that was pinned; -1 for none. */
  pointed = $state(-1);
  pinned = $state(-1);
  /** Shares of all instead of numbers in the Muller plot. */
  shares = $state(recall('shares', false, isBoolean));
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  readonly hues = $derived(speciesHues(this.data?.species ?? []));
  /** Species whose clade is highlighted, or -1. */
  readonly at = $derived(this.pointed >= 0 ? this.pointed : this.pinned);
  readonly clade = $derived<ReadonlySet<number>>(new Set(this.at < 0 ? [] : cladeOf(this.data?.species ?? [], this.at)));
  readonly highlight = $derived.by((): Highlight | undefined =>
    this.at < 0 ? undefined : { kind: 'species', species: [...this.clade] },
  );
  /** Species on the line of descent of the picked organism, the first one last. */
  readonly path = $derived.by<readonly number[]>(() => {
    const own = this.app.lineage.line?.species[0];
    return own === undefined ? [] : pathOf(this.data?.species ?? [], own);
  });

  clear(): void {
    this.data = undefined;
    this.population = 0;
    this.pointed = -1;
    this.pinned = -1;
  }

  async refresh(): Promise<void> {
    const { app } = this;
    const { epoch } = app;
    const data = await app.worker.phylogeny().catch(() => undefined);
    if (!data || epoch !== app.epoch) return;
    this.data = data;
    for (const key of ['pointed', 'pinned'] as const) {
      if (!data.species.some(({ id }) => id === this[key])) this[key] = -1;
    }
  }

  /** Shows the population of a species and keeps its clade highlighted. */
  find(species: number): void {
    const found = this.data?.species.find(({ id }) => id === species);
    if (!found) return;
    this.population = found.population;
    this.pinned = species;
  }

  /** Keeps a clade highlighted, or releases it. */
  pin(species: number): void {
    this.pinned = this.pinned === species ? -1 : species;
  }

  toggleShares(): void {
    this.shares = !this.shares;
    remember('shares', this.shares);
  }
}
