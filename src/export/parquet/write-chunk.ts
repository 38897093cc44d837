import { type ColumnType, isList } from '../export-table.ts';
import type { ColumnBuffer } from '../row-buffer.ts';
import { type Dictionary, findDictionary, widthOf } from './find-dictionary.ts';
import { formatNumbers } from './format-numbers.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { itemType } from './item-type.ts';
import { packSnappy } from './pack-snappy.ts';
import { powersOfTwo } from './powers-of-two.ts';
import { ThriftWriter } from './thrift-writer.ts';
import { writeHybrid } from './write-hybrid.ts';

const { encodings, pages } = formatNumbers;

/** What the footer states of a chunk: the values of a column in a group of rows. */
export interface ChunkFacts {
  /** Values and nulls; items for lists. */
  readonly values: number;
  readonly nulls: number;
  /** Bytes with their headers, unpacked and in the file. */
  readonly whole: number;
  readonly stored: number;
  /** Places in the file: of the first page with data, and of the dictionary, -1 without one. */
  readonly data: number;
  readonly dictionary: number;
  /** Least and greatest value, as bytes of their type; empty where unknown. */
  readonly least: Uint8Array;
  readonly greatest: Uint8Array;
}

/** Bytes of a number. */
const sizes: Readonly<Partial<Record<ColumnType, number>>> = { INT32: 4, INT64: 8, FLOAT: 4, DOUBLE: 8 };
/** Texts that are longer are not repeated in the footer. */
const longestBound = 64;
const none = new Uint8Array(0);

const page = new GrowingBytes();
const packed = new GrowingBytes();
const header = new GrowingBytes();
const levels = new GrowingBytes();
const encoder = new TextEncoder();
let compact = new Float64Array(0);
let defined = new Uint8Array(0);
let begun = new Uint8Array(0);

/**
 * Appends the values of a column for the rows of a group: a dictionary where it pays, then one page of data.
 * @param base place in the file of the first byte of `out`
 */
export function writeChunk(out: GrowingBytes, base: number, column: ColumnBuffer, rows: number): ChunkFacts {
  const type = itemType(column.column.type);
  const { present, count, nulls, repetition } = layOut(column, rows);
  const start = out.length;
  const isText = type === 'STRING';
  const texts = isText ? column.texts.map((text) => encoder.encode(text)) : [];
  // Measures hardly ever repeat: looking for a dictionary would cost more than it saves.
  const found = isText
    ? textDictionary(present, texts)
    : type === 'FLOAT'
      ? undefined
      : findDictionary(present, sizes[type] ?? 8);
  let dictionary = -1;
  let whole = 0;
  if (found) {
    dictionary = base + start;
    page.clear();
    if (isText) writeTexts(texts);
    else writeNumbers(found.entries, type);
    whole += writeDictionaryPage(out, isText ? texts.length : found.entries.length);
  }
  const data = base + out.length;
  page.clear();
  if (found) writePlaces(found, isText ? texts.length : found.entries.length);
  else if (isText) for (const index of present) writeText(texts[index]);
  else writeNumbers(present, type);
  whole += writeDataPage(out, { count, nulls, rows, repetition, dictionary: found !== undefined });
  const bounds = isList(column.column.type) ? undefined : isText ? textBounds(texts) : numberBounds(present, type);
  return {
    ...{ values: count, nulls, whole, stored: out.length - start, data, dictionary },
    ...(bounds ?? { least: none, greatest: none }),
  };
}

/** Values that exist, and bytes of levels: which item begins a row, and how much of a value exists. */
function layOut({ column, values, items, itemCount }: ColumnBuffer, rows: number) {
  levels.clear();
  if (!isList(column.type)) {
    const all = values.subarray(0, rows);
    if (!column.nullable) return { present: all, count: rows, nulls: 0, repetition: 0 };
    if (compact.length < rows) compact = new Float64Array(values.length);
    if (defined.length < rows) defined = new Uint8Array(values.length);
    const isText = column.type === 'STRING';
    let kept = 0;
    for (let i = 0; i < rows; i++) {
      const value = all[i];
      const exists = isText ? value >= 0 : value === value;
      defined[i] = exists ? 1 : 0;
      if (exists) compact[kept++] = value;
    }
    writeHybrid(levels, defined, rows, 1);
    return { present: compact.subarray(0, kept), count: rows, nulls: rows - kept, repetition: 0 };
  }
  const most = rows + itemCount;
  if (defined.length < most) defined = new Uint8Array(most);
  if (begun.length < most) begun = new Uint8Array(most);
  const full = column.nullable ? 2 : 1;
  let count = 0;
  for (let i = 0; i < rows; i++) {
    const length = values[i];
    begun[count] = 0;
    // A missing or an empty list is one entry without a value.
    defined[count++] = length > 0 ? full : length < 0 ? 0 : full - 1;
    for (let k = 1; k < length; k++) {
      begun[count] = 1;
      defined[count++] = full;
    }
  }
  writeHybrid(levels, begun, count, 1);
  const repetition = levels.length;
  writeHybrid(levels, defined, count, full === 2 ? 2 : 1);
  return { present: items.subarray(0, itemCount), count, nulls: count - itemCount, repetition };
}

/** Texts are places in a list already; whether the list pays is asked as for numbers. */
function textDictionary(present: Float64Array, texts: readonly Uint8Array[]): Dictionary | undefined {
  let plain = 0;
  for (let i = 0; i < present.length; i++) plain += 4 + texts[present[i]].length;
  const entries = texts.reduce((sum, text) => sum + 4 + text.length, 0);
  const places = Math.ceil((present.length * widthOf(texts.length)) / 8);
  if (present.length === 0 || 2 * (entries + places) > plain) return undefined;
  return { entries: new Float64Array(0), places: Uint32Array.from(present) };
}

function writePlaces({ places }: Dictionary, entries: number): void {
  const width = widthOf(entries);
  page.byte(width);
  writeHybrid(page, places, places.length, width);
}

function writeText(text: Uint8Array): void {
  page.little(text.length, 4);
  page.append(text);
}

function writeTexts(texts: readonly Uint8Array[]): void {
  for (const text of texts) writeText(text);
}

/** Numbers one behind the other, from the beginning of the page on, where memory is aligned. */
function writeNumbers(values: Float64Array, type: ColumnType): void {
  const size = sizes[type] ?? 8;
  const count = values.length;
  page.reserve(count * size);
  const { buffer } = page.bytes;
  if (type === 'DOUBLE') new Float64Array(buffer, 0, count).set(values);
  else if (type === 'FLOAT') new Float32Array(buffer, 0, count).set(values);
  else if (type === 'INT32') {
    const words = new Int32Array(buffer, 0, count);
    for (let i = 0; i < count; i++) {
      words[i] = values[i];
      if (words[i] !== values[i]) throw new RangeError(`a column of whole numbers of 32 bits cannot hold ${values[i]}`);
    }
  } else {
    const words = new Int32Array(buffer, 0, 2 * count);
    for (let i = 0; i < count; i++) {
      const value = values[i];
      if (!Number.isInteger(value)) throw new RangeError(`a column of whole numbers cannot hold ${value}`);
      const low = value | 0;
      words[2 * i] = low;
      words[2 * i + 1] = low === value ? low >> 31 : Math.floor(value / powersOfTwo[32]);
    }
  }
  page.length = count * size;
}

function writeDictionaryPage(out: GrowingBytes, entries: number): number {
  packed.clear();
  packSnappy(packed, page.view());
  header.clear();
  const thrift = new ThriftWriter(header);
  thrift.struct(() => {
    thrift.i32(1, pages.dictionary);
    thrift.i32(2, page.length);
    thrift.i32(3, packed.length);
    thrift.structField(7, () => {
      thrift.i32(1, entries);
      thrift.i32(2, encodings.plain);
    });
  });
  out.append(header.view());
  out.append(packed.view());
  return header.length + page.length;
}

interface DataPage {
  readonly count: number;
  readonly nulls: number;
  readonly rows: number;
  /** Bytes of the levels that say which item begins a row. */
  readonly repetition: number;
  readonly dictionary: boolean;
}

/** Values are packed, levels are not (version 2 of data pages). */
function writeDataPage(out: GrowingBytes, { count, nulls, rows, repetition, dictionary }: DataPage): number {
  packed.clear();
  packSnappy(packed, page.view());
  header.clear();
  const thrift = new ThriftWriter(header);
  thrift.struct(() => {
    thrift.i32(1, pages.data);
    thrift.i32(2, levels.length + page.length);
    thrift.i32(3, levels.length + packed.length);
    thrift.structField(8, () => {
      thrift.i32(1, count);
      thrift.i32(2, nulls);
      thrift.i32(3, rows);
      thrift.i32(4, dictionary ? encodings.dictionary : encodings.plain);
      thrift.i32(5, levels.length - repetition);
      thrift.i32(6, repetition);
    });
  });
  out.append(header.view());
  out.append(levels.view());
  out.append(packed.view());
  return header.length + levels.length + page.length;
}

type Bounds = Pick<ChunkFacts, 'least' | 'greatest'>;

function numberBounds(values: Float64Array, type: ColumnType): Bounds | undefined {
  if (values.length === 0) return undefined;
  const { length } = values;
  let least = values[0];
  let greatest = least;
  for (let i = 1; i < length; i++) {
    least = Math.min(least, values[i]);
    greatest = Math.max(greatest, values[i]);
  }
  // The format asks that a bound of 0 covers both zeros.
  const isReal = type === 'FLOAT' || type === 'DOUBLE';
  return {
    least: boundOf(isReal && least === 0 ? -0 : least, type),
    greatest: boundOf(greatest === 0 ? 0 : greatest, type),
  };
}

function boundOf(value: number, type: ColumnType): Uint8Array {
  page.clear();
  writeNumbers(Float64Array.of(value), type);
  return page.view().slice();
}

/** By their bytes, as the format orders texts. */
function textBounds(texts: readonly Uint8Array[]): Bounds | undefined {
  if (texts.length === 0 || texts.some((text) => text.length > longestBound)) return undefined;
  let [least, greatest] = [texts[0], texts[0]];
  for (const text of texts) {
    if (compareBytes(text, least) < 0) least = text;
    if (compareBytes(text, greatest) > 0) greatest = text;
  }
  return { least, greatest };
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}
