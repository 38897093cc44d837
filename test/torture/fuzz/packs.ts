import { type Packable, pack, unpack } from '../../../src/record/pack.ts';
import type { CaseTarget } from '../cases/target.ts';
import { orRefused } from '../cases/verdict.ts';
import type { Random } from '../random.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { type Json, mutateJson } from './mutate-json.ts';

export const joined = (chunks: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(chunks));

/** The same packed state with damage in its text, whose length is told rightly; the arrays behind it stay where they were. */
export function mutatePacked(random: Random, packed: Uint8Array): Uint8Array {
  const length = new DataView(packed.buffer, packed.byteOffset).getUint32(0, true);
  const aligned = (n: number) => Math.ceil(n / 8) * 8;
  const tree = JSON.parse(new TextDecoder().decode(packed.subarray(4, 4 + length))) as Json;
  const text = new TextEncoder().encode(
    mutateJson(random, tree, ['Float64Array', 'object', 'number', 'bigint', { $: 'undefined' }]),
  );
  const arrays = packed.subarray(aligned(4 + length));
  const whole = new Uint8Array(aligned(4 + text.length) + arrays.length);
  new DataView(whole.buffer).setUint32(0, text.length, true);
  whole.set(text, 4);
  whole.set(
    random.chance(0.3) && arrays.length > 0 ? mutateBytes(random, arrays).subarray(0, arrays.length) : arrays,
    aligned(4 + text.length),
  );
  return whole;
}

/** One of everything that can be packed. */
const sample: Packable = {
  nothing: null,
  missing: undefined,
  yes: true,
  numbers: [0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53],
  large: 12_345_678_901_234_567_890n,
  text: 'a',
  bytes: Uint8Array.from({ length: 13 }, (_, i) => i),
  whole: Int32Array.from({ length: 5 }, (_, i) => -i),
  single: Float32Array.from({ length: 7 }, (_, i) => i / 3),
  double: Float64Array.from({ length: 3 }, (_, i) => i / 7),
  deep: [{ a: [{ b: new Float64Array(0) }] }],
};

export const packs: CaseTarget = {
  name: 'packs',
  title: 'packed states: checkpoints, results and notebooks are made of these',
  extension: 'pack',
  weight: 70,
  prepare() {
    const packed = joined(pack(sample));
    return {
      make: (random) => (random.chance(0.4) ? mutateBytes(random, packed) : mutatePacked(random, packed)),
      give: (input) =>
        orRefused([Error], () => {
          unpack(input);
        }),
    };
  },
};
