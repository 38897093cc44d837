import type { Division } from '../arguments.ts';
import { divisible, type KernelExports } from '../generated/kernel.ts';
import { mostArguments, type ThreadStart, wordBytes, words } from './run-thread.ts';

/** How threads of a world are started; how many there are changes nothing of what happens. @experimental */
export interface ThreadHost {
  /** Threads of a world, the one that steps it among them. */
  readonly count: number;
  /** Starts a thread that calls `runThread` with what is given, and ends when that returns. */
  start(given: ThreadStart): void;
  /** For tests: rows of a part, a multiple of 64, of all rows. */
  part?(rows: number): number;
  /** For tests: threads start at once and every kernel is divided, however little there is to do. */
  readonly eager?: boolean;
}

/** Parts begin at multiples of this many rows: kernels take rows in groups of 2 or 4, and flags of 64 rows fill a line of the cache. */
const group = 64;
/** Parts for each thread: a thread that begins late or is interrupted leaves its parts to others. */
const partsPerThread = 4;
/** Work, in ns, under which it is not worth waking a thread. */
const leastWork = 30_000;
/** Work, in ns, before threads are started: short runs do without. */
const startAfter = 2e8;
/** How often a thread looks for more before it sleeps: about 20 microseconds, less than it takes to wake it. */
const looks = 4000;
/** How long a part may take before a thread is thought to have been ended from outside, in ms. */
const patience = 60_000;

const names = Object.keys(divisible) as (keyof typeof divisible & keyof KernelExports)[];

/**
 * The threads of one memory, and the thread that steps the world, which shares the work. Each takes the next part of a kernel's rows until
 * there is none: which thread takes which part changes nothing, because rows do not depend on what the kernel writes to others.
 */
export class Crew {
  private readonly control = new SharedArrayBuffer(wordBytes + 8 * mostArguments);
  private readonly state = new Int32Array(this.control, 0, wordBytes / 4);
  private readonly numbers = new Float64Array(this.control, wordBytes);
  private task = 0;
  private started = false;
  private ended = false;
  private work = 0;

  /** @param scratch addresses of the threads' own scratch */
  constructor(
    private readonly host: ThreadHost,
    private readonly module: WebAssembly.Module,
    private readonly memory: WebAssembly.Memory,
    private readonly scratch: readonly number[],
  ) {}

  /** The kernels, of which those that can be divided are, where there is enough to do. */
  divide(kernels: KernelExports): KernelExports {
    const divided: Record<string, unknown> = { ...kernels };
    for (const [number, name] of names.entries()) {
      const division = divisible[name] as Division;
      const kernel = kernels[name] as (...given: number[]) => void;
      divided[name] = (...given: number[]) => {
        if (this.isWorth(given[division.endAt] * division.nanoseconds)) this.perform(number, kernel, division, given);
        else kernel(...given);
      };
    }
    return divided as unknown as KernelExports;
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
      for (const scratch of this.scratch) this.host.start({ module, memory, control, words, wordBytes, kernels, scratch, looks });
    }
    return true;
  }

  private perform(number: number, kernel: (...given: number[]) => void, { endAt, whole }: Division, given: number[]): void {
    const { state } = this;
    const end = given[endAt];
    const part = this.partOf(end, whole);
    this.numbers.set(given);
    state[words.kernel] = number;
    state[words.end] = end;
    state[words.part] = part;
    state[words.count] = given.length;
    state[words.next] = 0;
    this.task = (this.task % 0x3fffffff) + 1;
    // The store orders those before it: a thread that sees the number of the task sees its arguments.
    Atomics.store(state, words.open, this.task);
    Atomics.notify(state, words.open);
    try {
      for (let begin = Atomics.add(state, words.next, part); begin < end; begin = Atomics.add(state, words.next, part)) {
        given[endAt] = Math.min(begin + part, end);
        given[given.length - 1] = begin;
        kernel(...given);
      }
    } finally {
      Atomics.store(state, words.open, 0);
      this.awaitOthers();
    }
    if (state[words.failed] !== 0) throw new Error('a thread of this world failed; run it again with --threads 1');
  }

  private partOf(rows: number, whole: boolean): number {
    if (this.host.part) return this.host.part(rows);
    const parts = this.host.count * (whole ? 1 : partsPerThread);
    return group * Math.max(1, Math.ceil(rows / (group * parts)));
  }

  /** Waits until no thread is in a part. @throws {Error} if one never comes back */
  private awaitOthers(): void {
    const { state } = this;
    for (let look = 0; look < looks; look++) if (Atomics.load(state, words.busy) === 0) return;
    for (;;) {
      const busy = Atomics.load(state, words.busy);
      if (busy === 0) return;
      if (Atomics.wait(state, words.busy, busy, patience) === 'timed-out') {
        this.end();
        throw new Error('a thread of this world was ended; run it again with --threads 1');
      }
    }
  }
}
