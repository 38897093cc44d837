// Deterministic elementary functions: only + - * /, sqrt, rounding and bits, so that every engine gives the same result bit for
// bit, which Math.exp and its relatives do not. First the float32 twins of src/kernel/assembly/elementary.ts (each step rounded by
// fround, so equal to a lane of the kernel), then float64 ones for set-up and analysis.

const fround = Math.fround;
const f32 = new Float32Array(1);
const i32 = new Int32Array(f32.buffer);

const tanhP = [0.9999869593832231, 0.1156701406857399, 0.0015731620787511].map(fround);
const tanhQ = [0.4489567507733526, 0.0179401957393589, 6.01876601948e-5].map(fround);
const tanhLimit = fround(5.4);

/**
 * Rational tanh in float32: absolute error below 4.5e-5 everywhere (below 3.4e-6 for |x| < 5.4), |tanh32| < 0.99996.
 * x is rounded to float32 first. NaN gives NaN.
 */
export function tanh32(x: number): number {
  const c = Math.max(Math.min(fround(x), tanhLimit), -tanhLimit);
  const t = fround(c * c);
  const p = fround(fround(fround(fround(t * tanhP[2]) + tanhP[1]) * t) + tanhP[0]);
  const inner = fround(fround(fround(fround(t * tanhQ[2]) + tanhQ[1]) * t) + tanhQ[0]);
  const q = fround(fround(inner * t) + 1);
  return fround(fround(c * p) / q);
}

/** The derivative of tanh32 itself, step by step as the kernel's tanhSlope4; 0 where x is clamped. */
export function tanhSlope32(x: number): number {
  const c = fround(x);
  if (!(Math.abs(c) < tanhLimit)) return 0;
  const t = fround(c * c);
  const t2 = fround(t + t);
  const p2t = fround(t * tanhP[2]);
  const p = fround(fround(fround(p2t + tanhP[1]) * t) + tanhP[0]);
  const dp = fround(fround(p2t + p2t) + tanhP[1]);
  const q3t = fround(t * tanhQ[2]);
  const q = fround(fround(fround(fround(fround(q3t + tanhQ[1]) * t) + tanhQ[0]) * t) + 1);
  const dq = fround(fround(fround(fround(3 * q3t) + fround(tanhQ[1] + tanhQ[1])) * t) + tanhQ[0]);
  const rise = fround(fround(fround(p + fround(t2 * dp)) * q) - fround(fround(t2 * p) * dq));
  return fround(rise / fround(q * q));
}

/** The same rational function in float64, without the roundings of tanh32: the reference for checking its derivatives. */
export function rationalTanh(x: number): number {
  const c = Math.max(Math.min(x, tanhLimit), -tanhLimit);
  const t = c * c;
  return (c * ((tanhP[2] * t + tanhP[1]) * t + tanhP[0])) / (((tanhQ[2] * t + tanhQ[1]) * t + tanhQ[0]) * t + 1);
}

/** Its derivative in float64; 0 where x is clamped. */
export function rationalTanhSlope(x: number): number {
  if (!(Math.abs(x) < tanhLimit)) return 0;
  const t = x * x;
  const p = (tanhP[2] * t + tanhP[1]) * t + tanhP[0];
  const dp = 2 * tanhP[2] * t + tanhP[1];
  const q = ((tanhQ[2] * t + tanhQ[1]) * t + tanhQ[0]) * t + 1;
  const dq = (3 * tanhQ[2] * t + 2 * tanhQ[1]) * t + tanhQ[0];
  return ((p + 2 * t * dp) * q - 2 * t * p * dq) / (q * q);
}

/** 1 / (1 + e^-x) in float32, as 0.5 + 0.5 tanh32(x / 2): absolute error below 2.3e-5. */
export function logistic32(x: number): number {
  return fround(0.5 + fround(0.5 * tanh32(0.5 * fround(x))));
}

/** Cephes' logf, highest power first. */
const logC = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1,
  -2.4999993993e-1, 3.3333331174e-1,
].map(fround);
const ln2Low = fround(-2.1219444e-4);
const ln2High = fround(0.693359375);

/** Natural logarithm in float32 of a positive normal float32, within 1 ulp; another x gives a meaningless number. */
export function log32(x: number): number {
  f32[0] = x;
  const bits = (i32[0] - 0x3f3504f3) | 0;
  const e = bits >> 23;
  i32[0] = (bits & 0x007fffff) + 0x3f3504f3;
  const f = fround(f32[0] - 1);
  const z = fround(f * f);
  let y = logC[0];
  for (let i = 1; i < logC.length; i++) y = fround(fround(y * f) + logC[i]);
  y = fround(fround(y * f) * z);
  y = fround(y + fround(e * ln2Low));
  y = fround(y - fround(z * 0.5));
  return fround(fround(f + y) + fround(e * ln2High));
}

const sinC = [6.283185287867244, -41.34166263306733, 81.59255354032294, -75.4020678882131].map(fround);
const cosC = [1, -19.73915222796549, 64.92125289232106, -83.59261199456778].map(fround);

function cubic32(c: readonly number[], t: number): number {
  return fround(fround(fround(fround(fround(fround(t * c[3]) + c[2]) * t) + c[1]) * t) + c[0]);
}

/** The sine, `advance` quarter turns further on, of u turns. */
function turns32(turns: number, advance: number): number {
  const u = fround(turns);
  const n = Math.floor(fround(fround(u * 4) + 0.5));
  const r = fround(u - n * 0.25);
  const t = fround(r * r);
  const quarters = n + advance;
  const value = quarters & 1 ? cubic32(cosC, t) : fround(cubic32(sinC, t) * r);
  return quarters & 2 ? -value : value;
}

/** sin(2 pi u) in float32 of u turns, |u| <= 2^20: absolute error below 1.2e-7. */
export function sin2pi32(u: number): number {
  return turns32(u, 0);
}

/** cos(2 pi u) in float32 of u turns, |u| <= 2^20: absolute error below 1.2e-7. */
export function cos2pi32(u: number): number {
  return turns32(u, 1);
}

const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer);
f64[0] = 1;
/** Which half of a float64 holds sign and exponent: 1 on little-endian machines. */
const top = u32[1] === 0 ? 0 : 1;

/** 2^k for an integer k in [-1022, 1023]. */
function powerOfTwo(k: number): number {
  u32[1 - top] = 0;
  u32[top] = (k + 1023) << 20;
  return f64[0];
}

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** 2^k for k from -1020 to 1020. */
const powers = Float64Array.from({ length: 2041 }, (_, i) => powerOfTwo(i - 1020));

/** e^x in float64, relative error below 2.3e-16 (1 ulp) where the result is normal. After fdlibm's e_exp.c (Sun, 1993). */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  if (Number.isNaN(x)) return x;
  const k = Math.floor(x * Math.LOG2E + 0.5);
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
  // Exact where the result is a normal number. It is then read from a table: writing its bits would have to wait for the memory.
  if (k >= -1020 && k <= 1020) return y * powers[k + 1020];
  // In two factors, so that neither overflows nor becomes subnormal before the last rounding.
  const half = k >> 1;
  return y * powerOfTwo(half) * powerOfTwo(k - half);
}

/**
 * Natural logarithm in float64, relative error below 2.3e-16 (1 ulp): -Infinity at 0, NaN below.
 * After fdlibm's e_log.c (Sun, 1993).
 */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  const subnormal = x < 2.2250738585072014e-308;
  f64[0] = subnormal ? x * 18014398509481984 : x;
  // As in log32: counted from the bits of sqrt(1/2), the mantissa falls in [sqrt(1/2), sqrt(2)).
  const bits = (u32[top] - 0x3fe6a09e) | 0;
  const k = (bits >> 20) - (subnormal ? 54 : 0);
  u32[top] = (bits & 0x000fffff) + 0x3fe6a09e;
  const f = f64[0] - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + even + odd) + k * LN2_LOW) - f);
}

/** fdlibm's k_sin.c on |r| <= pi/4; `rest` is the tail of r. */
function sinQuarter(r: number, rest: number): number {
  const z = r * r;
  const v = z * r;
  const p =
    0.00833333333332249 +
    z * (-0.0001984126982985795 + z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return r - (z * (0.5 * rest - v * p) - rest + v * 0.16666666666666632);
}

/** fdlibm's k_cos.c on |r| <= pi/4. */
function cosQuarter(r: number, rest: number): number {
  const z = r * r;
  const p =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z * (2.480158728947673e-5 + z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * p - r * rest));
}

/** Largest |x| of sin and cos: beyond it the three-part pi/2 no longer reduces exactly. */
const LARGEST_ANGLE = 800000;

function sineOf(x: number, advance: number): number {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) > LARGEST_ANGLE) throw new RangeError(`angle ${x} is outside [-${LARGEST_ANGLE}, ${LARGEST_ANGLE}] radians`);
  const n = Math.floor(x * 0.6366197723675814 + 0.5);
  // pi/2 in parts of 33 bits, so that each product with n is exact (fdlibm's e_rem_pio2.c, third iteration throughout).
  const first = x - n * 1.5707963267341256;
  const secondPart = n * 6.077100506303966e-11;
  const second = first - secondPart;
  const lost = first - second - secondPart;
  const thirdPart = n * 2.0222662487959506e-21 - lost;
  const r = second - thirdPart;
  const rest = second - r - thirdPart;
  const quarters = n + advance;
  const value = quarters & 1 ? cosQuarter(r, rest) : sinQuarter(r, rest);
  return quarters & 2 ? -value : value;
}

/** sin x in float64, x in radians, |x| <= 800000 (RangeError beyond): relative error below 2.3e-16 (1 ulp). */
export function sin(x: number): number {
  return sineOf(x, 0);
}

/** cos x in float64, x in radians, |x| <= 800000 (RangeError beyond): relative error below 2.3e-16 (1 ulp). */
export function cos(x: number): number {
  return sineOf(x, 1);
}

/** Cody & Waite, Software Manual for the Elementary Functions (1980), chapter 13, highest power first. */
const tanhP64 = [-0.9643749277722548, -99.22592967223608, -1613.4119023996227];
const tanhQ64 = [112.74474380534949, 2233.772071896231, 4840.235707198869];

/** tanh x in float64: relative error below 3.4e-16 (1.5 ulp), tanh(-x) = -tanh(x), never beyond 1. NaN gives NaN. */
export function tanh(x: number): number {
  const a = Math.abs(x);
  if (a < 0.5493061443340549) {
    const z = x * x;
    const p = (tanhP64[0] * z + tanhP64[1]) * z + tanhP64[2];
    const q = ((z + tanhQ64[0]) * z + tanhQ64[1]) * z + tanhQ64[2];
    return x + (x * z * p) / q;
  }
  const y = 1 - 2 / (exp(2 * a) + 1);
  return x < 0 ? -y : y;
}

/**
 * 1 / (1 + e^-x) in float64: relative error below 4.5e-16 (2 ulp) where the result is normal; exactly 0 below -746, 1 above 37.
 */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const y = exp(x);
  return y / (1 + y);
}
