import { cos2pi32, log32, sin2pi32 } from './elementary.ts';

const fround = Math.fround;

/** Uniform float64 in [0, 1) from two u32: a multiple of 2^-53. */
export function uniform53(high: number, low: number): number {
  return ((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992;
}

/** Uniform float64 in (0, 1) from two u32, never 0 or 1: an odd multiple of 2^-53. */
export function openUniform53(high: number, low: number): number {
  return ((high >>> 5) * 67108864 + ((low >>> 6) | 1)) / 9007199254740992;
}

/** Uniform float32 in [0, 1) from the top 24 bits of a u32; equal to a lane of the kernel's `uniform4`. */
export function uniform32(word: number): number {
  return (word >>> 8) / 16777216;
}

/**
 * Box-Muller in float32: writes two independent standard normals to `out[0]`, `out[1]`. Equal bit for bit to a lane of
 * the kernel's `normalPair4`. |z| <= 6.77.
 */
export function normalPair32(w0: number, w1: number, out: Float32Array): void {
  const u = fround(fround(fround(w0 >>> 0) + 0.5) / 4294967296);
  const radius = fround(Math.sqrt(fround(log32(u) * -2)));
  const turn = uniform32(w1);
  out[0] = fround(radius * cos2pi32(turn));
  out[1] = fround(radius * sin2pi32(turn));
}
