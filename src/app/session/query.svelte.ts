import { untrack } from 'svelte';
import type { Figures } from '../../worker/figures.ts';
import { messageOf } from '../ui/words.ts';
import type { WorldScope } from './world-scope.svelte.ts';

/** Occasions on which an answer changes, each with the number of the transport that shows it. */
const occasions = {
  /** A parameter was changed. */
  change: ({ changes }: Figures) => changes,
  /** Something was added to the log. */
  log: ({ changes, notices }: Figures) => `${changes} ${notices}`,
  /** Snapshots were kept or dropped, or a line began. */
  snapshots: ({ snapshots }: Figures) => snapshots,
  /** A species began, split, merged or ended. */
  species: ({ speciesEvents }: Figures) => speciesEvents,
  /** The hues of species begin to move. */
  hues: ({ hues }: Figures) => hues,
  fossil: ({ fossils }: Figures) => fossils,
  /** Something worth keeping happened. */
  event: ({ moments }: Figures) => moments,
  /** A window between two censuses was closed. */
  census: ({ censuses }: Figures) => censuses,
} as const;
export type Occasion = keyof typeof occasions;

export interface QueryOptions<T> {
  /** Asks again on this occasion. */
  readonly when?: Occasion;
  /** Asks again after this many milliseconds, while the page is seen. */
  readonly every?: number;
  /** Shows a person why there is no answer. By default there is only none: the connection reports a lost worker. */
  readonly tells?: boolean;
  /** Takes each answer that is not stale. */
  taken?(answer: T): void;
}

/** A question of the worker about one world, and its last answer. */
export class Query<T> {
  /** Undefined until the first answer. */
  value = $state.raw<T>();
  /** Why the last question has no answer, or ''. */
  problem = $state('');
  private seen: number | string;
  private ended = false;
  private readonly timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly world: WorldScope,
    private readonly question: () => Promise<T | undefined>,
    private readonly options: QueryOptions<T> = {},
  ) {
    const { when, every } = options;
    // The values that it begins with do not make it begin again.
    this.seen = when ? untrack(() => occasions[when](world.figures)) : 0;
    if (every !== undefined) {
      this.timer = setInterval(() => {
        if (!document.hidden && !world.page.down) void this.ask();
      }, every);
    }
    world.queries.add(this as Query<unknown>);
  }

  /** Asks, and returns the answer; undefined if there is none, or the world is another one or at another time by then. */
  async ask(): Promise<T | undefined> {
    const isCurrent = this.world.moment();
    let problem = '';
    const answer = await this.question().catch((error: unknown) => {
      problem = messageOf(error);
      if (this.options.tells && isCurrent()) this.world.page.notices.trouble(error);
      return undefined;
    });
    if (!this.ended && isCurrent()) this.problem = problem;
    if (this.ended || !isCurrent() || answer === undefined) return undefined;
    this.value = answer;
    this.options.taken?.(answer);
    return answer;
  }

  /** Asks if the figures show its occasion. */
  look(figures: Figures): void {
    const { when } = this.options;
    if (!when || occasions[when](figures) === this.seen) return;
    this.seen = occasions[when](figures);
    void this.ask();
  }

  /** Nothing is asked and no answer is taken any more. */
  end(): void {
    this.ended = true;
    clearInterval(this.timer);
    this.world.queries.delete(this as Query<unknown>);
  }
}

/** A question of a component; the answer is undefined until the first one about the present world, in which a skeleton is shown. */
export interface Asked<T> {
  readonly value: T | undefined;
  /** Why the last question has no answer, or ''. */
  readonly problem: string;
  ask(): Promise<T | undefined>;
}

/**
 * Asks about the present world as long as the component is there: at once, on the occasions of the options, when another world is entered, and when
 * something changes that the question reads.
 * @param question undefined where there is nothing to ask. What it reads should change only when the question does: values out of objects that are made
 * again and again are read through a `$derived` of their own
 */
export function query<T>(
  worldOf: () => WorldScope,
  question: () => Promise<T | undefined> | undefined,
  options: QueryOptions<T> & {
    /** Asks only on request. */
    readonly waits?: boolean;
  } = {},
): Asked<T> {
  let live = $state.raw<Query<T>>();
  $effect(() => {
    const made = new Query<T>(worldOf(), async () => question(), options);
    live = made;
    if (!options.waits) void made.ask();
    return () => made.end();
  });
  return {
    get value() {
      return live?.value;
    },
    get problem() {
      return live?.problem ?? '';
    },
    ask: () => live?.ask() ?? Promise.resolve(undefined),
  };
}
