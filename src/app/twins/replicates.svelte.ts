import type { NamedMeasure } from '../../experiment/twins/perform-replicate.ts';
import type { ReplicateLook, TwinReplicates } from '../../experiment/twins/twin-replicates.ts';
import { startTaskThread } from '../../worker/tasks/start-task-thread.ts';
import type { TaskThread } from '../../worker/tasks/task-protocol.ts';
import { messageOf } from '../ui/words.ts';
import { namesOrganisms } from './ids-of-twin.ts';
import { planReplicates } from './plan-replicates.ts';
import type { Parting, TwinChange } from './twin-change.ts';

/** Bytes of all states of replicates together, at most. */
const mostBytes = 512e6;
/** Most threads; two cores are left to the worlds that are watched. */
const mostThreads = 3;
/** Milliseconds between two looks at whether there is more to do, and between two judgements. */
const lookEvery = 300;
const judgeEvery = 500;
/** How long a thread rests after a piece while it shares cores with worlds that run as fast as they can, in times of that piece. */
const restShare = 4;

/** What replicates need of the twins that they belong to. */
export interface ReplicatedTwins {
  readonly changes: { readonly parting: Parting | undefined; readonly made: readonly TwinChange[] };
  readonly measures: readonly NamedMeasure[];
  readonly ended: boolean;
  readonly world: {
    readonly text: { readonly seed: string } | undefined;
    readonly figures: { readonly tick: number; readonly playing: boolean };
    readonly page: { readonly transport: { readonly speed: number } };
  };
}

/** Makes replicates of two twins in threads of their own, as far as the watched worlds have come, and lets these go first. */
export class Replicates {
  /** Of each measure; none before the first piece. */
  looks = $state.raw<readonly ReplicateLook[]>([]);
  /** Whether they are made; a person can stop them. */
  on = $state(true);
  /** Why there are none, or ''. */
  problem = $state('');
  private book: TwinReplicates | undefined;
  private threads: TaskThread[] = [];
  private turn = 0;
  private judged = -1;
  private judgedAt = 0;

  constructor(private readonly twins: ReplicatedTwins) {}

  /** Replicates that reach the end of the first window. */
  readonly count = $derived(this.looks[0]?.replicates ?? 0);

  /** Begins again: another change was made, which the replicates so far do not have. */
  begin(): void {
    this.stop();
    this.looks = [];
    this.judged = -1;
    this.book = undefined;
    this.problem = '';
    if (this.on && this.twins.changes.parting) void this.work();
  }

  toggle(): void {
    this.on = !this.on;
    if (!this.on) this.stop();
    else if (this.twins.changes.parting) void this.work();
  }

  /** Ends the threads. What was found stays; pieces that were being made are made again. */
  private stop(): void {
    this.turn += 1;
    for (const thread of this.threads) thread.end();
    this.threads = [];
    this.book?.giveUp();
  }

  end(): void {
    this.stop();
    this.book = undefined;
  }

  private async work(): Promise<void> {
    const turn = ++this.turn;
    const isOurs = () => turn === this.turn && !this.twins.ended;
    const { TwinReplicates, fewestReplicates, mostReplicates } = await import('../../experiment/twins/twin-replicates.ts');
    const { changes, measures, world } = this.twins;
    const { parting, made } = changes;
    if (!isOurs() || !parting) return;
    if (!this.book) {
      if (made.some(({ at, path, value }) => at > parting.tick && namesOrganisms(path, value))) {
        this.problem = 'Replicates cannot repeat an edit of single organisms after the parting.';
        return;
      }
      const room = Math.floor(mostBytes / (2 * parting.snapshot.byteLength));
      if (room < fewestReplicates(measures.length)) {
        this.problem = 'This world is too large for replicates.';
        return;
      }
      const plan = planReplicates(parting, made, measures, world.text?.seed ?? '');
      this.book = new TwinReplicates(plan, Math.min(mostReplicates, room));
    }
    const { book } = this;
    const cores = navigator.hardwareConcurrency || 2;
    this.threads = Array.from({ length: Math.max(1, Math.min(mostThreads, cores - 2)) }, startTaskThread);
    await Promise.all(this.threads.map((thread) => this.lane(thread, book, cores < 4, isOurs)));
  }

  /** @param isGuest whether the thread has no core of its own beside the watched worlds */
  private async lane(thread: TaskThread, book: TwinReplicates, isGuest: boolean, isOurs: () => boolean): Promise<void> {
    const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const { world } = this.twins;
    while (isOurs()) {
      const order = book.next(world.figures.tick);
      if (!order) {
        await pause(lookEvery);
        continue;
      }
      const began = performance.now();
      try {
        const { worlds } = order.step;
        // The state at the parting is needed again.
        const piece = await thread.ask('replicate', order.step, worlds.length === 2 ? [...worlds] : []);
        if (!isOurs()) return;
        book.add(order.replicate, piece);
      } catch (error) {
        if (!isOurs()) return;
        this.stop();
        this.problem = `Replicates have stopped: ${messageOf(error)}`;
        return;
      }
      this.judge(book);
      const took = performance.now() - began;
      const { playing } = world.figures;
      const isFull = world.page.transport.speed === 0;
      for (let left = took * (isFull ? restShare : 0.5); left > 0 && isGuest && playing && isOurs(); left -= lookEvery)
        await pause(Math.min(left, lookEvery));
    }
  }

  private judge(book: TwinReplicates): void {
    const now = performance.now();
    const isLast = book.isIdle(this.twins.world.figures.tick);
    if (book.version === this.judged || (now - this.judgedAt < judgeEvery && !isLast)) return;
    this.judged = book.version;
    this.judgedAt = now;
    this.looks = book.look();
  }
}
