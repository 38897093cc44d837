// The memory of a world: one WebAssembly memory, whose blocks columns and ground live in.

import { checkKernels, type Values } from './arguments.ts';
import { declarations, type KernelExports, type Kernels, kernelBase64, nameArguments } from './generated/kernel.ts';
import { Crew, canWait, type ThreadHost } from './threads/crew.ts';
import { mostPages, sharedModule } from './threads/shared-module.ts';

const pageBytes = 65_536;
/** The kernel keeps its own scratch below this address (`--memoryBase 1024`). */
const firstByte = 2048;
/** Bytes between blocks that hold a pattern; a kernel that writes past its block destroys it (`checkGuards`). */
const guardBytes = 16;
const guardPattern = 0x5ca1ab1e;
/** Bytes of a thread's scratch: some Philox blocks, or the hidden units of two policies. */
const scratchBytes = 1024;

const compiled: { alone?: WebAssembly.Module; shared?: WebAssembly.Module } = {};

function kernelModule(kind: keyof typeof compiled): WebAssembly.Module {
  const known = compiled[kind];
  if (known) return known;
  const text = atob(kernelBase64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const made = new WebAssembly.Module(kind === 'shared' ? sharedModule(bytes) : bytes);
  compiled[kind] = made;
  return made;
}

interface Instance {
  readonly memory: WebAssembly.Memory;
  readonly kernel: Kernels;
  readonly crew?: Crew;
}

// Chromium allows about a hundred live memories per process, and a recycled memory costs no page faults.
const pool: Instance[] = [];
const poolLimit = 4;
/** A memory never shrinks, so a huge one is left to the garbage collector. */
const pooledBytes = 128 * 1_048_576;
const liveLimit = 48;
/** Those that own a memory. */
const living = new Set<Arena>();

/** For tests: disposes of whatever an earlier file of tests left alive. */
export function disposeAll(): void {
  for (const arena of living) arena.dispose();
}

/** What unwritten bytes hold: zeros, or in tests a pattern that shows if they are read. */
export type UnwrittenBytes = 'zeros' | 'nan' | 'random';
let unwritten: UnwrittenBytes = 'zeros';

/**
 * For tests: in worlds made from now on, bytes that must be written before they are read hold NaN (every bit set: -1 as an
 * integer) or pseudo-random bits instead of zeros, and simulations spoil them again before every tick. A result
 * that depends on them then differs.
 */
export function fillUnwrittenBytes(by: UnwrittenBytes): void {
  unwritten = by;
}

/** Whether simulations spoil, before every tick, what must be written in it before it is read. */
export function spoilsUnwrittenBytes(): boolean {
  return unwritten !== 'zeros';
}

/** Weyl sequence through the finaliser of MurmurHash3: cheap bits without a pattern. */
let spoilState = 0;

/** Fills bytes that hold nothing yet, or no longer. Both ends are multiples of 4. */
export function fillUnwritten(bytes: Uint8Array): void {
  if (unwritten === 'zeros') bytes.fill(0);
  else if (unwritten === 'nan') bytes.fill(0xff);
  else {
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2);
    for (let i = 0; i < words.length; i++) {
      spoilState = (spoilState + 0x9e3779b9) | 0;
      const word = Math.imul(spoilState ^ (spoilState >>> 16), 0x85ebca6b);
      words[i] = word ^ (word >>> 13);
    }
  }
}

function acquire(threads: ThreadHost | undefined): Instance {
  if (living.size >= liveLimit) {
    throw new Error(`${living.size} simulations are alive; dispose of some (a browser allows about a hundred memories)`);
  }
  if (threads && threads.count > 1) {
    const shared = shareMemory(threads);
    if (shared) return shared;
  }
  const recycled = pool.pop();
  if (recycled) {
    // Blocks fill their own bytes; the bytes before the first block belong to the kernel.
    new Uint8Array(recycled.memory.buffer, 0, firstByte).fill(0);
    return recycled;
  }
  const memory = new WebAssembly.Memory({ initial: 16 });
  const { exports } = new WebAssembly.Instance(kernelModule('alone'), { env: { memory } });
  return { memory, kernel: face(exports as unknown as KernelExports) };
}

/** A memory with threads; undefined where none can be shared. */
function shareMemory(threads: ThreadHost): Instance | undefined {
  if (!canWait()) return undefined;
  let memory: WebAssembly.Memory;
  try {
    memory = new WebAssembly.Memory({ initial: 16, maximum: mostPages, shared: true });
  } catch {
    return undefined;
  }
  const module = kernelModule('shared');
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  // Behind the scratch of this thread.
  const first = firstByte + scratchBytes + guardBytes;
  const scratch = Array.from({ length: threads.count - 1 }, (_, i) => first + i * scratchBytes);
  const crew = new Crew(threads, module, memory, scratch);
  return { memory, kernel: face(crew.divide(exports as unknown as KernelExports)), crew };
}

/** The kernels with named arguments. Scratch is the first block of every arena, so that it never moves. */
function face(exports: KernelExports): Kernels {
  const kernel = nameArguments(exports, firstByte);
  // Tests alone check arguments; written here, so that bundles lose the checks.
  return import.meta.env.MODE === 'test' ? checkKernels(kernel, declarations) : kernel;
}

/**
 * A run of bytes in the simulation's memory. `pointer` and the views are valid until the next `Arena.resize` or
 * `Arena.allocate`: growing a memory detaches every view without an error, and views of a memory with threads show what lies at the old address, so do not keep one across a step.
 */
export interface Block extends Values<never> {
  f32(): Float32Array;
  f64(): Float64Array;
  i32(): Int32Array;
  u32(): Uint32Array;
  u8(): Uint8Array;
}

class ArenaBlock implements Block {
  pointer = 0;
  private views: { [kind: string]: ArrayBufferView } = {};
  constructor(
    readonly name: string,
    public bytes: number,
    private readonly memory: WebAssembly.Memory,
  ) {}

  forget(): void {
    this.views = {};
  }
  f32(): Float32Array {
    this.views.f32 ??= new Float32Array(this.memory.buffer, this.pointer, this.bytes >>> 2);
    return this.views.f32 as Float32Array;
  }
  f64(): Float64Array {
    this.views.f64 ??= new Float64Array(this.memory.buffer, this.pointer, this.bytes >>> 3);
    return this.views.f64 as Float64Array;
  }
  i32(): Int32Array {
    this.views.i32 ??= new Int32Array(this.memory.buffer, this.pointer, this.bytes >>> 2);
    return this.views.i32 as Int32Array;
  }
  u32(): Uint32Array {
    this.views.u32 ??= new Uint32Array(this.memory.buffer, this.pointer, this.bytes >>> 2);
    return this.views.u32 as Uint32Array;
  }
  u8(): Uint8Array {
    this.views.u8 ??= new Uint8Array(this.memory.buffer, this.pointer, this.bytes);
    return this.views.u8 as Uint8Array;
  }
}

// Not by bits: a block may ask for more than 2^31 bytes, and must then be refused rather than wrap around.
const align = (bytes: number) => 16 * Math.ceil(bytes / 16);

/** The new size of a block, and how many of its leading bytes are alive and must survive. */
export interface Resize {
  readonly block: Block;
  readonly bytes: number;
  readonly liveBytes: number;
}

/**
 * The one WebAssembly.Memory of a simulation, cut into named blocks, and the kernels that run over it. Blocks lie in
 * the order of allocation; growing some of them moves those that follow.
 */
export class Arena {
  private readonly instance: Instance;
  private readonly blocks: ArenaBlock[] = [];
  private end = firstByte;
  private readonly listeners: (() => void)[] = [];
  /** 64 bytes for a Philox block or a few results; without an owner between two calls. */
  readonly scratch: Block;

  /** @param threads among which kernels are divided; where memory cannot be shared, there are none */
  constructor(threads?: ThreadHost) {
    this.instance = acquire(threads);
    living.add(this);
    this.scratch = this.allocate('scratch', scratchBytes);
    if (this.instance.crew && threads) this.allocate('scratch of threads', (threads.count - 1) * scratchBytes);
  }

  get kernel(): Kernels {
    return this.instance.kernel;
  }

  /** Bytes in use, guards included. */
  get bytes(): number {
    return this.end;
  }

  /** Called after every change of the layout, so that pointer tables can be written again. */
  onLayout(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** A new block. Its bytes are zeros, or `unwritten` if the owner writes them before reading them. */
  allocate(name: string, bytes: number, contents: 'zeros' | 'unwritten' = 'zeros'): Block {
    const block = new ArenaBlock(name, align(bytes), this.instance.memory);
    block.pointer = this.end;
    this.reach(this.end + block.bytes + guardBytes);
    this.blocks.push(block);
    this.end += block.bytes + guardBytes;
    if (contents === 'zeros') block.u8().fill(0);
    else fillUnwritten(block.u8());
    this.guard(block);
    for (const listener of this.listeners) listener();
    return block;
  }

  /** Grows blocks, keeping their live bytes; the bytes behind these count as unwritten afterwards (zeros). */
  resize(changes: readonly Resize[]): void {
    const old = this.blocks.map((block) => block.pointer);
    const alive = this.blocks.map((block) => block.bytes);
    const sizes = [...alive];
    for (const { block, bytes, liveBytes } of changes) {
      const index = this.blocks.indexOf(block as ArenaBlock);
      if (align(bytes) < sizes[index]) throw new Error(`block ${block.name} cannot shrink`);
      sizes[index] = align(bytes);
      alive[index] = liveBytes;
    }
    // Memory first: if there is none, nothing has changed.
    const end = sizes.reduce((sum, size) => sum + size + guardBytes, firstByte);
    this.reach(end);
    this.end = end;
    let pointer = firstByte;
    for (const [index, block] of this.blocks.entries()) {
      block.bytes = sizes[index];
      block.pointer = pointer;
      pointer += block.bytes + guardBytes;
    }
    const bytes = new Uint8Array(this.instance.memory.buffer);
    // From the last to the first: every block moves towards the end, so nothing is overwritten before it has moved.
    for (let i = this.blocks.length - 1; i >= 0; i--) {
      if (this.blocks[i].pointer !== old[i]) bytes.copyWithin(this.blocks[i].pointer, old[i], old[i] + alive[i]);
      this.blocks[i].forget();
    }
    for (const { block } of changes) {
      const index = this.blocks.indexOf(block as ArenaBlock);
      fillUnwritten(block.u8().subarray(alive[index]));
    }
    for (const block of this.blocks) this.guard(block);
    for (const listener of this.listeners) listener();
  }

  /** Name of the first block past whose end something was written, or undefined. */
  checkGuards(): string | undefined {
    const words = new Uint32Array(this.instance.memory.buffer);
    for (const block of this.blocks) {
      const at = (block.pointer + block.bytes) >>> 2;
      for (let i = 0; i < guardBytes >>> 2; i++) if (words[at + i] !== guardPattern) return block.name;
    }
    return undefined;
  }

  /** Gives the memory to the pool; every view of it becomes meaningless. */
  dispose(): void {
    if (!living.delete(this)) return;
    if (this.instance.crew) {
      this.instance.crew.end();
      return;
    }
    const { byteLength } = this.instance.memory.buffer;
    if (pool.length < poolLimit && byteLength <= pooledBytes) pool.push(this.instance);
  }

  private guard(block: ArenaBlock): void {
    const at = block.pointer + block.bytes;
    new Uint32Array(this.instance.memory.buffer, at, guardBytes >>> 2).fill(guardPattern);
  }

  private reach(bytes: number): void {
    const missing = bytes - this.instance.memory.buffer.byteLength;
    if (missing <= 0) return;
    try {
      this.instance.memory.grow(Math.ceil(missing / pageBytes));
    } catch {
      throw new Error(`no memory for ${Math.ceil(bytes / 1_048_576)} MB: lower the capacity or the number of founders`);
    }
    for (const block of this.blocks) block.forget();
  }
}
