import type { ParquetReader } from './parquet-reader.ts';

/** A column of numbers; `missing` where the row has no value or the table lacks the column. */
export async function numberColumn(table: ParquetReader, column: string, missing: number): Promise<Float64Array> {
  const numbers = new Float64Array(table.rowCount);
  if (!table.has(column)) return numbers.fill(missing);
  for (const group of table.groups) {
    numbers.set(await table.readNumbers(column, group, missing), group.rowStart);
  }
  return numbers;
}

/** The first `width` items of a column of lists, one column for each; `missing` where the list is shorter or null. */
export async function itemColumns(table: ParquetReader, column: string, width: number, missing: number): Promise<Float64Array[]> {
  const items = Array.from({ length: width }, () => new Float64Array(table.rowCount).fill(missing));
  if (!table.has(column)) return items;
  for (const group of table.groups) {
    const lists = await table.readLists(column, group);
    let at = 0;
    for (let i = 0; i < lists.lengths.length; i++) {
      const length = Math.max(0, lists.lengths[i]);
      for (let k = 0; k < width && k < length; k++) items[k][group.rowStart + i] = lists.items[at + k];
      at += length;
    }
  }
  return items;
}

/** Concatenated lists of numbers: row i has the items `starts[i]` to `starts[i + 1] - 1`; null is an empty list. */
export interface ListColumn<Items = Uint32Array> {
  readonly starts: Uint32Array;
  readonly items: Items;
}

export async function listColumn(table: ParquetReader, column: string): Promise<ListColumn>;
export async function listColumn(
  table: ParquetReader,
  column: string,
  Items: Float32ArrayConstructor,
): Promise<ListColumn<Float32Array>>;
export async function listColumn(
  table: ParquetReader,
  column: string,
  Items: Float32ArrayConstructor | Uint32ArrayConstructor = Uint32Array,
): Promise<ListColumn<Float32Array | Uint32Array>> {
  const starts = new Uint32Array(table.rowCount + 1);
  let items = new Items(1024);
  let count = 0;
  if (table.has(column)) {
    for (const group of table.groups) {
      const lists = await table.readLists(column, group);
      if (count + lists.items.length > items.length) {
        const larger = new Items(2 * (count + lists.items.length));
        larger.set(items);
        items = larger;
      }
      items.set(lists.items, count);
      for (let i = 0; i < lists.lengths.length; i++) {
        count += Math.max(0, lists.lengths[i]);
        starts[group.rowStart + i + 1] = count;
      }
    }
  }
  return { starts, items: items.subarray(0, count) };
}

/** A column of texts as numbers: the place of each text in `names`, to which new texts are added; -1 for null. */
export async function nameColumn(table: ParquetReader, column: string, names: string[]): Promise<Int32Array> {
  const numbers = new Int32Array(table.rowCount).fill(-1);
  if (!table.has(column)) return numbers;
  const known = new Map(names.map((name, i) => [name, i]));
  for (const group of table.groups) {
    const values = await table.read(column, group);
    for (let i = 0; i < values.length; i++) {
      const name = values[i];
      if (name === null || name === undefined) continue;
      let number = known.get(name as string);
      if (number === undefined) {
        number = names.push(name as string) - 1;
        known.set(name as string, number);
      }
      numbers[group.rowStart + i] = number;
    }
  }
  return numbers;
}
