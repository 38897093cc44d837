import { F32, F64, Begin } from './arguments';

/**
 * out[i] = factor * squared distance of the first `n` loci of genome i from `centre` (f64), in float64: four partial sums,
 * those of `squaredDistanceAt` in src/math/sums.ts, bit for bit.
 */
export function squaredDistances(
  count: i32,
  genome: F32, // [slots] a row
  slots: i32,
  n: i32,
  centre: F64, // [n]
  factor: f64,
  out: F64,
  begin: Begin, // count: 20 ns
): void {
  const whole = n & ~3;
  for (let row = begin; row < count; row++) {
    const loci = genome + <usize>row * (<usize>slots << 2);
    let s01 = f64x2.splat(0);
    let s23 = f64x2.splat(0);
    for (let i = 0; i < whole; i += 4) {
      const four = v128.load(loci + (<usize>i << 2));
      const at = centre + (<usize>i << 3);
      const d01 = f64x2.sub(f64x2.promote_low_f32x4(four), v128.load(at));
      const d23 = f64x2.sub(f64x2.promote_low_f32x4(v128.shuffle<i32>(four, four, 2, 3, 2, 3)), v128.load(at, 16));
      s01 = f64x2.add(s01, f64x2.mul(d01, d01));
      s23 = f64x2.add(s23, f64x2.mul(d23, d23));
    }
    let s0 = f64x2.extract_lane(s01, 0);
    for (let i = whole; i < n; i++) {
      const d = <f64>load<f32>(loci + (<usize>i << 2)) - load<f64>(centre + (<usize>i << 3));
      s0 += d * d;
    }
    const sum = s0 + f64x2.extract_lane(s01, 1) + (f64x2.extract_lane(s23, 0) + f64x2.extract_lane(s23, 1));
    store<f64>(out + (<usize>row << 3), factor * sum);
  }
}
