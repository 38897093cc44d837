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

/** A packed state whose text is given and whose arrays are `bytes`. */
function packed(text: unknown, bytes: number): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(text));
  const head = Math.ceil((4 + json.length) / 8) * 8;
  const whole = new Uint8Array(head + bytes);
  new DataView(whole.buffer).setUint32(0, json.length, true);
  whole.set(json, 4);
  return whole;
}
const array = (at: unknown, length: unknown, name = 'Float64Array') => ({ $: name, at, length });

test('arrays that overlap, leave gaps or have no sizes are refused before anything is made of them', () => {
  expect(unpack(packed([array(0, 2), array(16, 1)], 24))).toEqual([new Float64Array(2), new Float64Array(1)]);
  const many = Array.from({ length: 1000 }, () => array(0, 1000));
  const one = 'not a packed state: its arrays do not lie one behind the other';
  expect(() => unpack(packed(many, 8000))).toThrow(one);
  expect(() => unpack(packed([array(8, 1)], 16))).toThrow(one);
  expect(() => unpack(packed([array(16, 1), array(0, 1)], 24))).toThrow(one);
  for (const at of [undefined, -8, 0.5, '0', null]) expect(() => unpack(packed(array(at, 1), 8))).toThrow(one);
  for (const length of [undefined, -1, 0.5, '1', null]) {
    expect(() => unpack(packed(array(0, length), 8))).toThrow('not a packed state: an array has no length');
  }
  expect(() => unpack(packed(array(0, 2 ** 50), 8))).toThrow('not a packed state: an array is cut off');
  expect(() => unpack(packed(array(0, 1), 16))).toThrow('not a packed state: there is something after its last array');
});

test('texts that are no packed state are refused in one line each', () => {
  const deep = Array.from({ length: 70 }).reduce((inner: unknown) => [inner], 1);
  const object = { $: 'object', is: [1] };
  const texts = [
    deep,
    {},
    { $: 'bigint', is: 'x' },
    { $: 'bigint', is: '1'.repeat(5000) },
    { $: 'number', is: { toString: 1 } },
    object,
  ];
  for (const text of [...texts, { $: 'object', is: [[1, 2]] }, { $: '__proto__', is: 1 }]) {
    expect(() => unpack(packed(text, 0)), JSON.stringify(text)).toThrow(/^not a packed state: [^\n]+$/);
  }
});
