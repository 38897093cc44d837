import type { Division } from '../arguments.ts';
import { divisible, type KernelExports } from '../generated/kernel.ts';
import { mostArguments, type ThreadStart, wordBytes, words } from './run-thread.ts';

/**
 * How threads of a world are started; how many there are changes nothing of what happens. The thread that steps the world must be allowed to
 * wait (`Atomics.wait`), which that of a window is not: there, one thread does everything.
 * @experimental
 */
export interface ThreadHost {
  /** Threads of a world, the one that steps it among them. */
  readonly count: number;
  /** Starts a thread that calls `runThread` with what is given, and ends when that returns. */
  start(given: ThreadStart): void;
  /** For tests: rows of a part, a multiple of 4, of all rows. */
  part?(rows: number): number;
  /** For tests: threads start at once and every kernel is divided, however little there is to do. */
  readonly eager?: boolean;
}

/** Parts begin at multiples of this many rows, because kernels take rows in groups of 2 or 4. */
const group = 4;
/** Work, in ns, under which it is not worth waking a thread. */
const leastWork = 30_000;
/** Work of a part, in ns: short, for at the end each thread waits for the last parts of others; long beside a call's own time. */
const [leastPart, usualPart] = [8000, 20_000];
/** Work, in ns, before threads are started: short runs do without. */
const startAfter = 2e8;
/** How often a thread looks for more before it sleeps: about 20 microseconds, less than it takes to wake it. */
const looks = 4000;
/** How long to wait at a time for a thread in a part, in ms, and after how many waits in which nothing moved it is taken for ended. */
const patience = 1000;
const waits = 60;

/** A thread of a world failed or was ended within a tick: the world cannot be continued. */
export class ThreadError extends Error {
  override readonly name = 'ThreadError';
}

/** Whether this thread may wait for others. */
export function canWait(): boolean {
  try {
    // Another value than is there: it returns at once.
    return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0) === 'not-equal';
  } catch {
    return false;
  }
}

const names = Object.keys(divisible) as (keyof typeof divisible & keyof KernelExports)[];

/**
 * The threads of one memory, and the thread that steps the world, which shares the work. Each has a share of a kernel's rows, the same for
 * every kernel, for its core has had these rows before; it takes them part by part, and then what others have left of theirs. Which thread
 * takes which part changes nothing, because rows do not depend on what the kernel writes to others.
 */
export class Crew {
  private readonly control = new SharedArrayBuffer(wordBytes + 8 * mostArguments);
  private readonly state = new Int32Array(this.control, 0, wordBytes / 4);
  private readonly numbers = new Float64Array(this.control, wordBytes);
  private task = 0;
  private started = false;
  private ended = false;
  private work = 0;
  /** The kernels of this thread; after a failure all of them throw. */
  private readonly kernels: Record<string, unknown> = {};

  /** @param scratch addresses of the threads' own scratch */
  constructor(
    private readonly host: ThreadHost,
    private readonly module: WebAssembly.Module,
    private readonly memory: WebAssembly.Memory,
    private readonly scratch: readonly number[],
  ) {}

  /** The kernels, of which those that can be divided are, where there is enough to do. */
  divide(kernels: KernelExports): KernelExports {
    Object.assign(this.kernels, kernels);
    for (const [number, name] of names.entries()) {
      const division = divisible[name] as Division;
      const { endAt, costAt, nanoseconds } = division;
      const kernel = kernels[name] as (...given: number[]) => void;
      this.kernels[name] = (...given: number[]) => {
        const part = this.isWorth(given[costAt] * nanoseconds) ? this.partOf(given[endAt], division) : Infinity;
        if (part < given[endAt]) this.perform(number, kernel, division, given, part);
        else kernel(...given);
      };
    }
    return this.kernels as unknown as KernelExports;
  }

  /** Ends the threads. */
  end(): void {
    this.ended = true;
    Atomics.store(this.state, words.open, -1);
    Atomics.notify(this.state, words.open);
  }

  private isWorth(work: number): boolean {
    this.work += work;
    if (this.ended || (!this.host.eager && (work < leastWork || this.work < startAfter))) return false;
    if (!this.started) {
      this.started = true;
      const kernels = names.map((name) => ({ name, ...(divisible[name] as Division) }));
      const { control, memory, module } = this;
      const threads = this.host.count;
      for (const [i, scratch] of this.scratch.entries()) {
        const thread = i + 1;
        try {
          this.host.start({ module, memory, control, words, wordBytes, kernels, thread, threads, scratch, looks });
        } catch {
          // Threads may be forbidden, or too many: the others do its work.
        }
      }
    }
    return true;
  }

  private perform(
    number: number,
    kernel: (...given: number[]) => void,
    { endAt }: Division,
    given: number[],
    part: number,
  ): void {
    const { state } = this;
    const end = given[endAt];
    const { count } = this.host;
    const share = group * Math.ceil(end / (group * count));
    this.numbers.set(given);
    state[words.kernel] = number;
    state[words.end] = end;
    state[words.part] = part;
    state[words.share] = share;
    state[words.count] = given.length;
    for (let thread = 0; thread < count; thread++) state[words.next + words.apart * thread] = Math.min(end, share * thread);
    this.task = (this.task % 0x3fffffff) + 1;
    // The store orders those before it: a thread that sees the number of the task sees its arguments.
    Atomics.store(state, words.open, this.task);
    Atomics.notify(state, words.open);
    try {
      // Its own share, then what the others have left of theirs, as they do.
      for (let thread = 0; thread < count; thread++) {
        const next = words.next + words.apart * thread;
        const last = Math.min(end, share * (thread + 1));
        for (let begin = Atomics.add(state, next, part); begin < last; begin = Atomics.add(state, next, part)) {
          given[endAt] = Math.min(begin + part, last);
          given[given.length - 1] = begin;
          kernel(...given);
        }
      }
    } finally {
      Atomics.store(state, words.open, 0);
      this.awaitOthers();
    }
    if (state[words.failed] !== 0) this.fail('a thread of this world failed');
  }

  private partOf(rows: number, { nanoseconds, whole }: Division): number {
    if (this.host.part) return this.host.part(rows);
    const { count } = this.host;
    const usual = Math.min(rows / count, usualPart / nanoseconds);
    const wanted = whole ? rows / count : Math.max(usual, leastPart / nanoseconds);
    return group * Math.ceil(wanted / group);
  }

  /** Ends the threads; from now on every kernel throws, because a tick was left half done. */
  private fail(text: string): never {
    this.end();
    const error = new ThreadError(text);
    const refuse = () => {
      throw error;
    };
    for (const name of Object.keys(this.kernels)) this.kernels[name] = refuse;
    throw error;
  }

  /** Waits until no thread is in a part. @throws {ThreadError} if one never comes back */
  private awaitOthers(): void {
    const { state } = this;
    for (let look = 0; look < looks; look++) if (Atomics.load(state, words.busy) === 0) return;
    let still = 0;
    for (let before = -1; ; ) {
      const busy = Atomics.load(state, words.busy);
      if (busy === 0) return;
      // A process that was stopped finds its time over when it continues: one wait says nothing.
      still = busy === before ? still : 0;
      before = busy;
      if (Atomics.wait(state, words.busy, busy, patience) === 'timed-out' && ++still === waits)
        this.fail('a thread of this world was ended');
    }
  }
}
