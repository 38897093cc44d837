/**
 * State that can be put away and taken up again: JSON's values, numbers to the bit (NaN, infinities, -0), bigints and
 * typed arrays. It is how writers in the middle of a file go into a checkpoint.
 */
export type Packable =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Int32Array
  | Float32Array
  | Float64Array
  | readonly Packable[]
  | { readonly [key: string]: Packable };

const arrayTypes = { Uint8Array, Int32Array, Float32Array, Float64Array };
type ArrayName = keyof typeof arrayTypes;

/** Every typed array starts at a multiple of this, so that it can be read in place. */
const alignment = 8;
const aligned = (n: number) => Math.ceil(n / alignment) * alignment;

/**
 * Writes a state as chunks to be put one behind the other: length of the text (u32), the text (JSON), then the typed
 * arrays. Arrays are passed on, not copied: write the chunks before anything changes.
 */
export function pack(state: Packable): Uint8Array[] {
  const arrays: Uint8Array[] = [];
  let bytes = 0;
  const encode = (value: Packable): unknown => {
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $: 'number', is: Object.is(value, -0) ? '-0' : String(value) };
    }
    if (typeof value === 'bigint') return { $: 'bigint', is: String(value) };
    if (value === undefined) return { $: 'undefined' };
    if (ArrayBuffer.isView(value)) {
      const at = bytes;
      arrays.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      bytes += aligned(value.byteLength);
      return { $: value.constructor.name, at, length: value.length };
    }
    if (Array.isArray(value)) return value.map(encode);
    if (typeof value === 'object' && value !== null) {
      return { $: 'object', is: Object.entries(value).map(([key, item]) => [key, encode(item)]) };
    }
    return value;
  };
  const text = new TextEncoder().encode(JSON.stringify(encode(state)));
  const head = new Uint8Array(aligned(4 + text.length));
  new DataView(head.buffer).setUint32(0, text.length, true);
  head.set(text, 4);
  const chunks: Uint8Array[] = [head];
  for (const array of arrays) {
    if (array.length === 0) continue;
    chunks.push(array);
    const gap = aligned(array.length) - array.length;
    if (gap > 0) chunks.push(new Uint8Array(gap));
  }
  return chunks;
}

/**
 * Reads what `pack` wrote. Typed arrays are copies.
 * @throws {Error} when the bytes are not a packed state.
 */
export function unpack(bytes: Uint8Array): Packable {
  if (bytes.length < 4) throw new Error('not a packed state: too short');
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  if (4 + length > bytes.length) throw new Error('not a packed state: the text is cut off');
  const start = aligned(4 + length);
  // Not bytes.slice: that of a Buffer would not copy.
  const source = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decode = (value: unknown): Packable => {
    if (Array.isArray(value)) return value.map(decode);
    if (typeof value !== 'object' || value === null) return value as Packable;
    const tagged = value as { $: string; is: unknown; at: number; length: number };
    if (tagged.$ === 'number') return Number(tagged.is);
    if (tagged.$ === 'bigint') return BigInt(tagged.is as string);
    if (tagged.$ === 'undefined') return undefined;
    if (tagged.$ === 'object') {
      return Object.fromEntries((tagged.is as [string, unknown][]).map(([key, item]) => [key, decode(item)]));
    }
    const type = Object.hasOwn(arrayTypes, tagged.$) ? arrayTypes[tagged.$ as ArrayName] : undefined;
    if (!type) throw new Error(`not a packed state: unknown kind ${tagged.$}`);
    const from = start + tagged.at;
    const end = from + tagged.length * type.BYTES_PER_ELEMENT;
    if (!(tagged.at >= 0 && tagged.length >= 0 && end <= bytes.length))
      throw new Error('not a packed state: an array is cut off');
    return new type(source.slice(from, end).buffer);
  };
  return decode(JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))));
}
