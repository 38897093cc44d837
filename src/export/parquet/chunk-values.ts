import { type ColumnType, isList } from '../export-table.ts';
import { Damage } from './damage.ts';
import type { Chunk, FileColumn } from './footer.ts';
import { readHybrid } from './hybrid.ts';
import { itemType } from './item-type.ts';
import { type PageHeader, readPageHeader } from './page-header.ts';
import { powersOfTwo } from './powers-of-two.ts';
import { unpackSnappy } from './unpack-snappy.ts';

/** The values of a column for the rows of a group: numbers, bigints, texts or lists; null where a value is missing. */
export type ColumnValues = ArrayLike<unknown>;

/** The values that exist, without nulls. */
type Values = Int32Array | BigInt64Array | Float32Array | Float64Array | string[];

/** Lists of numbers one behind the other: row i has `lengths[i]` items, -1 for null. */
export interface NumberLists {
  readonly lengths: Int32Array;
  readonly items: Float64Array;
}

/**
 * Decodes the bytes of a chunk. Pages must fill the chunk, and their rows and values must add up to what the footer states;
 * memory is allocated only after that is known of a page.
 * @throws {Damage}
 */
export function chunkValues(bytes: Uint8Array, column: FileColumn, chunk: Chunk, rowCount: number): ColumnValues {
  const pages: ColumnValues[] = [];
  eachPage(bytes, column, chunk, rowCount, plainValues, (page, header, present) => {
    if (isList(column.type)) pages.push(listsOf(page, header, column.nullable, present));
    else pages.push(column.nullable ? withNulls(page, header, present) : present);
  });
  return pages.length === 1 ? pages[0] : joinPages(pages, rowCount);
}

/**
 * Decodes the bytes of a chunk of numbers, without an object for each.
 * @param missing where a value is missing
 * @throws {Damage} as `chunkValues`
 */
export function chunkNumbers(
  bytes: Uint8Array,
  column: FileColumn,
  chunk: Chunk,
  rowCount: number,
  missing: number,
): Float64Array {
  const all = new Float64Array(rowCount);
  let row = 0;
  eachPage(bytes, column, chunk, rowCount, plainNumbers, (page, header, present) => {
    if (!column.nullable) all.set(present, row);
    else {
      const levels = nullLevels(page, header);
      let next = 0;
      for (let i = 0; i < header.values; i++) all[row + i] = levels[i] === 1 ? present[next++] : missing;
    }
    row += header.rows;
  });
  return all;
}

/**
 * Decodes the bytes of a chunk of lists of numbers, without an object for each.
 * @throws {Damage} as `chunkValues`
 */
export function chunkLists(bytes: Uint8Array, column: FileColumn, chunk: Chunk, rowCount: number): NumberLists {
  const lengths = new Int32Array(rowCount);
  const pages: Float64Array[] = [];
  let row = 0;
  eachPage(bytes, column, chunk, rowCount, plainNumbers, (page, header, present) => {
    lengths.set(listLengths(page, header, column.nullable), row);
    pages.push(present);
    row += header.rows;
  });
  if (pages.length === 1) return { lengths, items: pages[0] };
  const items = new Float64Array(pages.reduce((sum, page) => sum + page.length, 0));
  let at = 0;
  for (const page of pages) {
    items.set(page, at);
    at += page.length;
  }
  return { lengths, items };
}

/** Decodes a chunk page by page. @param plain decodes concatenated values @param visit gets a page, its header, and the values that exist */
function eachPage<V extends Values>(
  bytes: Uint8Array,
  column: FileColumn,
  chunk: Chunk,
  rowCount: number,
  plain: (page: Uint8Array, type: ColumnType, count: number) => V,
  visit: (page: Uint8Array, header: PageHeader, present: V) => void,
): void {
  const flat = !isList(column.type) && !column.nullable;
  const type = itemType(column.type);
  let dictionary: V | undefined;
  let [at, rows, values] = [0, 0, 0];
  while (at < bytes.length) {
    const { header, start } = readPageHeader(bytes, at);
    const page = bytes.subarray(start, start + header.stored);
    if (header.kind === 'dictionary') {
      if (at > 0 || header.encoding !== 'plain') throw new Damage('a dictionary is out of place');
      if (header.values > chunk.values) throw new Damage(`a dictionary has ${header.values} entries`);
      dictionary = plain(unpackSnappy(page, header.whole), type, header.values);
      at = start + header.stored;
      if (at !== chunk.data - chunk.start) throw new Damage('the first page is out of place');
      continue;
    }
    rows += header.rows;
    values += header.values;
    if (rows > rowCount || values > chunk.values || header.rows > header.values) {
      throw new Damage(`a page has ${header.rows} rows and ${header.values} values, more than are missing`);
    }
    const [levelBytes, wholeBytes] = [header.repetition + header.definition, header.whole];
    const present = readValues(unpackSnappy(page.subarray(levelBytes), wholeBytes - levelBytes), type, header, dictionary, plain);
    if (flat && (levelBytes > 0 || header.nulls > 0 || header.rows !== header.values))
      throw new Damage('a page has unexpected nulls or lists');
    visit(page, header, present);
    at = start + header.stored;
  }
  if (rows !== rowCount || values !== chunk.values) throw new Damage(`it has ${rows} rows and ${values} values`);
}

const numberTypes = { INT32: Int32Array, INT64: BigInt64Array, FLOAT: Float32Array, DOUBLE: Float64Array } as const;

/** Concatenated values: numbers as they are, texts with their lengths. */
function plainValues(page: Uint8Array, type: ColumnType, count: number): Values {
  if (type !== 'STRING') {
    const Numbers = numberTypes[type as keyof typeof numberTypes];
    if (page.length !== count * Numbers.BYTES_PER_ELEMENT) throw new Damage(`${page.length} bytes do not hold ${count} values`);
    return new Numbers(page.buffer as ArrayBuffer);
  }
  if (4 * count > page.length) throw new Damage(`${page.length} bytes do not hold ${count} texts`);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const view = new DataView(page.buffer);
  const texts: string[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const length = page.length - at >= 4 ? view.getUint32(at, true) : page.length;
    at += 4;
    if (length > page.length - at) throw new Damage('a text is cut off');
    try {
      texts.push(decoder.decode(page.subarray(at, at + length)));
    } catch {
      throw new Damage('a text is not UTF-8');
    }
    at += length;
  }
  if (at !== page.length) throw new Damage('bytes follow the last text');
  return texts;
}

/** Concatenated numbers of any type, as numbers. */
function plainNumbers(page: Uint8Array, type: ColumnType, count: number): Float64Array {
  if (type !== 'INT64') {
    const values = plainValues(page, type, count);
    return values instanceof Float64Array ? values : Float64Array.from(values as Int32Array | Float32Array);
  }
  if (page.length !== 8 * count) throw new Damage(`${page.length} bytes do not hold ${count} values`);
  const words = new Int32Array(page.buffer);
  return Float64Array.from({ length: count }, (_, i) => powersOfTwo[32] * words[2 * i + 1] + (words[2 * i] >>> 0));
}

function readValues<V extends Values>(
  page: Uint8Array,
  type: ColumnType,
  header: PageHeader,
  dictionary: V | undefined,
  plain: (page: Uint8Array, type: ColumnType, count: number) => V,
): V {
  const count = header.values - header.nulls;
  if (header.encoding === 'plain') return plain(page, type, count);
  if (dictionary === undefined) throw new Damage('a dictionary is missing');
  if (count === 0) {
    if (page.length > 1) throw new Damage('bytes follow the last value');
    return emptyLike(dictionary, 0);
  }
  if (page.length === 0) throw new Damage('a page is empty');
  const places = new Uint32Array(count);
  readHybrid(page, 1, page.length, page[0], places);
  const values = emptyLike(dictionary, count);
  const entries = dictionary.length;
  for (let i = 0; i < count; i++) {
    if (places[i] >= entries) throw new Damage(`a value is entry ${places[i]} of a dictionary of ${entries}`);
    values[i] = dictionary[places[i]];
  }
  return values;
}

const emptyLike = <V extends Values>(values: V, count: number): V =>
  (Array.isArray(values) ? new Array<string>(count) : new (values.constructor as Float64ArrayConstructor)(count)) as V;

/** Levels of a page: how much of each value exists, up to `most`. As many are below `most` as the header states. */
function definitions(page: Uint8Array, { repetition, definition, values, nulls }: PageHeader, most: number): Uint8Array {
  const levels = new Uint8Array(values);
  readHybrid(page, repetition, repetition + definition, most > 1 ? 2 : 1, levels);
  let missing = 0;
  for (let i = 0; i < values; i++) {
    if (levels[i] < most) missing++;
    else if (levels[i] > most) throw new Damage(`a value has the level ${levels[i]}`);
  }
  if (missing !== nulls) throw new Damage(`a page has ${missing} nulls, not ${nulls}`);
  return levels;
}

/** 1 for each value of a page that exists, 0 for null. */
function nullLevels(page: Uint8Array, header: PageHeader): Uint8Array {
  if (header.repetition > 0 || header.rows !== header.values) throw new Damage('a page has unexpected lists');
  return definitions(page, header, 1);
}

function withNulls(page: Uint8Array, header: PageHeader, present: Values): ColumnValues {
  const { values } = header;
  const levels = nullLevels(page, header);
  if (header.nulls === 0) return present;
  const all = new Array<unknown>(values);
  let next = 0;
  for (let i = 0; i < values; i++) all[i] = levels[i] === 1 ? present[next++] : null;
  return all;
}

function listsOf(page: Uint8Array, header: PageHeader, nullable: boolean, present: Values): ColumnValues {
  let at = 0;
  return Array.from(listLengths(page, header, nullable), (length) => {
    if (length < 0) return null;
    const list = Array.isArray(present) ? present.slice(at, at + length) : present.subarray(at, at + length);
    at += length;
    return list;
  });
}

/** Lengths of the lists of a page, -1 for null: a row begins where the repetition level is 0. A row whose only entry is missing is empty or null. */
function listLengths(page: Uint8Array, header: PageHeader, nullable: boolean): Int32Array {
  const { values, rows, repetition } = header;
  const most = nullable ? 2 : 1;
  const begins = new Uint8Array(values);
  readHybrid(page, 0, repetition, 1, begins);
  const levels = definitions(page, header, most);
  const lengths = new Int32Array(rows);
  let row = -1;
  for (let i = 0; i < values; i++) {
    if (begins[i] === 0) {
      if (++row >= rows) throw new Damage(`a page has more lists than its ${rows} rows`);
      lengths[row] = levels[i] === most ? 1 : levels[i] === 0 && nullable ? -1 : 0;
    } else if (i === 0 || levels[i] < most || lengths[row] < 1) throw new Damage('an item of a list is out of place');
    else lengths[row]++;
  }
  if (row + 1 !== rows) throw new Damage(`a page has ${row + 1} lists, not ${rows}`);
  return lengths;
}

function joinPages(pages: readonly ColumnValues[], rowCount: number): ColumnValues {
  const all = new Array<unknown>(rowCount);
  let at = 0;
  for (const page of pages) for (let i = 0; i < page.length; i++) all[at++] = page[i];
  return all;
}
