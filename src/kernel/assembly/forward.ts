import { tanh4 } from './elementary';

// Forward pass of a two-layer network, one set of weights per organism. Weights of a row, in floats (H and O are the
// hidden and output units rounded up to four): bias of hidden [H], input weights [inputs][H], bias of outputs [O],
// output weights [hidden][O]. Units of a layer stand side by side in lanes of four; the loop over what feeds them is
// inside, with three, two or one accumulators in registers. No fused operations, so that every engine gives the same bits.

// @ts-ignore: decorator
@inline
function layer1(bias: usize, weights: usize, width: usize, from: usize, n: i32, squash: bool, out: usize): void {
  let a0 = v128.load(bias);
  let w = weights;
  for (let i = 0; i < n; i++) {
    a0 = f32x4.add(a0, f32x4.mul(v128.load32_splat(from + (<usize>i << 2)), v128.load(w)));
    w += width;
  }
  v128.store(out, squash ? tanh4(a0) : a0);
}

// @ts-ignore: decorator
@inline
function layer2(bias: usize, weights: usize, width: usize, from: usize, n: i32, squash: bool, out: usize): void {
  let a0 = v128.load(bias);
  let a1 = v128.load(bias, 16);
  let w = weights;
  for (let i = 0; i < n; i++) {
    const x = v128.load32_splat(from + (<usize>i << 2));
    a0 = f32x4.add(a0, f32x4.mul(x, v128.load(w)));
    a1 = f32x4.add(a1, f32x4.mul(x, v128.load(w, 16)));
    w += width;
  }
  v128.store(out, squash ? tanh4(a0) : a0);
  v128.store(out, squash ? tanh4(a1) : a1, 16);
}

// @ts-ignore: decorator
@inline
function layer3(bias: usize, weights: usize, width: usize, from: usize, n: i32, squash: bool, out: usize): void {
  let a0 = v128.load(bias);
  let a1 = v128.load(bias, 16);
  let a2 = v128.load(bias, 32);
  let w = weights;
  for (let i = 0; i < n; i++) {
    const x = v128.load32_splat(from + (<usize>i << 2));
    a0 = f32x4.add(a0, f32x4.mul(x, v128.load(w)));
    a1 = f32x4.add(a1, f32x4.mul(x, v128.load(w, 16)));
    a2 = f32x4.add(a2, f32x4.mul(x, v128.load(w, 32)));
    w += width;
  }
  v128.store(out, squash ? tanh4(a0) : a0);
  v128.store(out, squash ? tanh4(a1) : a1, 16);
  v128.store(out, squash ? tanh4(a2) : a2, 32);
}

// @ts-ignore: decorator
@inline
function layer(bias: usize, weights: usize, blocks: i32, from: usize, n: i32, squash: bool, out: usize): void {
  const width = <usize>blocks << 4;
  let b = 0;
  for (; b + 3 <= blocks; b += 3) {
    const at = <usize>b << 4;
    layer3(bias + at, weights + at, width, from, n, squash, out + at);
  }
  if (b + 2 <= blocks) {
    const at = <usize>b << 4;
    layer2(bias + at, weights + at, width, from, n, squash, out + at);
    b += 2;
  }
  if (b < blocks) {
    const at = <usize>b << 4;
    layer1(bias + at, weights + at, width, from, n, squash, out + at);
  }
}

/**
 * inputs: rows of `inputStride` bytes; weights: rows of `weightStride` bytes; outputs: rows of 16 * outputBlocks bytes.
 * hidden units: 4 * hiddenBlocks of which `hidden` feed the outputs. `scratch`: 16 * hiddenBlocks bytes.
 */
export function forward(
  count: i32,
  inputs: usize,
  inputStride: i32,
  inputCount: i32,
  weights: usize,
  weightStride: i32,
  hidden: i32,
  hiddenBlocks: i32,
  outputBlocks: i32,
  outputs: usize,
  scratch: usize,
): void {
  const firstWeights = <usize>hiddenBlocks << 4;
  const secondBias = firstWeights + <usize>inputCount * firstWeights;
  const secondWeights = secondBias + (<usize>outputBlocks << 4);
  for (let i = 0; i < count; i++) {
    const row = weights + <usize>i * <usize>weightStride;
    const input = inputs + <usize>i * <usize>inputStride;
    layer(row, row + firstWeights, hiddenBlocks, input, inputCount, true, scratch);
    layer(row + secondBias, row + secondWeights, outputBlocks, scratch, hidden, false, outputs + <usize>i * (<usize>outputBlocks << 4));
  }
}
