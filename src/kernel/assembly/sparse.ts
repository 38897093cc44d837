// Mutation and transfer without a test of every locus: functions that visit only the loci to which something happens, at
// geometric distances, and one that moves all.
import { F32, F32OrNone, Begin, Key0, Key1, Scratch, U32, U32OrNone } from './arguments';
import { callLog4, log4 } from './elementary';
import { callPhilox4, normalPair4, philox4, uniform4 } from './random';

/** Longer than any genome. */
const FAR: i32 = 1 << 24;

/**
 * Loci passed over before the next one to which something happens, four at once: floor(log(1 - v) / log(1 - chance)) of
 * uniform v in (0, 1). `inverse` is 1 / log(1 - chance), at most -0. Small v decide whether the very next locus
 * is hit; they keep their precision. `calls`: shorter and slower.
 */
// @ts-ignore: decorator
@inline
function gap4(word: v128, inverse: v128, calls: bool = false): v128 {
  const v = f32x4.mul(f32x4.add(f32x4.convert_i32x4_u(word), f32x4.splat(0.5)), f32x4.splat(1.0 / 4294967296.0));
  // log(1 - v) = -v (1 + v/2 + v^2/3 + v^3/4 + v^4/5 + ...): below 2^-5 the rest is under 6e-9 of it.
  let series = f32x4.add(f32x4.splat(0.25), f32x4.mul(v, f32x4.splat(0.2)));
  series = f32x4.add(f32x4.splat(1.0 / 3.0), f32x4.mul(v, series));
  series = f32x4.add(f32x4.splat(0.5), f32x4.mul(v, series));
  series = f32x4.add(f32x4.splat(1), f32x4.mul(v, series));
  series = f32x4.mul(f32x4.neg(v), series);
  // 1 - v rounds to 0 for the last few v: it is held at the least u that occurs otherwise.
  const rest = f32x4.max(f32x4.sub(f32x4.splat(1), v), f32x4.splat(1.0 / 33554432.0));
  const logarithm = v128.bitselect(series, calls ? callLog4(rest) : log4(rest), f32x4.lt(v, f32x4.splat(0.03125)));
  const gap = f32x4.min(f32x4.floor(f32x4.mul(logarithm, inverse)), f32x4.splat(<f32>FAR));
  return i32x4.trunc_sat_f32x4_s(gap);
}

/** Floats between the two halves of a table of sizes (src/mechanisms/mutation-sizes.ts), and the place in it of x = 1, counted in 2^18 f32 bits. */
const HALF: i32 = 1024;
const ORIGIN: i32 = 127 << 5;

/**
 * Four changes of sizes drawn from a table, at `out`: a word's quantile, linear between the table's nodes, with a sign that is positive
 * with chance `upward`. `out` may be where the words come from.
 */
function changes4(out: usize, sizes: usize, word: v128, sign: v128, upward: v128): void {
  const upper = i32x4.shr_s(word, 31);
  // Words from either end: 1 to 2^31. The exponent and five bits of the mantissa are the node, the rest lies between it and the next.
  const x = f32x4.add(f32x4.convert_i32x4_s(v128.xor(word, upper)), f32x4.splat(1));
  const node = i32x4.add(i32x4.sub(i32x4.shr_s(x, 18), i32x4.splat(ORIGIN)), v128.and(upper, i32x4.splat(HALF)));
  const between = f32x4.mul(f32x4.convert_i32x4_s(v128.and(x, i32x4.splat(0x3ffff))), f32x4.splat(1.0 / 262144.0));
  const minus = v128.andnot(i32x4.splat(0x80000000), f32x4.lt(uniform4(sign), upward));
  v128.store(out, node);
  for (let lane: usize = 0; lane < 16; lane += 4) {
    const at = sizes + (<usize>load<i32>(out + lane) << 2);
    store<f32>(out + lane, load<f32>(at));
    store<f32>(out + lane, load<f32>(at, 4), 16);
  }
  const size = v128.load(out);
  const step = f32x4.mul(f32x4.sub(v128.load(out, 16), size), between);
  v128.store(out, v128.xor(f32x4.add(size, step), minus));
}

/**
 * As `mutate`, for a small chance: visits only the loci that mutate. `inverse`: 1 / log(1 - rate), negative. Its draws differ
 * from those of `mutate`; their distribution is the same.
 */
export function mutateSparse(
  first: i32,
  count: i32,
  genome: F32, // [slots] a row
  slots: i32,
  scales: F32, // [slots]
  factor: F32OrNone,
  deviation: f32,
  inverse: f32,
  keyLow: U32,
  keyHigh: U32,
  stream0: Key0,
  stream1: Key1,
  scratch: Scratch,
  begin: Begin, // count: 200 ns
): void {
  visit(false, 0, 0, first, count, genome, slots, scales, factor, deviation, inverse, keyLow, keyHigh, stream0, stream1, scratch, begin);
}

/**
 * As `mutateSparse`, at any rate (`inverse` is at most -0), with changes whose sizes are drawn from quantiles, `sizes`, and are positive with
 * chance `upward`.
 */
export function mutateBySizes(
  first: i32,
  count: i32,
  genome: F32, // [slots] a row
  slots: i32,
  scales: F32, // [slots]
  factor: F32OrNone,
  deviation: f32,
  inverse: f32,
  sizes: F32, // [2048]
  upward: f32,
  keyLow: U32,
  keyHigh: U32,
  stream0: Key0,
  stream1: Key1,
  scratch: Scratch,
  begin: Begin, // count: 400 ns
): void {
  visit(true, sizes, upward, first, count, genome, slots, scales, factor, deviation, inverse, keyLow, keyHigh, stream0, stream1, scratch, begin);
}

/** Both of them: two bodies, so that a test for the table does not slow down the one without. */
// @ts-ignore: decorator
@inline
function visit(
  bySizes: bool,
  sizes: usize,
  upward: f32,
  first: i32,
  count: i32,
  genome: usize,
  slots: i32,
  scales: usize,
  factor: usize,
  deviation: f32,
  inverse: f32,
  keyLow: usize,
  keyHigh: usize,
  stream0: u32,
  stream1: u32,
  scratch: usize,
  begin: i32,
): void {
  const inverse4 = f32x4.splat(inverse);
  const one = i32x4.splat(1);
  const rowBytes = <usize>slots << 2;
  // Four organisms at once, a locus of each a round, until the last of them is finished.
  for (let k = begin; k < count; k += 4) {
    const row = <usize>(first + k);
    const low = v128.load(keyLow + (row << 2));
    const high = v128.load(keyHigh + (row << 2));
    const size = factor ? f32x4.mul(f32x4.splat(deviation), v128.load(factor + (row << 2))) : f32x4.splat(deviation);
    const lanes = <usize>min(4, count - k);
    v128.store(scratch, i32x4.splat(-1), 64);
    let more = true;
    for (let round = 0; more; round++) {
      if (bySizes) callPhilox4(scratch, stream0, stream1, low, high, i32x4.splat(round), one);
      else philox4(scratch, stream0, stream1, low, high, i32x4.splat(round), one);
      const gap = gap4(v128.load(scratch), inverse4, bySizes);
      if (bySizes) changes4(scratch, sizes, v128.load(scratch, 16), v128.load(scratch, 32), f32x4.splat(upward));
      else normalPair4(scratch, v128.load(scratch, 16), v128.load(scratch, 32));
      v128.store(scratch, f32x4.mul(v128.load(scratch), size));
      v128.store(scratch, gap, 16);
      more = false;
      for (let lane: usize = 0; lane < lanes; lane++) {
        const at = scratch + (lane << 2);
        const slot = load<i32>(at, 64) + load<i32>(at, 16) + 1;
        // A finished organism stays finished: gaps are not negative, and the sum stays far below 2^31.
        store<i32>(at, min(slot, FAR), 64);
        if (slot >= slots) continue;
        more = true;
        const locus = genome + (row + lane) * rowBytes + (<usize>slot << 2);
        store<f32>(locus, load<f32>(locus) + load<f32>(at) * load<f32>(scales + (<usize>slot << 2)));
      }
    }
  }
}

/**
 * As `mutate` at a rate of 1, where every locus mutates: a Philox block of four counters serves 16 slots. Its draws differ
 * from those of `mutate`; their distribution is the same.
 */
export function mutateAll(
  first: i32,
  count: i32,
  genome: F32, // [slots] a row
  slots: i32,
  scales: F32, // [slots]
  factor: F32OrNone,
  deviation: f32,
  keyLow: U32,
  keyHigh: U32,
  stream0: Key0,
  stream1: Key1,
  scratch: Scratch,
  begin: Begin, // count: 1000 ns
): void {
  const two = i32x4.splat(2);
  const steps = i32x4(0, 1, 2, 3);
  for (let k = begin; k < count; k++) {
    const row = <usize>(first + k);
    const low = i32x4.splat(load<u32>(keyLow + (row << 2)));
    const high = i32x4.splat(load<u32>(keyHigh + (row << 2)));
    const size = f32x4.splat(deviation * (factor ? load<f32>(factor + (row << 2)) : 1));
    const loci = genome + row * (<usize>slots << 2);
    for (let slot = 0; slot < slots; slot += 16) {
      philox4(scratch, stream0, stream1, low, high, i32x4.add(i32x4.splat(slot >> 2), steps), two);
      move8(scratch, loci, scales, slot, size, v128.load(scratch), v128.load(scratch, 16));
      // Genomes are a multiple of 8 slots long.
      if (slot + 8 < slots) move8(scratch, loci, scales, slot + 8, size, v128.load(scratch, 32), v128.load(scratch, 48));
    }
  }
}

/** Adds normals of two words each to eight slots; `scratch` above the words is free. */
// @ts-ignore: decorator
@inline
function move8(scratch: usize, loci: usize, scales: usize, slot: i32, size: v128, w0: v128, w1: v128): void {
  const at = <usize>slot << 2;
  normalPair4(scratch + 64, w0, w1);
  const d0 = f32x4.mul(f32x4.mul(v128.load(scratch, 64), size), v128.load(scales + at));
  const d1 = f32x4.mul(f32x4.mul(v128.load(scratch, 80), size), v128.load(scales + at, 16));
  v128.store(loci + at, f32x4.add(v128.load(loci + at), d0));
  v128.store(loci + at, f32x4.add(v128.load(loci + at, 16), d1), 16);
}

/**
 * Every locus of every organism is, by chance, replaced by the same locus of an organism drawn from all (including itself), as
 * genomes were before. `former`: all the haplotypes as they were, `ploidy` columns of `count * slots` floats one behind the other; of
 * haploids these may be the genomes themselves, because all is read before anything is written. A diploid donor gives from either.
 * `pending`: room for two u32 each of `most` replacements; no more are made. `order`: u32 rows among which donors are drawn by their
 * place, or 0 for the order of the table. `inverse`: 1 / log(1 - chance), at most -0. Writes what was done, in order, as three u32:
 * recipient's row, donor's row, slot + 2^31 for the donor's second haplotype; up to `room` of them.
 * @returns how many loci were replaced; a number over `most` where there is no room for all, and then none is replaced
 */
export function shuffleLoci(
  count: i32,
  genome: F32, // [slots] a row
  slots: i32,
  used: i32,
  former: F32, // [ploidy * count * slots]
  ploidy: i32,
  order: U32OrNone,
  inverse: f32,
  keyLow: U32,
  keyHigh: U32,
  stream0: Key0,
  stream1: Key1,
  tick: u32,
  pending: U32, // [2 * most]
  most: i32,
  events: U32, // [3 * room]
  room: i32,
  scratch: Scratch,
): i32 {
  const inverse4 = f32x4.splat(inverse);
  const tick4 = i32x4.splat(tick);
  const steps = i32x4(0, 1, 2, 3);
  const rowBytes = <usize>slots << 2;
  const columnBytes = <usize>count * rowBytes;
  let done: i32 = 0;
  for (let row = 0; row < count; row++) {
    const low = i32x4.splat(load<u32>(keyLow + (<usize>row << 2)));
    const high = i32x4.splat(load<u32>(keyHigh + (<usize>row << 2)));
    const loci = genome + <usize>row * rowBytes;
    let slot: i32 = -1;
    for (let draw = 1; slot < used; draw += 4) {
      philox4(scratch, stream0, stream1, low, high, tick4, i32x4.add(i32x4.splat(draw), steps));
      // Words 0 and 2 give the distance, words 1 and 3 the donor: eight loci a round.
      v128.store(scratch, gap4(v128.load(scratch), inverse4));
      v128.store(scratch, gap4(v128.load(scratch, 32), inverse4), 32);
      for (let i: usize = 0; i < 8; i++) {
        const at = scratch + ((i & 3) << 2) + ((i >> 2) << 5);
        slot += load<i32>(at) + 1;
        if (slot >= used) break;
        const word = load<u32>(at, 16);
        const drawn = <usize>((<u64>word * <u64>count) >> 32);
        const donor = order ? <usize>load<u32>(order + (drawn << 2)) : drawn;
        // The lowest bit hardly matters for the choice of the donor: it chooses the haplotype.
        const second = ploidy == 2 ? word & 1 : 0;
        const from = former + <usize>second * columnBytes + donor * rowBytes;
        if (done >= most) return most + 1;
        const place = pending + (<usize>done << 3);
        store<u32>(place, <u32>(loci + (<usize>slot << 2)));
        store<f32>(place, load<f32>(from + (<usize>slot << 2)), 4);
        if (done < room) {
          const event = events + <usize>done * 12;
          store<u32>(event, row);
          store<u32>(event, <u32>donor, 4);
          store<u32>(event, <u32>slot | (second << 31), 8);
        }
        done++;
      }
    }
  }
  for (let i = 0; i < done; i++) {
    const place = pending + (<usize>i << 3);
    store<f32>(<usize>load<u32>(place), load<f32>(place, 4));
  }
  return done;
}
