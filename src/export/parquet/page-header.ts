import { Damage } from './damage.ts';
import { formatNumbers } from './format-numbers.ts';
import { ThriftReader } from './thrift-reader.ts';

const pageKinds: Readonly<Record<number, 'dictionary' | 'data'>> = {
  [formatNumbers.pages.dictionary]: 'dictionary',
  [formatNumbers.pages.data]: 'data',
};
const encodings: Readonly<Record<number, 'plain' | 'dictionary'>> = {
  [formatNumbers.encodings.plain]: 'plain',
  [formatNumbers.encodings.dictionary]: 'dictionary',
};

/** The header in front of the bytes of a page. */
export interface PageHeader {
  readonly kind: 'dictionary' | 'data';
  /** Bytes of the page in the file, and after unpacking. */
  readonly stored: number;
  readonly whole: number;
  /** Values and nulls; items for lists. */
  readonly values: number;
  readonly nulls: number;
  readonly rows: number;
  readonly encoding: 'plain' | 'dictionary';
  /** Bytes of levels before the values: which item begins a row, and how much of a value exists. */
  readonly repetition: number;
  readonly definition: number;
}

/**
 * Reads the header of the page at `at`.
 * @returns the header, and the place of the first byte of the page
 * @throws {Damage} for kinds of pages and encodings that our writer never writes
 */
export function readPageHeader(bytes: Uint8Array, at: number): { readonly header: PageHeader; readonly start: number } {
  const reader = new ThriftReader(bytes, at);
  const numbers = { kind: -1, stored: -1, whole: -1, values: -1, nulls: 0, rows: 0, encoding: -1, repetition: 0, definition: 0 };
  const number = (name: keyof typeof numbers) => (kind: number) => {
    numbers[name] = reader.count(kind);
  };
  let [parts, compressed] = [0, true];
  reader.fields({
    1: number('kind'),
    2: number('whole'),
    3: number('stored'),
    7: (kind) => {
      parts += 2;
      reader.struct(kind, { 1: number('values'), 2: number('encoding') });
    },
    8: (kind) => {
      parts += 3;
      reader.struct(kind, {
        1: number('values'),
        2: number('nulls'),
        3: number('rows'),
        4: number('encoding'),
        5: number('definition'),
        6: number('repetition'),
        7: (flag) => {
          compressed = reader.boolean(flag);
        },
      });
    },
  });
  const kind = pageKinds[numbers.kind];
  const encoding = encodings[numbers.encoding];
  if (kind === undefined || parts !== numbers.kind) throw new Damage('a page is of a kind that upslope never writes');
  if (encoding === undefined || !compressed) throw new Damage('a page has an encoding that upslope never writes');
  const header = { ...numbers, kind, encoding };
  const { stored, whole, values, nulls, repetition, definition } = header;
  if (!(stored >= 0 && stored <= bytes.length - reader.at)) throw new Damage(`a page of ${stored} bytes is cut off`);
  const levels = repetition + definition;
  if (levels > stored || levels > whole) throw new Damage(`a page has ${levels} bytes of levels in ${stored}`);
  if (!(values >= 1) || nulls > values) throw new Damage(`a page has ${values} values, ${nulls} of them null`);
  return { header, start: reader.at };
}
