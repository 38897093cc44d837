import { F32, F32OrNone, Begin, Scratch, Stride, U32, U32OrNone } from './arguments';
import { logistic4, tanh4, tanhSlope4 } from './elementary';

// The backward pass of the policy, row by row as forward.ts reads it. A score is the derivative, by an output of the network, of the
// log-probability of what the organism did; heads that draw nothing have score 0.

/**
 * Score of a Bernoulli head: (a - p) p' / (p (1 - p)), with p the rational logistic and p' its own derivative. With t the tanh of
 * half the output, this is (a - p) t' / (1 - t^2): a - p to within the error of the rational tanh, and 0 where that is clamped.
 */
// @ts-ignore: decorator
@inline
function bernoulliScore(output: v128, done: v128): v128 {
  const one = f32x4.splat(1);
  const half = f32x4.mul(f32x4.splat(0.5), output);
  const t = tanh4(half);
  const p = f32x4.add(f32x4.splat(0.5), f32x4.mul(f32x4.splat(0.5), t));
  return f32x4.div(f32x4.mul(f32x4.sub(f32x4.min(done, one), p), tanhSlope4(half)), f32x4.sub(one, f32x4.mul(t, t)));
}

/**
 * Scores of what was done in a tick, rows of `outputStride` bytes like `outputs`. Gaussian heads: the score of the draw before it was
 * clamped, z / spread times the slope of the mean, with the normal draws z that kernel heads kept: the body clamps what the
 * policy draws. Bernoulli heads: by the columns of what was done; 0 for a column that does not exist.
 */
export function policyScores(
  count: i32,
  outputs: F32,
  outputStride: Stride,
  spreadTurn: F32,
  spreadThrust: F32,
  normalTurn: F32,
  normalThrust: F32,
  eat: F32,
  bite: F32OrNone,
  biteAt: i32,
  mate: F32OrNone,
  mateAt: i32,
  share: F32OrNone,
  shareAt: i32,
  scores: F32, // [?]
  begin: Begin, // count: 20 ns
): void {
  const stride = <usize>outputStride;
  const half = f32x4.splat(0.5);
  const zero = f32x4.splat(0);
  for (let i = begin; i < count; i += 4) {
    const at = <usize>i << 2;
    for (let b = 0; b << 4 < outputStride; b++) {
      // Four outputs of four rows: at first a vector is a row, then an output.
      const source = outputs + <usize>i * stride + (<usize>b << 4);
      const r0 = v128.load(source);
      const r1 = v128.load(source + stride);
      const r2 = v128.load(source + 2 * stride);
      const r3 = v128.load(source + 3 * stride);
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      const o0 = v128.shuffle<f32>(low01, low23, 0, 1, 4, 5);
      const o1 = v128.shuffle<f32>(low01, low23, 2, 3, 6, 7);
      const o2 = v128.shuffle<f32>(high01, high23, 0, 1, 4, 5);
      const o3 = v128.shuffle<f32>(high01, high23, 2, 3, 6, 7);
      let s0 = zero;
      let s1 = zero;
      let s2 = zero;
      const k = b << 2;
      if (b == 0) {
        s0 = f32x4.mul(f32x4.div(v128.load(normalTurn + at), v128.load(spreadTurn + at)), tanhSlope4(o0));
        // The logistic function is half of a tanh of half the output: a quarter of its slope.
        const slope = f32x4.mul(f32x4.splat(0.25), tanhSlope4(f32x4.mul(half, o1)));
        s1 = f32x4.mul(f32x4.div(v128.load(normalThrust + at), v128.load(spreadThrust + at)), slope);
        s2 = bernoulliScore(o2, v128.load(eat + at));
      } else {
        s0 = furtherScore(k, o0, at, bite, biteAt, mate, mateAt, share, shareAt);
        s1 = furtherScore(k + 1, o1, at, bite, biteAt, mate, mateAt, share, shareAt);
        s2 = furtherScore(k + 2, o2, at, bite, biteAt, mate, mateAt, share, shareAt);
      }
      const s3 = furtherScore(k + 3, o3, at, bite, biteAt, mate, mateAt, share, shareAt);
      const low = v128.shuffle<f32>(s0, s1, 0, 4, 1, 5);
      const lowOther = v128.shuffle<f32>(s2, s3, 0, 4, 1, 5);
      const high = v128.shuffle<f32>(s0, s1, 2, 6, 3, 7);
      const highOther = v128.shuffle<f32>(s2, s3, 2, 6, 3, 7);
      const to = scores + <usize>i * stride + (<usize>b << 4);
      v128.store(to, v128.shuffle<f32>(low, lowOther, 0, 1, 4, 5));
      v128.store(to + stride, v128.shuffle<f32>(low, lowOther, 2, 3, 6, 7));
      v128.store(to + 2 * stride, v128.shuffle<f32>(high, highOther, 0, 1, 4, 5));
      v128.store(to + 3 * stride, v128.shuffle<f32>(high, highOther, 2, 3, 6, 7));
    }
  }
}

/** Score of the output at place `k` if one of the heads beyond the first three is there; 0 elsewhere. */
// @ts-ignore: decorator
@inline
function furtherScore(
  k: i32,
  output: v128,
  at: usize,
  bite: usize,
  biteAt: i32,
  mate: usize,
  mateAt: i32,
  share: usize,
  shareAt: i32,
): v128 {
  let done: usize = 0;
  if (bite && biteAt == k) done = bite;
  else if (mate && mateAt == k) done = mate;
  else if (share && shareAt == k) done = share;
  return done ? bernoulliScore(output, v128.load(done + at)) : f32x4.splat(0);
}

/**
 * Scores of what another organism did, as if row `rows[i]` had done what `models[i]` did, by the columns of what was done. Gaussian heads:
 * (a - mean) / spread^2 times the slope of the mean. Rows of `outputStride` bytes in the order of the list.
 */
export function imitationScores(
  count: i32,
  rows: U32,
  models: U32,
  outputs: F32,
  outputStride: Stride,
  spreadTurn: F32,
  spreadThrust: F32,
  turn: F32,
  thrust: F32,
  eat: F32,
  bite: F32OrNone,
  biteAt: i32,
  scores: F32, // [?]
): void {
  const stride = <usize>outputStride;
  memory.fill(scores, 0, <usize>count * stride);
  for (let i = 0; i < count; i++) {
    const row = <usize>load<u32>(rows + (<usize>i << 2));
    const model = <usize>load<u32>(models + (<usize>i << 2)) << 2;
    const output = outputs + row * stride;
    const to = scores + <usize>i * stride;
    const s = load<f32>(spreadTurn + (row << 2));
    const o0 = f32x4.splat(load<f32>(output));
    const far0 = load<f32>(turn + model) - f32x4.extract_lane(tanh4(o0), 0);
    store<f32>(to, (far0 / (s * s)) * f32x4.extract_lane(tanhSlope4(o0), 0));
    const r = load<f32>(spreadThrust + (row << 2));
    const o1 = f32x4.splat(load<f32>(output, 4));
    const far1 = load<f32>(thrust + model) - f32x4.extract_lane(logistic4(o1), 0);
    const slope = <f32>0.25 * f32x4.extract_lane(tanhSlope4(f32x4.mul(f32x4.splat(0.5), o1)), 0);
    store<f32>(to, (far1 / (r * r)) * slope, 4);
    const o2 = f32x4.splat(load<f32>(output, 8));
    store<f32>(to, f32x4.extract_lane(bernoulliScore(o2, f32x4.splat(load<f32>(eat + model))), 0), 8);
    if (bite) {
      const where = <usize>biteAt << 2;
      const o3 = f32x4.splat(load<f32>(output + where));
      store<f32>(to + where, f32x4.extract_lane(bernoulliScore(o3, f32x4.splat(load<f32>(bite + model))), 0));
    }
  }
}

/** One lane group of a trace and of its weights: e <- decay e + gradient; w <- w + step e. */
// @ts-ignore: decorator
@inline
function advance(trace: usize, weight: usize, decay: v128, gradient: v128, step: v128): void {
  const e = f32x4.add(f32x4.mul(decay, v128.load(trace)), gradient);
  v128.store(trace, e);
  v128.store(weight, f32x4.add(v128.load(weight), f32x4.mul(step, e)));
}

/** The group after it: an offset that the instruction holds costs nothing. */
// @ts-ignore: decorator
@inline
function advanceSecond(trace: usize, weight: usize, decay: v128, gradient: v128, step: v128): void {
  const e = f32x4.add(f32x4.mul(decay, v128.load(trace, 16)), gradient);
  v128.store(trace, e, 16);
  v128.store(weight, f32x4.add(v128.load(weight, 16), f32x4.mul(step, e)), 16);
}

/** And the one after that. */
// @ts-ignore: decorator
@inline
function advanceThird(trace: usize, weight: usize, decay: v128, gradient: v128, step: v128): void {
  const e = f32x4.add(f32x4.mul(decay, v128.load(trace, 32)), gradient);
  v128.store(trace, e, 32);
  v128.store(weight, f32x4.add(v128.load(weight, 32), f32x4.mul(step, e)), 32);
}

/** Sums of `blocks` (1 to 3) lane groups of hidden units from `weights` on: bias and inputs times weights, as forward.ts sums them. */
// @ts-ignore: decorator
@inline
function excite(bias: usize, weights: usize, width: usize, input: usize, inputCount: i32, blocks: i32, sums: usize): void {
  let a0 = v128.load(bias);
  let a1 = blocks > 1 ? v128.load(bias, 16) : a0;
  let a2 = blocks > 2 ? v128.load(bias, 32) : a0;
  let v = weights;
  const end = input + (<usize>inputCount << 2);
  for (let at = input; at < end; at += 4) {
    const x = v128.load32_splat(at);
    a0 = f32x4.add(a0, f32x4.mul(x, v128.load(v)));
    if (blocks > 1) a1 = f32x4.add(a1, f32x4.mul(x, v128.load(v, 16)));
    if (blocks > 2) a2 = f32x4.add(a2, f32x4.mul(x, v128.load(v, 32)));
    v += width;
  }
  v128.store(sums, a0);
  if (blocks > 1) v128.store(sums, a1, 16);
  if (blocks > 2) v128.store(sums, a2, 32);
}

/**
 * Trace and weights from one hidden unit to all outputs. Returns scores times weights as they were, summed over blocks: the sum over
 * lanes is what comes back to the unit. `blocks`: 1, 2, or 0 for any number.
 */
// @ts-ignore: decorator
@inline
function advanceOutputs(e: usize, w: usize, width: usize, blocks: i32, score: usize, s: v128, t: v128, h: v128, decay: v128, step: v128): v128 {
  let sum = f32x4.mul(s, v128.load(w));
  advance(e, w, decay, f32x4.mul(h, s), step);
  if (blocks == 1) return sum;
  sum = f32x4.add(sum, f32x4.mul(t, v128.load(w, 16)));
  advanceSecond(e, w, decay, f32x4.mul(h, t), step);
  if (blocks == 2) return sum;
  for (let b: usize = 32; b < width; b += 16) {
    const u = v128.load(score + b);
    sum = f32x4.add(sum, f32x4.mul(u, v128.load(w + b)));
    advance(e + b, w + b, decay, f32x4.mul(h, u), step);
  }
  return sum;
}

/** The same for all hidden units, four at a time; multiplies `back` by what comes back where `rule` is 0. */
// @ts-ignore: decorator
@inline
function advanceLayer(
  e: usize,
  w: usize,
  width: usize,
  blocks: i32,
  hidden: i32,
  score: usize,
  activity: usize,
  back: usize,
  rule: i32,
  decay: v128,
  step: v128,
): void {
  const zero = f32x4.splat(0);
  const s = v128.load(score);
  const t = blocks == 1 ? s : v128.load(score, 16);
  let j = 0;
  for (; j + 4 <= hidden; j += 4) {
    const h = v128.load(activity);
    const s0 = advanceOutputs(e, w, width, blocks, score, s, t, v128.shuffle<f32>(h, h, 0, 0, 0, 0), decay, step);
    e += width;
    w += width;
    const s1 = advanceOutputs(e, w, width, blocks, score, s, t, v128.shuffle<f32>(h, h, 1, 1, 1, 1), decay, step);
    e += width;
    w += width;
    const s2 = advanceOutputs(e, w, width, blocks, score, s, t, v128.shuffle<f32>(h, h, 2, 2, 2, 2), decay, step);
    e += width;
    w += width;
    const s3 = advanceOutputs(e, w, width, blocks, score, s, t, v128.shuffle<f32>(h, h, 3, 3, 3, 3), decay, step);
    e += width;
    w += width;
    if (rule == 0) v128.store(back, f32x4.mul(sumLanes(s0, s1, s2, s3), v128.load(back)));
    activity += 16;
    back += 16;
  }
  // Beyond the last hidden unit there are no weights, and nothing comes back to its lane.
  let lane: usize = 0;
  for (; j < hidden; j++) {
    const sum = advanceOutputs(e, w, width, blocks, score, s, t, v128.load32_splat(activity + lane), decay, step);
    e += width;
    w += width;
    const came = f32x4.extract_lane(sumLanes(sum, zero, zero, zero), 0);
    if (rule == 0) store<f32>(back + lane, came * load<f32>(back + lane));
    lane += 4;
  }
  if (lane > 0) for (; lane < 16; lane += 4) store<f32>(back + lane, 0);
}

/** Sums over the lanes of four vectors, each (lane 0 + lane 2) + (lane 1 + lane 3). */
// @ts-ignore: decorator
@inline
function sumLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** Trace and weights of `blocks` (1 to 3) lane groups of hidden units, with their errors at `back`. */
// @ts-ignore: decorator
@inline
function advanceInputs(
  e: usize,
  w: usize,
  width: usize,
  input: usize,
  inputCount: i32,
  blocks: i32,
  back: usize,
  decay: v128,
  step: v128,
): void {
  const d0 = v128.load(back);
  const d1 = blocks > 1 ? v128.load(back, 16) : d0;
  const d2 = blocks > 2 ? v128.load(back, 32) : d0;
  let to = e + width;
  let from = w + width;
  const end = input + (<usize>inputCount << 2);
  for (let at = input; at < end; at += 4) {
    const x = v128.load32_splat(at);
    advance(to, from, decay, f32x4.mul(x, d0), step);
    if (blocks > 1) advanceSecond(to, from, decay, f32x4.mul(x, d1), step);
    if (blocks > 2) advanceThird(to, from, decay, f32x4.mul(x, d2), step);
    to += width;
    from += width;
  }
}

/**
 * One step of learning for every row, in one pass over its weights and its trace: e <- decay e + g, w <- w + step e. For `rule` 0, g is
 * the gradient of the log-probability of what was done (backpropagation of the scores). For 1 it is Hebbian: activity before times
 * activity after, which is the score at an output and the activity at a hidden unit. `layers`: 1 output biases only, 2 the output
 * layer, 3 all. `list`: 0, or the rows that learn (scores then follow the order of the list). `decays` and `steps`: one f32 a row of
 * the scores. `scratch`: 32 * hiddenBlocks bytes.
 */
export function learn(
  count: i32,
  list: U32OrNone,
  inputs: F32,
  inputStride: Stride,
  inputCount: i32,
  weights: F32,
  weightStride: Stride,
  hidden: i32,
  hiddenBlocks: i32,
  outputBlocks: i32,
  scores: F32, // [4 * outputBlocks] a row
  trace: F32, // [?]
  decays: F32,
  steps: F32,
  rule: i32,
  layers: i32,
  scratch: Scratch,
  begin: Begin, // count: 200 ns
): void {
  const width = <usize>hiddenBlocks << 4;
  const outputWidth = <usize>outputBlocks << 4;
  const secondBias = width + <usize>inputCount * width;
  const secondWeights = secondBias + outputWidth;
  const activity = scratch;
  const back = scratch + width;
  for (let i = begin; i < count; i++) {
    const row = list ? <usize>load<u32>(list + (<usize>i << 2)) : <usize>i;
    const w = weights + row * <usize>weightStride;
    const e = trace + row * <usize>weightStride;
    const input = inputs + row * <usize>inputStride;
    const score = scores + <usize>i * outputWidth;
    const decay = v128.load32_splat(decays + (<usize>i << 2));
    const step = v128.load32_splat(steps + (<usize>i << 2));
    if (layers > 1) {
      // Activities again: the weights are still those of the decision, and storing activities would cost memory.
      let done = 0;
      for (; done + 3 <= hiddenBlocks; done += 3) {
        const at = <usize>done << 4;
        excite(w + at, w + width + at, width, input, inputCount, 3, back + at);
      }
      const at = <usize>done << 4;
      if (done + 2 == hiddenBlocks) excite(w + at, w + width + at, width, input, inputCount, 2, back + at);
      else if (done + 1 == hiddenBlocks) excite(w + at, w + width + at, width, input, inputCount, 1, back + at);
      for (let b: usize = 0; b < width; b += 16) {
        const a = v128.load(back + b);
        const h = tanh4(a);
        v128.store(activity + b, h);
        v128.store(back + b, rule == 1 ? h : tanhSlope4(a));
      }
      const second = e + secondWeights;
      const weight = w + secondWeights;
      if (outputBlocks == 1) advanceLayer(second, weight, outputWidth, 1, hidden, score, activity, back, rule, decay, step);
      else if (outputBlocks == 2) advanceLayer(second, weight, outputWidth, 2, hidden, score, activity, back, rule, decay, step);
      else advanceLayer(second, weight, outputWidth, 0, hidden, score, activity, back, rule, decay, step);
      if (layers > 2) {
        for (let b: usize = 0; b < width; b += 16) advance(e + b, w + b, decay, v128.load(back + b), step);
        let done = 0;
        for (; done + 3 <= hiddenBlocks; done += 3) {
          const at = <usize>done << 4;
          advanceInputs(e + at, w + at, width, input, inputCount, 3, back + at, decay, step);
        }
        const at = <usize>done << 4;
        if (done + 2 == hiddenBlocks) advanceInputs(e + at, w + at, width, input, inputCount, 2, back + at, decay, step);
        else if (done + 1 == hiddenBlocks) advanceInputs(e + at, w + at, width, input, inputCount, 1, back + at, decay, step);
      }
    }
    for (let b: usize = 0; b < outputWidth; b += 16) {
      advance(e + secondBias + b, w + secondBias + b, decay, v128.load(score + b), step);
    }
  }
}
