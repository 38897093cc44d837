import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Packable, pack, unpack } from '../../../src/record/pack.ts';

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.bigInt(),
    fc.uint8Array(),
    fc.int32Array(),
    fc.float32Array(),
    fc.float64Array(),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value as fc.Arbitrary<Packable>;

test('every state comes back to the bit', () => {
  fc.assert(
    fc.property(value, (state) => {
      const bytes = join(pack(state));
      expect(unpack(bytes)).toStrictEqual(state);
      expect(unpack(Buffer.from(bytes))).toStrictEqual(state);
    }),
  );
});

test('keys that look like the format itself are only keys', () => {
  const state = { $: 'Float64Array', at: 0, length: 3, constructor: 'x' };
  expect(unpack(join(pack(state)))).toStrictEqual(state);
});

test('bytes that are cut off or foreign are refused', () => {
  const bytes = join(pack({ a: Float64Array.of(1, 2, 3), b: 'text' }));
  for (let length = 0; length < bytes.length; length++) expect(() => unpack(bytes.subarray(0, length)), String(length)).toThrow();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (foreign) => {
      try {
        unpack(foreign);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }),
  );
});
