import { Damage } from './damage.ts';
import { powersOfTwo } from './powers-of-two.ts';
import { thriftKinds as kinds } from './thrift-kinds.ts';

/** Structs within structs; a Parquet footer has five. */
const deepest = 12;
/** Bytes of the longest number, 64 bits in groups of 7. */
const longestNumber = 10;

/** Readers of the fields of a struct by number; fields without one are skipped. */
export type FieldReaders = Readonly<Record<number, (kind: number) => void>>;

/**
 * Reads structs of Thrift's compact protocol. For any bytes it ends within them: every value takes at least one byte, no list
 * has more values than bytes are left, and skipped values allocate nothing.
 * @throws {Damage} from every method, for bytes that break the protocol
 */
export class ThriftReader {
  /** Place of the next byte. */
  at: number;
  private depth = 0;

  constructor(
    private readonly bytes: Uint8Array,
    at = 0,
  ) {
    this.at = at;
  }

  /** Reads a struct to its end, field by field. */
  fields(readers: FieldReaders): void {
    if (++this.depth > deepest) throw new Damage('its description is nested too deep');
    let field = 0;
    for (;;) {
      const head = this.byte();
      const kind = head & 0x0f;
      if (kind === kinds.stop) break;
      const next = head >> 4 > 0 ? field + (head >> 4) : this.zigzag();
      if (next <= field) throw new Damage('its description has a field out of order');
      field = next;
      const read = readers[field];
      if (read === undefined) this.pass(kind);
      else read(kind);
    }
    this.depth--;
  }

  struct(kind: number, readers: FieldReaders): void {
    this.expect(kind, kinds.struct);
    this.fields(readers);
  }

  /** A whole number of 0 or more; our files hold no others. */
  count(kind: number): number {
    if (kind !== kinds.i32 && kind !== kinds.i64 && kind !== kinds.i16) throw new Damage('its description lacks a number');
    const value = this.zigzag();
    if (value < 0) throw new Damage(`its description has the number ${value} where 0 or more is required`);
    return value;
  }

  boolean(kind: number): boolean {
    if (kind !== kinds.yes && kind !== kinds.no) throw new Damage('its description lacks a boolean');
    return kind === kinds.yes;
  }

  text(kind: number): string {
    this.expect(kind, kinds.binary);
    const length = this.varint();
    this.need(length);
    const start = this.at;
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(start, this.at));
  }

  /** Calls for each item of a list, with the kind of the items. */
  list(kind: number, item: (kind: number, index: number) => void): void {
    this.expect(kind, kinds.list);
    const { size, of } = this.listHead();
    for (let i = 0; i < size; i++) item(of, i);
  }

  private listHead(): { size: number; of: number } {
    const head = this.byte();
    const size = head >> 4 < 15 ? head >> 4 : this.varint();
    this.need(size);
    return { size, of: head & 0x0f };
  }

  private expect(kind: number, wanted: number): void {
    if (kind !== wanted) throw new Damage('its description has a value of the wrong kind');
  }

  /** @throws {Damage} where fewer bytes are left */
  private need(count: number): void {
    if (!(count <= this.bytes.length - this.at)) throw new Damage('its description is cut off');
  }

  private byte(): number {
    this.need(1);
    return this.bytes[this.at++];
  }

  private varint(): number {
    let value = 0;
    for (let place = 0; place < longestNumber; place++) {
      const byte = this.byte();
      value += (byte & 0x7f) * powersOfTwo[7 * place];
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
    }
    throw new Damage('its description has a number that is too large');
  }

  private zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  private pass(kind: number): void {
    switch (kind) {
      case kinds.yes:
      case kinds.no:
        return;
      case kinds.byte:
        this.byte();
        return;
      case kinds.i16:
      case kinds.i32:
      case kinds.i64:
        // As large as 64 bits allow: a skipped value need not fit a JavaScript number.
        for (let place = 0; this.byte() >= 0x80; ) {
          if (++place === longestNumber) throw new Damage('its description has a number that is too large');
        }
        return;
      case kinds.double:
        this.need(8);
        this.at += 8;
        return;
      case kinds.binary: {
        const length = this.varint();
        this.need(length);
        this.at += length;
        return;
      }
      case kinds.list: {
        const { size, of } = this.listHead();
        // In a list a boolean takes a byte of its own.
        for (let i = 0; i < size; i++) this.pass(of === kinds.yes || of === kinds.no ? kinds.byte : of);
        return;
      }
      case kinds.struct:
        this.fields({});
        return;
      default:
        throw new Damage('its description has a value of an unknown kind');
    }
  }
}
