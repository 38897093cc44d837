// A stable 64-bit hash of bytes, for comparing states: not cryptographic. src/math/hash.ts is its oracle.

import { Size, U32, U8 } from './arguments';

const P1: u32 = 0x9e3779b1;
const P2: u32 = 0x85ebca77;

/** One round of xxHash32 in four lanes. */
// @ts-ignore: decorator
@inline
function round4(lanes: v128, pointer: usize): v128 {
  const sum = i32x4.add(lanes, i32x4.mul(v128.load(pointer), i32x4.splat(P2)));
  return i32x4.mul(v128.or(i32x4.shl(sum, 13), i32x4.shr_u(sum, 19)), i32x4.splat(P1));
}

/** Mixes a word into both 32-bit chains of the state; a bijection of the state for each word. */
// @ts-ignore: decorator
@inline
function absorb(state: u64, word: u32): u64 {
  let low = <u32>state;
  let high = <u32>(state >> 32);
  low = (rotl<u32>(low ^ (rotl<u32>(word * 0xcc9e2d51, 15) * 0x1b873593), 13) + high) * 5 + 0xe6546b64;
  high = (rotl<u32>(high ^ (rotl<u32>(word * 0x239b961b, 16) * 0xab0e9789), 17) + low) * 5 + 0x561ccd1b;
  return (<u64>high << 32) | <u64>low;
}

// @ts-ignore: decorator
@inline
function absorbLanes(state: u64, lanes: v128): u64 {
  state = absorb(state, <u32>i32x4.extract_lane(lanes, 0));
  state = absorb(state, <u32>i32x4.extract_lane(lanes, 1));
  state = absorb(state, <u32>i32x4.extract_lane(lanes, 2));
  return absorb(state, <u32>i32x4.extract_lane(lanes, 3));
}

/** MurmurHash3's finaliser: every bit of the input turns every bit of the output with probability near 1/2. */
// @ts-ignore: decorator
@inline
function avalanche(hash: u32): u32 {
  let h = hash;
  h ^= h >>> 16;
  h *= 0x85ebca6b;
  h ^= h >>> 13;
  h *= 0xc2b2ae35;
  h ^= h >>> 16;
  return h;
}

/**
 * Digest of `bytes` bytes at `data` (any alignment, any number), stored as two u32 (low, high) at `out`.
 * Stripes of 64 bytes go through sixteen 32-bit accumulators in four groups. After each stripe a group is xored into the next
 * and the roles shift by one, so that two changes in one column of lanes cannot hide behind 32 bits. The accumulators,
 * then the rest in words, the last 0 to 3 bytes and the length are mixed into two chains that avalanche at the end.
 */
export function hashBytes(
  data: U8, // [bytes]
  bytes: Size,
  seed: u32,
  out: U32, // [2]
): void {
  let state: u64 = (<u64>(seed ^ 0x85a308d3) << 32) | <u64>(seed ^ 0x243f6a88);
  const end = data + bytes;
  let at = data;
  if (bytes >= 64) {
    // Starting values: digits of pi.
    const start = i32x4.splat(seed);
    let a = i32x4.add(start, i32x4(0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0));
    let b = i32x4.add(start, i32x4(0x082efa98, 0xec4e6c89, 0x452821e6, 0x38d01377));
    let c = i32x4.add(start, i32x4(0xbe5466cf, 0x34e90c6c, 0xc0ac29b7, 0xc97c50dd));
    let d = i32x4.add(start, i32x4(0x3f84d5b5, 0xb5470917, 0x9216d5d9, 0x8979fb1b));
    for (; end - at >= 64; at += 64) {
      const first = round4(a, at);
      const second = v128.xor(round4(b, at + 16), a);
      const third = v128.xor(round4(c, at + 32), b);
      const fourth = v128.xor(round4(d, at + 48), c);
      a = second;
      b = third;
      c = fourth;
      d = first;
    }
    state = absorbLanes(absorbLanes(absorbLanes(absorbLanes(state, a), b), c), d);
  }
  for (; end - at >= 4; at += 4) state = absorb(state, load<u32>(at));
  let rest: u32 = 0;
  for (let shift: u32 = 0; at < end; shift += 8) rest |= <u32>load<u8>(at++) << shift;
  state = absorb(absorb(state, rest), <u32>bytes);
  const low = avalanche(<u32>state + <u32>(state >> 32));
  const high = avalanche(<u32>(state >> 32) + low);
  store<u32>(out, low + high);
  store<u32>(out, high, 4);
}
