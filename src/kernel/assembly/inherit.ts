import { Any, F32, F32OrNone, Begin, Int, Key0, Key1, Scratch, Stride, U32 } from './arguments';
import { normalPair4, philox4, uniform4 } from './random';

/**
 * Adds Gaussian changes to `count` genomes from row `first` on. `slots` is a multiple of 8; `scales`: f32[slots], 0 where
 * a slot is padding; `factor`: f32 a row of the table, or 0 for none. A locus changes with chance `rate` by
 * deviation * scale * factor * N(0, 1). Draws are keyed by the organism; a Philox block of four counters serves 8 slots.
 */
export function mutate(
  first: i32,
  count: i32,
  genome: F32, // [slots] a row
  slots: i32,
  scales: F32, // [slots]
  factor: F32OrNone,
  deviation: f32,
  rate: f32,
  keyLow: U32,
  keyHigh: U32,
  stream0: Key0,
  stream1: Key1,
  scratch: Scratch,
  begin: Begin, // count: 1500 ns
): void {
  const rate4 = f32x4.splat(rate);
  const zero = i32x4.splat(0);
  const steps = i32x4(0, 1, 2, 3);
  for (let k = begin; k < count; k++) {
    const row = <usize>(first + k);
    const low = i32x4.splat(load<u32>(keyLow + (row << 2)));
    const high = i32x4.splat(load<u32>(keyHigh + (row << 2)));
    const size = f32x4.splat(deviation * (factor ? load<f32>(factor + (row << 2)) : 1));
    const loci = genome + row * (<usize>slots << 2);
    for (let slot = 0; slot < slots; slot += 8) {
      const at = <usize>slot << 2;
      philox4(scratch, stream0, stream1, low, high, i32x4.add(i32x4.splat(slot >> 1), steps), zero);
      const u0 = uniform4(v128.load(scratch, 32));
      const u1 = uniform4(v128.load(scratch, 48));
      normalPair4(scratch, v128.load(scratch), v128.load(scratch, 16));
      const d0 = f32x4.mul(f32x4.mul(v128.load(scratch), size), v128.load(scales + at));
      const d1 = f32x4.mul(f32x4.mul(v128.load(scratch, 16), size), v128.load(scales + at, 16));
      v128.store(loci + at, f32x4.add(v128.load(loci + at), v128.and(d0, f32x4.lt(u0, rate4))));
      v128.store(loci + at, f32x4.add(v128.load(loci + at, 16), v128.and(d1, f32x4.lt(u1, rate4))), 16);
    }
  }
}

/** Copies each child's first parent's genome to the rows from `first` on; `parents`: u32 rows. */
export function copyGenomes(
  count: i32,
  genome: Any,
  bytes: Stride,
  parents: U32, // [count]
  first: i32,
  begin: Begin, // count: 100 ns
): void {
  const size = <usize>bytes;
  for (let k = begin; k < count; k++) {
    memory.copy(genome + <usize>(first + k) * size, genome + <usize>load<u32>(parents + (<usize>k << 2)) * size, size);
  }
}

/**
 * Forms one gamete a newborn: a mosaic of two haplotypes, `columnA` of row rowsA[k] and `columnB` of row rowsB[k]. A row
 * of -1 forms none: the child keeps what it has. `rates`: f32[slots], chance that the source changes between the slot
 * before and this one (Haldane's model without interference: intervals recombine independently); -1 where a slot is not a
 * locus. `masks`: bit i of a newborn's words is 1 where slot i comes from B; on entry its bit 0 is the source with which the
 * gamete begins. A Philox block of four counters serves 16 slots.
 */
export function formGametes(
  count: i32,
  first: i32,
  rowsA: Int, // [count]
  columnA: F32, // [slots] a row
  rowsB: Int, // [count]
  columnB: F32, // [slots] a row
  target: F32, // [slots] a row
  slots: i32,
  rates: F32, // [slots]
  masks: U32, // [?]
  maskStride: Stride,
  keyLow: U32,
  keyHigh: U32,
  stream0: Key0,
  stream1: Key1,
  draw: u32,
  scratch: Scratch,
  begin: Begin, // count: 1000 ns
): void {
  const bytes = <usize>slots << 2;
  const zero = i32x4.splat(draw);
  const steps = i32x4(0, 1, 2, 3);
  for (let k = begin; k < count; k++) {
    const rowA = load<i32>(rowsA + (<usize>k << 2));
    const rowB = load<i32>(rowsB + (<usize>k << 2));
    if (rowA < 0 || rowB < 0) continue;
    const child = <usize>(first + k);
    const a = columnA + <usize>rowA * bytes;
    const b = columnB + <usize>rowB * bytes;
    const out = target + child * bytes;
    const low = i32x4.splat(load<u32>(keyLow + (child << 2)));
    const high = i32x4.splat(load<u32>(keyHigh + (child << 2)));
    const mask = masks + <usize>k * <usize>maskStride;
    let source: u32 = load<u32>(mask) & 1;
    let word: u32 = 0;
    for (let slot = 0; slot < slots; slot++) {
      const within = slot & 15;
      if (within == 0) philox4(scratch, stream0, stream1, low, high, i32x4.add(i32x4.splat(slot >> 2), steps), zero);
      const rate = load<f32>(rates + (<usize>slot << 2));
      if (<f32>(load<u32>(scratch + (<usize>within << 2)) >> 8) * <f32>(1.0 / 16777216.0) < rate) source ^= 1;
      word |= source << (slot & 31);
      store<f32>(out + (<usize>slot << 2), load<f32>((source ? b : a) + (<usize>slot << 2)));
      if ((slot & 31) == 31 || slot == slots - 1) {
        store<u32>(mask + (<usize>(slot >> 5) << 2), word);
        word = 0;
      }
    }
  }
}

/** What a diploid expresses, rows `first` to `first + count - 1`: the mean of its two haplotypes, slot by slot. */
export function expressDiploid(
  first: i32,
  count: i32,
  one: F32, // [slots] a row
  two: F32, // [slots] a row
  genome: F32, // [slots] a row
  slots: i32,
): void {
  const bytes = <usize>slots << 2;
  const from = <usize>first * bytes;
  const to = from + <usize>count * bytes;
  const half = f32x4.splat(0.5);
  for (let at = from; at < to; at += 16) {
    v128.store(genome + at, f32x4.mul(half, f32x4.add(v128.load(one + at), v128.load(two + at))));
  }
}

/**
 * What a diploid expresses where there is dominance: the mean of its two haplotypes plus a share, set slot by slot, of their distance.
 * As `expressCopies` (src/genome/express.ts).
 */
export function expressDominance(
  first: i32,
  count: i32,
  one: F32, // [slots] a row
  two: F32, // [slots] a row
  genome: F32, // [slots] a row
  slots: i32,
  shifts: F32, // [slots]
): void {
  const bytes = <usize>slots << 2;
  const half = f32x4.splat(0.5);
  for (let row = first; row < first + count; row++) {
    const from = <usize>row * bytes;
    for (let slot: usize = 0; slot < bytes; slot += 16) {
      const a = v128.load(one + from + slot);
      const b = v128.load(two + from + slot);
      const mean = f32x4.mul(half, f32x4.add(a, b));
      const apart = f32x4.abs(f32x4.sub(a, b));
      v128.store(genome + from + slot, f32x4.add(mean, f32x4.mul(v128.load(shifts + slot), apart)));
    }
  }
}

/** Flags (u32, 1 or 0) of the rows for which a uniform draw of this tick lies below `chance`. */
export function flagByChance(
  count: i32,
  keyLow: U32,
  keyHigh: U32,
  stream0: Key0,
  stream1: Key1,
  tick: u32,
  chance: f32,
  flags: U32,
  scratch: Scratch,
  begin: Begin, // count: 6 ns
): void {
  const chance4 = f32x4.splat(chance);
  const one = i32x4.splat(1);
  const zero = i32x4.splat(0);
  for (let i = begin; i < count; i += 4) {
    const at = <usize>i << 2;
    philox4(scratch, stream0, stream1, v128.load(keyLow + at), v128.load(keyHigh + at), i32x4.splat(tick), zero);
    v128.store(flags + at, v128.and(one, f32x4.lt(uniform4(v128.load(scratch)), chance4)));
  }
}
