import { expect } from 'vitest';
import { namedStream } from '../../../src/math/streams.ts';
import { DATA, SCRATCH, testKernel } from '../math/kernel.ts';

const guard = 0x5ca1ab1e;

/** An array in a kernel's memory and where it lies. */
export interface Column<T> {
  readonly at: number;
  readonly values: T;
}

export type Floats = Column<Float32Array>;
export type Words = Column<Uint32Array>;
export type Signed = Column<Int32Array>;

/**
 * Memory laid out as the engine's tables are: whole groups of four rows and one group more, each array followed by a guard.
 * Rows behind the last are poisoned (NaN, or indices far away), because a table's are stale: no result may depend on them.
 */
export class Columns {
  private readonly kernel = testKernel(8);
  private end = DATA;
  private readonly guards: number[] = [];
  readonly run = this.kernel.run;
  readonly scratch = SCRATCH;

  /** `values.length` floats, `width` a row. */
  f32(values: ArrayLike<number>, width = 1): Floats {
    const at = this.room(values.length, width);
    const rows = Math.ceil(values.length / width);
    const all = this.kernel.f32.subarray(at >>> 2, (at >>> 2) + (((rows + 3) & ~3) + 4) * width);
    all.fill(Number.NaN);
    all.set(values);
    return { at, values: all.subarray(0, values.length) };
  }

  u32(values: ArrayLike<number>, width = 1): Words {
    const at = this.room(values.length, width);
    const rows = Math.ceil(values.length / width);
    const all = this.kernel.u32.subarray(at >>> 2, (at >>> 2) + (((rows + 3) & ~3) + 4) * width);
    all.fill(0x7fffffff);
    all.set(values);
    return { at, values: all.subarray(0, values.length) };
  }

  i32(values: ArrayLike<number>, width = 1): Signed {
    const { at, values: words } = this.u32(values, width);
    return { at, values: new Int32Array(words.buffer, words.byteOffset, words.length) };
  }

  f64(values: ArrayLike<number>): Column<Float64Array> {
    const at = this.room(2 * values.length, 2);
    const all = new Float64Array(this.kernel.u8.buffer, at, ((values.length + 3) & ~3) + 4);
    all.fill(Number.NaN);
    all.set(values);
    return { at, values: all.subarray(0, values.length) };
  }

  /** Bytes, as the ground's barrier mask. */
  u8(values: ArrayLike<number>): Column<Uint8Array> {
    const at = this.room(Math.ceil(values.length / 4), 1);
    const all = this.kernel.u8.subarray(at, at + values.length);
    all.set(values);
    return { at, values: all };
  }

  /** Fails when a kernel wrote past the end of an array. */
  check(): void {
    for (const at of this.guards) {
      for (let i = 0; i < 4; i++) expect(this.kernel.u32[(at >>> 2) + i], 'guard behind an array').toBe(guard);
    }
  }

  private room(count: number, width: number): number {
    const at = this.end;
    const rows = Math.ceil(count / width);
    const bytes = 4 * (((rows + 3) & ~3) + 4) * width;
    this.end += ((bytes + 15) & ~15) + 16;
    if (this.end > this.kernel.u8.length) throw new Error('the test needs more memory');
    this.guards.push(this.end - 16);
    this.kernel.u32.fill(guard, (this.end - 16) >>> 2, this.end >>> 2);
    return at;
  }
}

/** Seeded random numbers of a test; none of a run's streams. */
export function numbers(name: string) {
  const stream = namedStream('kernel tests', name);
  return {
    whole: (low: number, high: number) => low + stream.integer(high - low + 1),
    between: (low: number, high: number) => Math.fround(low + (high - low) * stream.uniform()),
    chance: (p: number) => stream.uniform() < p,
    list: <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i)),
    normal: () => Math.fround(stream.normal()),
    word: () => stream.integer(4294967296),
  };
}

/** Fails unless two arrays of floats have the same bits (NaN equals NaN, 0 differs from -0); tells the first difference. */
export function expectSameBits(found: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(found.length, `${what}: length`).toBe(expected.length);
  for (let i = 0; i < found.length; i++) {
    const oracle = Math.fround(expected[i]);
    if (!Object.is(found[i], oracle)) throw new Error(`${what}: place ${i} holds ${found[i]}, the oracle says ${oracle}`);
  }
}

/** The same for whole numbers. */
export function expectSameNumbers(found: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(found.length, `${what}: length`).toBe(expected.length);
  for (let i = 0; i < found.length; i++) {
    if (found[i] !== expected[i]) throw new Error(`${what}: place ${i} holds ${found[i]}, the oracle says ${expected[i]}`);
  }
}
