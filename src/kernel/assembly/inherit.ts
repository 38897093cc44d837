import { normalPair4, philox4, uniform4 } from './random';

/**
 * Adds Gaussian changes to `count` genomes from row `first` on. `slots` is a multiple of 8; `scales`: f32[slots], 0 where
 * a slot is padding; `factor`: f32 a row of the table, or 0 for none. A locus changes with chance `rate` by
 * deviation * scale * factor * N(0, 1). Draws are keyed by the organism; a Philox block of four counters serves 8 slots.
 */
export function mutate(
  first: i32,
  count: i32,
  genome: usize,
  slots: i32,
  scales: usize,
  factor: usize,
  deviation: f32,
  rate: f32,
  keyLow: usize,
  keyHigh: usize,
  stream0: u32,
  stream1: u32,
  scratch: usize,
): void {
  const rate4 = f32x4.splat(rate);
  const zero = i32x4.splat(0);
  const steps = i32x4(0, 1, 2, 3);
  for (let k = 0; k < count; k++) {
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
export function copyGenomes(count: i32, genome: usize, bytes: i32, parents: usize, first: i32): void {
  const size = <usize>bytes;
  for (let k = 0; k < count; k++) {
    memory.copy(genome + <usize>(first + k) * size, genome + <usize>load<u32>(parents + (<usize>k << 2)) * size, size);
  }
}
