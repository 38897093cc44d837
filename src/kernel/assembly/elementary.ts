// Elementary functions on four f32 lanes, from + - * / and rounding only, so that every engine gives the same bits.
// src/math/elementary.ts repeats each of them step by step with Math.fround; the tests hold the two equal bit for bit.
// The polynomials are minimax fits on the stated interval (log4: the coefficients of Cephes' logf).

/**
 * tanh, as x P(x^2) / Q(x^2) with x clamped to [-5.4, 5.4]: absolute error below 4.5e-5 everywhere (below 3.4e-6 for
 * |x| < 5.4), relative error below 5e-5, and never above 0.99996 in size. NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const c = f32x4.max(f32x4.min(x, f32x4.splat(5.4)), f32x4.splat(-5.4));
  const t = f32x4.mul(c, c);
  const p = f32x4.add(
    f32x4.mul(
      f32x4.add(f32x4.mul(t, f32x4.splat(0.0015731620787511)), f32x4.splat(0.1156701406857399)),
      t,
    ),
    f32x4.splat(0.9999869593832231),
  );
  const q = f32x4.add(
    f32x4.mul(
      f32x4.add(
        f32x4.mul(
          f32x4.add(f32x4.mul(t, f32x4.splat(0.0000601876601948)), f32x4.splat(0.0179401957393589)),
          t,
        ),
        f32x4.splat(0.4489567507733526),
      ),
      t,
    ),
    f32x4.splat(1),
  );
  return f32x4.div(f32x4.mul(c, p), q);
}

/**
 * The exact derivative of tanh4: with y = c P(t) / Q(t), t = c^2, it is ((P + 2 t P') Q - 2 t P Q') / Q^2, and 0 where x is clamped.
 * It differs from 1 - y^2 by at most 5e-5.
 */
// @ts-ignore: decorator
@inline
export function tanhSlope4(x: v128): v128 {
  const limit = f32x4.splat(5.4);
  const t = f32x4.mul(x, x);
  const t2 = f32x4.add(t, t);
  const p1 = f32x4.splat(0.1156701406857399);
  const p2t = f32x4.mul(t, f32x4.splat(0.0015731620787511));
  const p = f32x4.add(f32x4.mul(f32x4.add(p2t, p1), t), f32x4.splat(0.9999869593832231));
  const dp = f32x4.add(f32x4.add(p2t, p2t), p1);
  const q1 = f32x4.splat(0.4489567507733526);
  const q3t = f32x4.mul(t, f32x4.splat(0.0000601876601948));
  const q2 = f32x4.splat(0.0179401957393589);
  const q = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(f32x4.add(q3t, q2), t), q1), t), f32x4.splat(1));
  const dq = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(f32x4.splat(3), q3t), f32x4.add(q2, q2)), t), q1);
  const rise = f32x4.sub(f32x4.mul(f32x4.add(p, f32x4.mul(t2, dp)), q), f32x4.mul(f32x4.mul(t2, p), dq));
  return v128.and(f32x4.lt(f32x4.abs(x), limit), f32x4.div(rise, f32x4.mul(q, q)));
}

/** One lane of tanh4, bit for bit. */
// @ts-ignore: decorator
@inline
export function tanh1(x: f32): f32 {
  const c = max<f32>(min<f32>(x, 5.4), -5.4);
  const t = c * c;
  const p = (t * <f32>0.0015731620787511 + <f32>0.1156701406857399) * t + <f32>0.9999869593832231;
  const q =
    ((t * <f32>0.0000601876601948 + <f32>0.0179401957393589) * t + <f32>0.4489567507733526) * t + <f32>1;
  return (c * p) / q;
}

/** The logistic function 1 / (1 + e^-x) as 0.5 + 0.5 tanh(x / 2): absolute error below 2.3e-5; within (2e-5, 1 - 2e-5). */
// @ts-ignore: decorator
@inline
export function logistic4(x: v128): v128 {
  const half = f32x4.splat(0.5);
  return f32x4.add(half, f32x4.mul(half, tanh4(f32x4.mul(half, x))));
}

/** One lane of logistic4, bit for bit. */
// @ts-ignore: decorator
@inline
export function logistic1(x: f32): f32 {
  return <f32>0.5 + <f32>0.5 * tanh1(<f32>0.5 * x);
}

/** Natural logarithm of a positive normal f32, within 1 ulp; for zero, subnormal, negative and infinite x it is meaningless. */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  // x = 2^e m with m in [sqrt(1/2), sqrt(2)): counting bits from those of sqrt(1/2) splits there without a branch.
  const root = i32x4.splat(0x3f3504f3);
  const bits = i32x4.sub(x, root);
  const e = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  const m = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), root);
  const f = f32x4.sub(m, f32x4.splat(1));
  const z = f32x4.mul(f, f);
  let y = f32x4.add(f32x4.mul(f32x4.splat(7.0376836292e-2), f), f32x4.splat(-1.151461031e-1));
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(1.167699874e-1));
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(-1.2420140846e-1));
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(1.4249322787e-1));
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(-1.6668057665e-1));
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(2.0000714765e-1));
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(-2.4999993993e-1));
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(3.3333331174e-1));
  y = f32x4.mul(f32x4.mul(y, f), z);
  // ln 2 in two parts: e * 0.693359375 is exact.
  y = f32x4.add(y, f32x4.mul(e, f32x4.splat(-2.1219444e-4)));
  y = f32x4.sub(y, f32x4.mul(z, f32x4.splat(0.5)));
  return f32x4.add(f32x4.add(f, y), f32x4.mul(e, f32x4.splat(0.693359375)));
}

/** log4, not inlined: where a call costs less than its long body in every page. */
export function callLog4(x: v128): v128 {
  return log4(x);
}

/** The nearest quarter turn n of u turns: floor(4u + 1/2), as f32; u - n/4 is then exact and within [-1/8, 1/8]. */
// @ts-ignore: decorator
@inline
export function quarter4(u: v128): v128 {
  return f32x4.floor(f32x4.add(f32x4.mul(u, f32x4.splat(4)), f32x4.splat(0.5)));
}

/** sin(2 pi r) for |r| <= 1/8. */
// @ts-ignore: decorator
@inline
export function sinEighth4(r: v128): v128 {
  const t = f32x4.mul(r, r);
  let y = f32x4.add(f32x4.mul(t, f32x4.splat(-75.4020678882131)), f32x4.splat(81.59255354032294));
  y = f32x4.add(f32x4.mul(y, t), f32x4.splat(-41.34166263306733));
  y = f32x4.add(f32x4.mul(y, t), f32x4.splat(6.283185287867244));
  return f32x4.mul(y, r);
}

/** cos(2 pi r) for |r| <= 1/8. */
// @ts-ignore: decorator
@inline
export function cosEighth4(r: v128): v128 {
  const t = f32x4.mul(r, r);
  let y = f32x4.add(f32x4.mul(t, f32x4.splat(-83.59261199456778)), f32x4.splat(64.92125289232106));
  y = f32x4.add(f32x4.mul(y, t), f32x4.splat(-19.73915222796549));
  return f32x4.add(f32x4.mul(y, t), f32x4.splat(1));
}

/** The sine of n quarter turns and a rest, given the rest's sine and cosine: picks one by n's parity, and the sign. */
// @ts-ignore: decorator
@inline
export function pickQuarter4(n: v128, sine: v128, cosine: v128): v128 {
  const odd = i32x4.shr_s(i32x4.shl(n, 31), 31);
  const sign = i32x4.shl(i32x4.shr_u(n, 1), 31);
  return v128.xor(v128.bitselect(cosine, sine, odd), sign);
}

/** sin(2 pi u) of u turns, |u| <= 2^20: absolute error below 1.2e-7 of the f32 u's sine. */
// @ts-ignore: decorator
@inline
export function sin2pi4(u: v128): v128 {
  const n = quarter4(u);
  const r = f32x4.sub(u, f32x4.mul(n, f32x4.splat(0.25)));
  return pickQuarter4(i32x4.trunc_sat_f32x4_s(n), sinEighth4(r), cosEighth4(r));
}

/** cos(2 pi u) of u turns, |u| <= 2^20: absolute error below 1.2e-7 of the f32 u's cosine. */
// @ts-ignore: decorator
@inline
export function cos2pi4(u: v128): v128 {
  const n = quarter4(u);
  const r = f32x4.sub(u, f32x4.mul(n, f32x4.splat(0.25)));
  return pickQuarter4(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(1)), sinEighth4(r), cosEighth4(r));
}

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const LOG2E: f64 = 1.4426950408889634;

/** 2^k for normal results. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: i64): f64 {
  return reinterpret<f64>((k + 1023) << 52);
}

/** e^x for x up to 709, bit for bit that of src/math/elementary.ts, where the source is cited; callers see to it that x is not above, nor NaN. */
// @ts-ignore: decorator
@inline
export function exp1(x: f64): f64 {
  if (x < -745.1332191019411) return 0;
  const k = Math.floor(x * LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t * (-0.0027777777777015593 + t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  const whole = <i64>k;
  const half = whole >> 1;
  return y * powerOfTwo(half) * powerOfTwo(whole - half);
}
