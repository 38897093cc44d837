import { powersOfTwo } from './powers-of-two.ts';

const initial = 1024;

/** Bytes that are written one after the other into memory that grows, and is kept. */
export class GrowingBytes {
  bytes = new Uint8Array(initial);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** Makes room for more bytes. */
  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = value;
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A whole number of at most 53 bits, or of 32 bits with a sign, the lowest byte first. */
  little(value: number, bytes: number): void {
    for (let place = 0; place < bytes; place++) this.byte(Math.floor(value / powersOfTwo[8 * place]) & 0xff);
  }

  /** A whole number from 0 to 2^53 in groups of 7 bits, the lowest first (LEB128). */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** What has been written; valid until the next byte. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}
