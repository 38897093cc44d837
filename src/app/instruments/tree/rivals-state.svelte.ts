import type { ReplayedRivals } from '../../../analysis/rivals/replay-rivals.ts';
import { type Fared, faredOf } from '../../../experiment/describe-rivals.ts';
import type { RivalOf } from '../../../worker/topics/rivals.ts';
import type { WorldScope } from '../../session/world-scope.svelte.ts';
import { TaskPool } from '../../ui/task-pool.svelte.ts';

/** A lineage whose success is asked about. */
export interface RivalSubject {
  readonly kind: 'organism' | 'species' | 'rise';
  readonly population: string;
  readonly of: RivalOf;
  readonly whose: string;
}

/** Milliseconds between two looks at which lineages can be asked about. */
const lookEvery = 1500;

/** Two clades of the page's world side by side: whose, the question in progress and its answer. */
export class RivalsState {
  found = $state.raw<ReplayedRivals>();
  /** Whose clade the answer is about. */
  answered = $state.raw<RivalSubject>();
  readonly pool = new TaskPool();
  /** Whether the panel shall come into view, since the question was put elsewhere. */
  called = $state(false);
  private chosen = $state<RivalSubject['kind']>();
  /** Why they cannot be asked about, by `whose`. */
  private problems = $state.raw<ReadonlyMap<string, string>>(new Map());

  constructor(private readonly world: WorldScope) {
    world.onLeave(() => this.pool.stop());
  }

  /** What can be chosen: the clade of the picked organism, that of the pinned species, and the one that rose most. */
  readonly subjects = $derived.by((): readonly RivalSubject[] => {
    const { picked, text, tree } = this.world;
    const nameOf = (population: number) => text?.populations[population]?.name ?? '';
    const pinned = tree.data?.species.find(({ id }) => id === tree.pinned);
    const population = picked?.population ?? nameOf(tree.population);
    return [
      ...(picked
        ? [{ kind: 'organism', population, of: { organism: picked.id }, whose: `the clade of organism ${picked.id}` } as const]
        : []),
      ...(pinned
        ? [
            {
              kind: 'species',
              population: nameOf(pinned.population),
              of: { species: pinned.id },
              whose: `the main clade of species ${pinned.id}`,
            } as const,
          ]
        : []),
      { kind: 'rise', population, of: {}, whose: 'the clade that rose most' },
    ];
  });
  readonly subject = $derived(this.subjects.find(({ kind }) => kind === this.chosen) ?? this.subjects[0]);

  choose(kind: RivalSubject['kind']): void {
    this.chosen = kind;
  }

  /** How the clade of a subject fared, as far as that is the answer that is shown. */
  faredOf(subject: RivalSubject | undefined): Fared | undefined {
    const { found, answered } = this;
    return found && subject && answered?.whose === subject.whose ? faredOf(found) : undefined;
  }

  /** Why a subject cannot be asked about now; '' if it can. */
  problemOf({ whose }: RivalSubject): string {
    return this.problems.get(whose) ?? '';
  }

  /** Keeps `problemOf` up to date until the returned function is called. */
  watch(): () => void {
    const { subjects, world } = this;
    const look = async () => {
      if (document.hidden || world.page.down || !world.text) return;
      const found = await Promise.all(
        subjects.map(async ({ population, of, whose }) => [whose, await world.worker.rivals.problem(population, of)] as const),
      ).catch(() => undefined);
      if (found) this.problems = new Map(found);
    };
    void look();
    const timer = setInterval(() => void look(), lookEvery);
    return () => clearInterval(timer);
  }

  /** Shows the panel with the clade of the picked organism, and asks about it if that is not what is shown. */
  askPicked(): void {
    this.choose('organism');
    this.called = true;
    this.world.page.dock.show('tree');
    if (this.answered?.whose === this.subject.whose) return;
    this.pool.stop();
    void this.begin();
  }

  /** Makes the past of the world again, beside it. */
  async begin(): Promise<void> {
    const { subject } = this;
    const { page } = this.world;
    await this.pool.begin(async () => {
      const replay = await page.notices.attempt(page.worker.rivals.start(subject.population, subject.of));
      if (!replay) return;
      this.found = undefined;
      this.answered = subject;
      return {
        tasks: 1,
        perform: async (_, thread) => {
          this.found = await thread.ask('rivals', replay);
        },
      };
    });
  }
}
