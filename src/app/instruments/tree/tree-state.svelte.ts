import type { Highlight } from '../../../worker/highlighter.ts';
import type { Phylogeny } from '../../../worker/report-phylogeny.ts';
import { Query } from '../../session/query.svelte.ts';
import type { WorldScope } from '../../session/world-scope.svelte.ts';
import type { SpeciesNames } from '../../ui/describe-species.ts';
import { isBoolean, recall, remember } from '../../ui/remember.ts';
import { cladeOf, pathOf } from './clade.ts';

/** The species of this run, and the clade that is highlighted in world, tree and Muller plot. */
export class TreeState {
  /** Index of the population whose species are shown. */
  population = $state(0);
  /** Species pointed at or focused, and the one that was pinned; -1 for none. */
  pointed = $state(-1);
  pinned = $state(-1);
  /** Shares of all instead of numbers in the Muller plot. */
  shares = $state(recall('shares', false, isBoolean));
  /** Short-lived species with rows and labels of their own. */
  all = $state(recall('short-lived', false, isBoolean));
  /** Names of the species that last. */
  names = $state.raw<SpeciesNames>(new Map());
  private readonly asked: Query<Phylogeny>;
  private readonly askedHues: Query<ReadonlyMap<number, number>>;

  constructor(private readonly world: WorldScope) {
    this.asked = new Query(world, () => world.worker.record.phylogeny(), {
      when: 'species',
      taken: ({ species, tick }) => {
        const { name, firstSeed } = world.text ?? {};
        void import('../../../record/name-species.ts').then(({ nameSpecies }) => {
          this.names = nameSpecies(species, `${name} ${firstSeed}`, tick);
        });
        for (const key of ['pointed', 'pinned'] as const) if (!species.some(({ id }) => id === this[key])) this[key] = -1;
      },
    });
    this.askedHues = new Query(world, () => world.worker.record.hues(), { when: 'hues' });
  }

  get data(): Phylogeny | undefined {
    return this.asked.value;
  }

  /** Hues of species by id, in turns, as in the world. */
  get hues(): ReadonlyMap<number, number> {
    return this.askedHues.value ?? new Map();
  }

  /** Species whose clade is highlighted, or -1. */
  readonly at = $derived(this.pointed >= 0 ? this.pointed : this.pinned);
  readonly clade = $derived<ReadonlySet<number>>(new Set(this.at < 0 ? [] : cladeOf(this.data?.species ?? [], this.at)));
  readonly highlight = $derived.by((): Highlight | undefined =>
    this.at < 0 ? undefined : { kind: 'species', species: [...this.clade] },
  );
  /** Species on the line of descent of the picked organism, the first one last. */
  readonly path = $derived.by<readonly number[]>(() => {
    const own = this.world.lineage.line?.species[0];
    return own === undefined ? [] : pathOf(this.data?.species ?? [], own);
  });

  async refresh(): Promise<Phylogeny | undefined> {
    const [data] = await Promise.all([this.asked.ask(), this.askedHues.ask()]);
    return data;
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

  toggleAll(): void {
    this.all = !this.all;
    remember('short-lived', this.all);
  }

  toggleShares(): void {
    this.shares = !this.shares;
    remember('shares', this.shares);
  }
}
