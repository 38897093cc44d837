import type { FileSource } from '../validate/file-source.ts';
import { FormatError } from '../validate/format-error.ts';

// kastore, the key-value store of numerical arrays that tskit keeps its binary files in: version 1.0 of its format
// (https://github.com/tskit-dev/kastore, docs/format.rst). A header of 64 bytes, a descriptor of 64 bytes for each array, the keys in sorted order, then the
// arrays, each from a multiple of 8 bytes on. All numbers are little-endian.

const magic = [0x89, 0x4b, 0x41, 0x53, 0x0d, 0x0a, 0x1a, 0x0a];
const headBytes = 64;
const alignment = 8;
const [major, minor] = [1, 0];

/** Types of arrays by their code in the format. */
const types = [
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  BigInt64Array,
  BigUint64Array,
  Float32Array,
  Float64Array,
] as const;

/** An array of a store. */
export type StoredArray = InstanceType<(typeof types)[number]>;

const align = (at: number) => Math.ceil(at / alignment) * alignment;

/**
 * A store as the chunks of a file.
 * @param items arrays by key; keys are ASCII
 */
export function writeKastore(items: ReadonlyMap<string, StoredArray>): Uint8Array[] {
  const keys = [...items.keys()].sort((a, b) => (a < b ? -1 : 1));
  const names = keys.map((key) => new TextEncoder().encode(key));
  const headSize = headBytes * (1 + keys.length);
  const keysSize = names.reduce((sum, name) => sum + name.length, 0);
  const head = new Uint8Array(align(headSize + keysSize));
  const view = new DataView(head.buffer);
  head.set(magic);
  view.setUint16(8, major, true);
  view.setUint16(10, minor, true);
  view.setUint32(12, keys.length, true);
  let keyAt = headSize;
  let arrayAt = headSize + keysSize;
  const chunks: Uint8Array[] = [head];
  for (const [i, key] of keys.entries()) {
    const array = items.get(key) as StoredArray;
    const start = align(arrayAt);
    // The gap before the first array is part of the head.
    if (start > arrayAt && i > 0) chunks.push(new Uint8Array(start - arrayAt));
    const at = headBytes * (1 + i);
    head[at] = types.findIndex((Type) => array instanceof Type);
    for (const [k, number] of [keyAt, names[i].length, start, array.length].entries())
      view.setBigUint64(at + 8 * (k + 1), BigInt(number), true);
    head.set(names[i], keyAt);
    chunks.push(littleEndian(array));
    keyAt += names[i].length;
    arrayAt = start + array.byteLength;
  }
  view.setBigUint64(16, BigInt(keys.length > 0 ? arrayAt : headBytes), true);
  return keys.length > 0 ? chunks : [head.subarray(0, headBytes)];
}

/** Bytes of an array. */
function littleEndian(array: StoredArray): Uint8Array {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] === 1) return bytes;
  const swapped = bytes.slice();
  const width = array.BYTES_PER_ELEMENT;
  for (let at = 0; at < swapped.length; at += width) swapped.subarray(at, at + width).reverse();
  return swapped;
}

/**
 * Reads a store that follows the format strictly: sizes, packing, order and types.
 * @param name of the file, for messages
 * @throws {FormatError} for a file that is not such a store
 */
export function readKastore(name: string, file: FileSource): Map<string, StoredArray> {
  const fail = (problem: string) => new FormatError(name, problem);
  if (file.byteLength < headBytes) throw fail(`has ${file.byteLength} bytes, too few for a kastore`);
  const head = new DataView(file.slice(0, headBytes));
  if (magic.some((byte, i) => head.getUint8(i) !== byte)) throw fail('does not begin as a kastore');
  const version = head.getUint16(8, true);
  if (version !== major) throw fail(`is of version ${version} of kastore; only version ${major} can be read`);
  const count = head.getUint32(12, true);
  const size = Number(head.getBigUint64(16, true));
  if (size !== file.byteLength) throw fail(`has ${file.byteLength} bytes, but says ${size}`);
  for (let i = 24; i < headBytes; i++) if (head.getUint8(i) !== 0) throw fail('has a header with reserved bytes that are not 0');
  if (headBytes * (1 + count) > size) throw fail(`is too short for ${count} arrays`);
  const descriptors = new DataView(file.slice(headBytes, headBytes * (1 + count)));
  const number = (i: number, k: number) => Number(descriptors.getBigUint64(headBytes * i + 8 * k, true));
  const items = new Map<string, StoredArray>();
  let keyAt = headBytes * (1 + count);
  let before = '';
  for (let i = 0; i < count; i++) {
    const [keyStart, keyLength] = [number(i, 1), number(i, 2)];
    if (keyStart !== keyAt || keyLength === 0 || keyAt + keyLength > size) throw fail(`key ${i} is not packed behind the others`);
    const key = new TextDecoder().decode(file.slice(keyStart, keyStart + keyLength));
    if (key <= before) throw fail(`key '${key}' is not in sorted order`);
    before = key;
    keyAt += keyLength;
  }
  let end = keyAt;
  for (let i = 0; i < count; i++) {
    const Type = types[descriptors.getUint8(headBytes * i)];
    const key = new TextDecoder().decode(file.slice(number(i, 1), number(i, 1) + number(i, 2)));
    if (!Type) throw fail(`${key} has the unknown type ${descriptors.getUint8(headBytes * i)}`);
    const [start, length] = [number(i, 3), number(i, 4)];
    if (start !== align(end)) throw fail(`${key} begins at byte ${start}, not at ${align(end)}`);
    end = start + length * Type.BYTES_PER_ELEMENT;
    if (end > size) throw fail(`${key} reaches beyond the end`);
    items.set(key, new Type(file.slice(start, end)));
  }
  if (count > 0 && end !== size) throw fail(`has ${size - end} bytes behind the last array`);
  return items;
}
