import { cos, exp, log, sin, tanh } from '../../../src/math/elementary.ts';
import { DATA, testKernel } from '../../unit/math/kernel.ts';
import type { FunctionJob, JobResult } from './job.ts';
import { digest } from './run-scene.ts';

const inKernel = ['tanh4', 'logistic4', 'log4', 'sin2pi4', 'cos2pi4', 'tanh1', 'logistic1'];
/** Angles beyond some turns are refused. */
const angle = (x: number) => x % 1e5;
const inScript = { exp, log, sin: (x: number) => sin(angle(x)), cos: (x: number) => cos(angle(x)), tanh };

/** Odd, so that its multiples run through all 32-bit words. */
const stride = 0x9e3779b1;

/** The finite float among the multiples of `stride` that has this number; exponents of infinity and NaN lose a bit. */
function pattern(i: number): number {
  const word = Math.imul(i, stride) >>> 0;
  return (word & 0x7f800000) === 0x7f800000 ? (word & 0xff7fffff) >>> 0 : word;
}

/** Digests of every elementary function over the same floats, subnormal ones among them; and how NaN and subnormal numbers look here. */
export function runFunctions({ name, patterns }: FunctionJob): JobResult {
  const kernel = testKernel(1 + Math.ceil((8 * patterns + DATA) / 2 ** 20));
  const input = DATA / 4;
  const output = DATA + 4 * patterns;
  for (let i = 0; i < patterns; i++) kernel.u32[input + i] = pattern(i);
  const marks: [string, string][] = [];
  for (const [kind, title] of inKernel.entries()) {
    kernel.run.testElementary(kind, DATA, output, patterns);
    for (let i = 0; i < patterns; i++) {
      // What a function says outside of its range may be NaN, whose bits the standard leaves open.
      if (Number.isNaN(kernel.f32[output / 4 + i])) kernel.u32[output / 4 + i] = 0x7fc00000;
    }
    marks.push([`kernel ${title}`, digest(kernel.u8.subarray(output, output + 4 * patterns))]);
  }
  const doubles = new Float64Array(patterns);
  for (const [title, apply] of Object.entries(inScript)) {
    for (let i = 0; i < patterns; i++) {
      const value = apply(kernel.f32[input + i]);
      doubles[i] = Number.isNaN(value) ? 0 : value;
    }
    marks.push([`script ${title}`, digest(new Uint8Array(doubles.buffer))]);
  }
  return { name, marks, problems: [], facts: oddFloats(kernel) };
}

/** Bits that kernels give here for NaN and for a number below the normal range. */
function oddFloats(kernel: ReturnType<typeof testKernel>): Record<string, string> {
  const asked = [0x7f800000, 0xff800000, 0x7fc00000, 0x7fa12345, 0x00000007];
  const word = (kind: number, bits: number) => {
    kernel.u32.fill(bits, DATA / 4, DATA / 4 + 4);
    kernel.run.testElementary(kind, DATA, DATA + 16, 4);
    return kernel.u32[DATA / 4 + 4].toString(16).padStart(8, '0');
  };
  return Object.fromEntries(
    asked.map((bits) => [
      `functions of ${bits.toString(16).padStart(8, '0')}`,
      inKernel.map((_, kind) => word(kind, bits)).join(' '),
    ]),
  );
}
