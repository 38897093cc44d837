/**
 * State that can be saved and restored: JSON's values, numbers bit for bit (NaN, infinities, -0), bigints and
 * typed arrays. Writers in the middle of a file are saved in this form in a checkpoint.
 * @internal
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
 * @internal
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

/** Levels of lists and objects that are read; states have about ten. */
const deepest = 64;
/** Longest bigint that is read, in characters: the time to read one grows faster than its length. */
const longestBigint = 1000;
/** Bytes of text that certainly fit into a JavaScript string. */
const longestText = 268_435_456;
const namedNumbers: ReadonlySet<unknown> = new Set(['NaN', 'Infinity', '-Infinity', '-0']);

function refuse(what: string): never {
  throw new Error(`not a packed state: ${what}`);
}

/**
 * Reads what `pack` wrote. Typed arrays are copies. They must lie one behind the other as `pack` puts them, so what is read never takes
 * more memory than its text and as many bytes again as were given.
 * @throws {Error} one line that says why the bytes are not a packed state
 * @internal
 */
export function unpack(bytes: Uint8Array): Packable {
  if (bytes.length < 4) refuse('it is too short');
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  if (4 + length > bytes.length) refuse('its text is cut off');
  if (length > longestText) refuse(`its text has ${length} bytes; at most ${longestText} are read`);
  // Not bytes.slice: that of a Buffer would not copy.
  const source = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let next = aligned(4 + length);
  const arrayOf = ({ $: name, at, length: items }: { $: unknown; at: unknown; length: unknown }, start: number): Packable => {
    const type = typeof name === 'string' && Object.hasOwn(arrayTypes, name) ? arrayTypes[name as ArrayName] : undefined;
    if (!type) return refuse('it holds an unknown kind of value');
    if (at !== next - start) return refuse('its arrays do not lie one behind the other');
    if (!Number.isSafeInteger(items) || (items as number) < 0) return refuse('an array has no length');
    const size = (items as number) * type.BYTES_PER_ELEMENT;
    if (!(size <= bytes.length - next)) return refuse('an array is cut off');
    const array = new type(source.slice(next, next + size).buffer);
    next += aligned(size);
    return array;
  };
  const start = next;
  const decode = (value: unknown, depth: number): Packable => {
    if (typeof value !== 'object' || value === null) return value as Packable;
    if (depth > deepest) return refuse(`it is nested more than ${deepest} levels deep`);
    if (Array.isArray(value)) return value.map((item) => decode(item, depth + 1));
    const tagged = value as { $: string; is: unknown; at: unknown; length: unknown };
    if (tagged.$ === 'undefined') return undefined;
    if (tagged.$ === 'number' && namedNumbers.has(tagged.is)) return Number(tagged.is);
    if (tagged.$ === 'bigint' && typeof tagged.is === 'string' && tagged.is.length <= longestBigint) {
      return /^-?\d+$/.test(tagged.is) ? BigInt(tagged.is) : refuse('a number has no digits');
    }
    if (tagged.$ === 'object' && Array.isArray(tagged.is)) {
      return Object.fromEntries(
        tagged.is.map((pair): [string, Packable] => {
          if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== 'string') return refuse('an object has no keys');
          return [pair[0], decode(pair[1], depth + 1)];
        }),
      );
    }
    return arrayOf(tagged, start);
  };
  const state = decode(parse(bytes.subarray(4, 4 + length)), 0);
  if (next !== bytes.length) refuse('there is something after its last array');
  return state;
}

function parse(text: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return refuse('its text is not JSON');
  }
}
