import { type ColumnType, isList } from '../export-table.ts';
import { Damage } from './damage.ts';
import type { Chunk, FileColumn } from './footer.ts';
import { readHybrid } from './hybrid.ts';
import { itemType } from './item-type.ts';
import { type PageHeader, readPageHeader } from './page-header.ts';
import { unpackSnappy } from './unpack-snappy.ts';

/** The values of a column for the rows of a group: numbers, bigints, texts or lists; null where a value is missing. */
export type ColumnValues = ArrayLike<unknown>;

/** The values that exist, without nulls. */
type Values = Int32Array | BigInt64Array | Float32Array | Float64Array | string[];

/**
 * Decodes the bytes of a chunk. Pages must fill the chunk, and their rows and values must add up to what the footer states;
 * memory is allocated only after that is known of a page.
 * @throws {Damage}
 */
export function chunkValues(bytes: Uint8Array, column: FileColumn, chunk: Chunk, rowCount: number): ColumnValues {
  const list = isList(column.type);
  const flat = !list && !column.nullable;
  const type = itemType(column.type);
  let dictionary: Values | undefined;
  const pages: ColumnValues[] = [];
  let [at, rows, values] = [0, 0, 0];
  while (at < bytes.length) {
    const { header, start } = readPageHeader(bytes, at);
    const page = bytes.subarray(start, start + header.stored);
    if (header.kind === 'dictionary') {
      if (at > 0 || header.encoding !== 'plain') throw new Damage('a dictionary is out of place');
      if (header.values > chunk.values) throw new Damage(`a dictionary has ${header.values} entries`);
      dictionary = plainValues(unpackSnappy(page, header.whole), type, header.values);
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
    const present = readValues(unpackSnappy(page.subarray(levelBytes), wholeBytes - levelBytes), type, header, dictionary);
    if (flat) {
      if (levelBytes > 0 || header.nulls > 0 || header.rows !== header.values)
        throw new Damage('a page has unexpected nulls or lists');
      pages.push(present);
    } else if (list) pages.push(listsOf(page, header, column.nullable, present));
    else pages.push(withNulls(page, header, present));
    at = start + header.stored;
  }
  if (rows !== rowCount || values !== chunk.values) throw new Damage(`it has ${rows} rows and ${values} values`);
  return pages.length === 1 ? pages[0] : joinPages(pages, rowCount);
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

function readValues(page: Uint8Array, type: ColumnType, header: PageHeader, dictionary: Values | undefined): Values {
  const count = header.values - header.nulls;
  if (header.encoding === 'plain') return plainValues(page, type, count);
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

const emptyLike = (values: Values, count: number): Values =>
  Array.isArray(values) ? new Array<string>(count) : new (values.constructor as Float64ArrayConstructor)(count);

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

function withNulls(page: Uint8Array, header: PageHeader, present: Values): ColumnValues {
  const { values, rows, repetition } = header;
  if (repetition > 0 || rows !== values) throw new Damage('a page has unexpected lists');
  const levels = definitions(page, header, 1);
  if (header.nulls === 0) return present;
  const all = new Array<unknown>(values);
  let next = 0;
  for (let i = 0; i < values; i++) all[i] = levels[i] === 1 ? present[next++] : null;
  return all;
}

/** Lists of a page: a row begins where the repetition level is 0. A row whose only entry is missing is empty or null. */
function listsOf(page: Uint8Array, header: PageHeader, nullable: boolean, present: Values): ColumnValues {
  const { values, rows, repetition } = header;
  const most = nullable ? 2 : 1;
  const begins = new Uint8Array(values);
  readHybrid(page, 0, repetition, 1, begins);
  const levels = definitions(page, header, most);
  const lists: unknown[] = [];
  let [start, next] = [0, 0];
  for (let i = 0; i < values; i++) {
    if (begins[i] === 0) {
      start = next;
      lists.push(levels[i] === 0 && nullable ? null : present.slice(next, next));
    } else if (i === 0 || levels[i] < most || next === start) throw new Damage('an item of a list is out of place');
    if (levels[i] === most) {
      next++;
      const ends = i + 1 === values || begins[i + 1] === 0;
      if (ends) lists[lists.length - 1] = Array.isArray(present) ? present.slice(start, next) : present.subarray(start, next);
    }
  }
  if (lists.length !== rows) throw new Damage(`a page has ${lists.length} rows, not ${rows}`);
  return lists;
}

function joinPages(pages: readonly ColumnValues[], rowCount: number): ColumnValues {
  const all = new Array<unknown>(rowCount);
  let at = 0;
  for (const page of pages) for (let i = 0; i < page.length; i++) all[at++] = page[i];
  return all;
}
