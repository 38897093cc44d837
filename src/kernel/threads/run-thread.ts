// What a thread of a crew does. It is given to a thread of Node as text, so it may not use anything outside itself but what it is given.

/** Places of words in the memory that a crew and its threads share. Those that are written most lie 64 bytes apart. */
export const words = {
  /** Number of the task that is open; 0: none; -1: the crew has ended. */
  open: 0,
  /** Threads that may be in a part. */
  busy: 16,
  /** Which kernel, the end of all parts, the length of a part and of the share of each thread, how many arguments. */
  kernel: 32,
  end: 33,
  part: 34,
  share: 35,
  count: 36,
  /** 1 once a part has failed. */
  failed: 37,
  /** Threads that are there. */
  ready: 38,
  /** Where the next part of the first thread's share begins; those of the others follow, `apart` words from each other. */
  next: 48,
  apart: 16,
} as const;

/** Most threads of a world. */
export const mostThreads = 64;
/** Bytes of the words; the arguments follow, as f64. */
export const wordBytes = 4 * (words.next + words.apart * mostThreads);
export const mostArguments = 48;

/** What a thread of a world is given; all of it can be sent to another thread. @experimental */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: SharedArrayBuffer;
  readonly words: typeof words;
  readonly wordBytes: number;
  /** The kernels that are divided, by their numbers: name, and which arguments are the end of a part and the scratch. */
  readonly kernels: readonly { readonly name: string; readonly endAt: number; readonly scratchAt: number }[];
  /** Number of this thread, from 1 on, and of how many: 0 is the thread that steps the world. */
  readonly thread: number;
  readonly threads: number;
  /** Address of this thread's own scratch. */
  readonly scratch: number;
  /** How often a thread looks for work before it sleeps. */
  readonly looks: number;
}

/** What a thread of a world does: takes parts of its kernels until the world is disposed of. @experimental */
export function runThread({
  module,
  memory,
  control,
  words: at,
  wordBytes: bytes,
  kernels,
  thread,
  threads,
  scratch,
  looks,
}: ThreadStart): void {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const state = new Int32Array(control, 0, bytes / 4);
  const numbers = new Float64Array(control, bytes);
  let last = 0;
  Atomics.add(state, at.ready, 1);
  for (;;) {
    let task = Atomics.load(state, at.open);
    for (let look = 0; look < looks && (task === 0 || task === last); look++) task = Atomics.load(state, at.open);
    while (task === 0 || task === last) {
      Atomics.wait(state, at.open, task);
      task = Atomics.load(state, at.open);
    }
    if (task < 0) return;
    last = task;
    // First busy, then a second look: either the crew sees this thread and waits for it, or this thread sees that the task is closed.
    Atomics.add(state, at.busy, 1);
    if (Atomics.load(state, at.open) === task) {
      try {
        const { name, endAt, scratchAt } = kernels[state[at.kernel]];
        const kernel = exports[name] as (...all: number[]) => void;
        const [all, part, share, count] = [state[at.end], state[at.part], state[at.share], state[at.count]];
        const given = Array.from(numbers.subarray(0, count));
        if (scratchAt >= 0) given[scratchAt] = scratch;
        // Its own share first, whose rows its core has had before; then what others have left of theirs.
        for (let k = 0; k < threads; k++) {
          const owner = (thread + k) % threads;
          const next = at.next + at.apart * owner;
          const end = Math.min(all, share * (owner + 1));
          for (let begin = Atomics.add(state, next, part); begin < end; begin = Atomics.add(state, next, part)) {
            given[endAt] = Math.min(begin + part, end);
            given[count - 1] = begin;
            kernel(...given);
          }
        }
      } catch {
        Atomics.store(state, at.failed, 1);
      }
    }
    if (Atomics.sub(state, at.busy, 1) === 1) Atomics.notify(state, at.busy);
  }
}
