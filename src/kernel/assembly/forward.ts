import { F32, Begin, Scratch, Stride } from './arguments';
import { tanh4 } from './elementary';

// Forward pass of a two-layer network, one set of weights per organism. Weights of a row, in floats (H and O are the
// hidden and output units rounded up to four): bias of hidden [H], input weights [inputs][H], bias of outputs [O],
// output weights [hidden][O]. Units of a layer lie side by side in lanes of four; the loop over what feeds them is
// inside, with three, two or one accumulators in registers. No fused operations, so that every engine gives the same bits.
// Two organisms go through each loop together: a sum waits for the one before it, and two rows can wait at the same time.

// @ts-ignore: decorator
@inline
function layer1(
  row: usize,
  stride: usize,
  bias: usize,
  weights: usize,
  width: usize,
  from: usize,
  fromStride: usize,
  n: i32,
  squash: bool,
  out: usize,
  outStride: usize,
): void {
  let a0 = v128.load(row + bias);
  let b0 = v128.load(row + stride + bias);
  let v = row + weights;
  let w = v + stride;
  for (let i = 0; i < n; i++) {
    const x = v128.load32_splat(from + (<usize>i << 2));
    const y = v128.load32_splat(from + fromStride + (<usize>i << 2));
    a0 = f32x4.add(a0, f32x4.mul(x, v128.load(v)));
    b0 = f32x4.add(b0, f32x4.mul(y, v128.load(w)));
    v += width;
    w += width;
  }
  v128.store(out, squash ? tanh4(a0) : a0);
  v128.store(out + outStride, squash ? tanh4(b0) : b0);
}

// @ts-ignore: decorator
@inline
function layer2(
  row: usize,
  stride: usize,
  bias: usize,
  weights: usize,
  width: usize,
  from: usize,
  fromStride: usize,
  n: i32,
  squash: bool,
  out: usize,
  outStride: usize,
): void {
  let a0 = v128.load(row + bias);
  let a1 = v128.load(row + bias, 16);
  let b0 = v128.load(row + stride + bias);
  let b1 = v128.load(row + stride + bias, 16);
  let v = row + weights;
  let w = v + stride;
  for (let i = 0; i < n; i++) {
    const x = v128.load32_splat(from + (<usize>i << 2));
    const y = v128.load32_splat(from + fromStride + (<usize>i << 2));
    a0 = f32x4.add(a0, f32x4.mul(x, v128.load(v)));
    b0 = f32x4.add(b0, f32x4.mul(y, v128.load(w)));
    a1 = f32x4.add(a1, f32x4.mul(x, v128.load(v, 16)));
    b1 = f32x4.add(b1, f32x4.mul(y, v128.load(w, 16)));
    v += width;
    w += width;
  }
  v128.store(out, squash ? tanh4(a0) : a0);
  v128.store(out + outStride, squash ? tanh4(b0) : b0);
  v128.store(out, squash ? tanh4(a1) : a1, 16);
  v128.store(out + outStride, squash ? tanh4(b1) : b1, 16);
}

// @ts-ignore: decorator
@inline
function layer3(
  row: usize,
  stride: usize,
  bias: usize,
  weights: usize,
  width: usize,
  from: usize,
  fromStride: usize,
  n: i32,
  squash: bool,
  out: usize,
  outStride: usize,
): void {
  let a0 = v128.load(row + bias);
  let a1 = v128.load(row + bias, 16);
  let a2 = v128.load(row + bias, 32);
  let b0 = v128.load(row + stride + bias);
  let b1 = v128.load(row + stride + bias, 16);
  let b2 = v128.load(row + stride + bias, 32);
  let v = row + weights;
  let w = v + stride;
  for (let i = 0; i < n; i++) {
    const x = v128.load32_splat(from + (<usize>i << 2));
    const y = v128.load32_splat(from + fromStride + (<usize>i << 2));
    a0 = f32x4.add(a0, f32x4.mul(x, v128.load(v)));
    b0 = f32x4.add(b0, f32x4.mul(y, v128.load(w)));
    a1 = f32x4.add(a1, f32x4.mul(x, v128.load(v, 16)));
    b1 = f32x4.add(b1, f32x4.mul(y, v128.load(w, 16)));
    a2 = f32x4.add(a2, f32x4.mul(x, v128.load(v, 32)));
    b2 = f32x4.add(b2, f32x4.mul(y, v128.load(w, 32)));
    v += width;
    w += width;
  }
  v128.store(out, squash ? tanh4(a0) : a0);
  v128.store(out + outStride, squash ? tanh4(b0) : b0);
  v128.store(out, squash ? tanh4(a1) : a1, 16);
  v128.store(out + outStride, squash ? tanh4(b1) : b1, 16);
  v128.store(out, squash ? tanh4(a2) : a2, 32);
  v128.store(out + outStride, squash ? tanh4(b2) : b2, 32);
}

/**
 * One layer of two organisms whose weights lie `stride` bytes apart (0: one organism, done twice). `bias` and `weights` are
 * offsets in the row.
 */
// @ts-ignore: decorator
@inline
function layer(
  row: usize,
  stride: usize,
  bias: usize,
  weights: usize,
  blocks: i32,
  from: usize,
  fromStride: usize,
  n: i32,
  squash: bool,
  out: usize,
  outStride: usize,
): void {
  const width = <usize>blocks << 4;
  let b = 0;
  for (; b + 3 <= blocks; b += 3) {
    const at = <usize>b << 4;
    layer3(row, stride, bias + at, weights + at, width, from, fromStride, n, squash, out + at, outStride);
  }
  if (b + 2 <= blocks) {
    const at = <usize>b << 4;
    layer2(row, stride, bias + at, weights + at, width, from, fromStride, n, squash, out + at, outStride);
    b += 2;
  }
  if (b < blocks) {
    const at = <usize>b << 4;
    layer1(row, stride, bias + at, weights + at, width, from, fromStride, n, squash, out + at, outStride);
  }
}

/**
 * inputs: rows of `inputStride` bytes; weights: rows of `weightStride` bytes; outputs: rows of 16 * outputBlocks bytes.
 * hidden units: 4 * hiddenBlocks of which `hidden` feed the outputs. `scratch`: 32 * hiddenBlocks bytes.
 */
export function forward(
  count: i32,
  inputs: F32,
  inputStride: Stride,
  inputCount: i32,
  weights: F32,
  weightStride: Stride,
  hidden: i32,
  hiddenBlocks: i32,
  outputBlocks: i32,
  outputs: F32, // [4 * outputBlocks] a row
  scratch: Scratch,
  begin: Begin, // count: 60 ns
): void {
  const width = <usize>hiddenBlocks << 4;
  const secondBias = width + <usize>inputCount * width;
  const secondWeights = secondBias + (<usize>outputBlocks << 4);
  const outputStride = <usize>outputBlocks << 4;
  for (let i = begin; i < count; i += 2) {
    const row = weights + <usize>i * <usize>weightStride;
    const input = inputs + <usize>i * <usize>inputStride;
    const output = outputs + <usize>i * outputStride;
    // The last of an odd number is processed alone: its partner is itself.
    const pair = <usize>(i + 1 < count);
    const stride = pair * <usize>weightStride;
    layer(row, stride, 0, width, hiddenBlocks, input, pair * <usize>inputStride, inputCount, true, scratch, width);
    layer(row, stride, secondBias, secondWeights, outputBlocks, scratch, width, hidden, false, output, pair * outputStride);
  }
}
