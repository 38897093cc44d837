import type { GrowingBytes } from './growing-bytes.ts';
import { thriftKinds as kinds } from './thrift-kinds.ts';

/**
 * Writes structs of Thrift's compact protocol, field by field in ascending order
 * (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md).
 */
export class ThriftWriter {
  private readonly outer: number[] = [];
  private field = 0;

  constructor(private readonly out: GrowingBytes) {}

  /** Fields of a struct: of the outermost one, of an item of a list, or of a field that has begun. */
  struct(fields: () => void): void {
    this.outer.push(this.field);
    this.field = 0;
    fields();
    this.out.byte(kinds.stop);
    this.field = this.outer.pop() as number;
  }

  structField(id: number, fields: () => void): void {
    this.head(id, kinds.struct);
    this.struct(fields);
  }

  /** A whole number of 0 or more. */
  i32(id: number, value: number): void {
    this.head(id, kinds.i32);
    this.out.varint(2 * value);
  }

  i64(id: number, value: number): void {
    this.head(id, kinds.i64);
    this.out.varint(2 * value);
  }

  bytes(id: number, bytes: Uint8Array): void {
    this.head(id, kinds.binary);
    this.binary(bytes);
  }

  text(id: number, text: string): void {
    this.bytes(id, encoder.encode(text));
  }

  structs<T>(id: number, items: readonly T[], fields: (item: T, index: number) => void): void {
    this.listHead(id, kinds.struct, items.length);
    for (const [index, item] of items.entries()) this.struct(() => fields(item, index));
  }

  i32s(id: number, values: readonly number[]): void {
    this.listHead(id, kinds.i32, values.length);
    for (const value of values) this.out.varint(2 * value);
  }

  texts(id: number, texts: readonly string[]): void {
    this.listHead(id, kinds.binary, texts.length);
    for (const text of texts) this.binary(encoder.encode(text));
  }

  private binary(bytes: Uint8Array): void {
    this.out.varint(bytes.length);
    this.out.append(bytes);
  }

  private head(id: number, kind: number): void {
    const step = id - this.field;
    if (step >= 1 && step <= 15) this.out.byte((step << 4) | kind);
    else {
      this.out.byte(kind);
      this.out.varint(2 * id);
    }
    this.field = id;
  }

  private listHead(id: number, of: number, size: number): void {
    this.head(id, kinds.list);
    if (size < 15) this.out.byte((size << 4) | of);
    else {
      this.out.byte(0xf0 | of);
      this.out.varint(size);
    }
  }
}

const encoder = new TextEncoder();
