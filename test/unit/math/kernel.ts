import { type KernelExports, kernelBase64 } from '../../../src/kernel/generated/kernel.ts';

const bytes = Uint8Array.from(atob(kernelBase64), (character) => character.charCodeAt(0));

/** First byte of the arrays in a test's memory; below it lies scratch. */
export const SCRATCH = 2048;
export const DATA = 4096;

export interface TestKernel {
  readonly run: KernelExports;
  readonly f32: Float32Array;
  readonly u32: Uint32Array;
  readonly u8: Uint8Array;
}

/** A kernel over a memory of its own, of the given number of megabytes. */
export function testKernel(megabytes: number): TestKernel {
  const memory = new WebAssembly.Memory({ initial: megabytes * 16 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const { buffer } = memory;
  return {
    run: instance.exports as unknown as KernelExports,
    f32: new Float32Array(buffer),
    u32: new Uint32Array(buffer),
    u8: new Uint8Array(buffer),
  };
}
