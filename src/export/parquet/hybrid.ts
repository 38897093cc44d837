import { Damage } from './damage.ts';
import { powersOfTwo } from './powers-of-two.ts';

/** Bits of the widest values: places in a dictionary. */
const widest = 24;

/**
 * Reads values that are run-length encoded or packed bit by bit
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE), all of the bytes from `at` to `end - 1`.
 * @param width bits of a value
 * @param out is filled to its end
 * @throws {Damage} for runs that do not fill it exactly, or go past the bytes
 */
export function readHybrid(bytes: Uint8Array, at: number, end: number, width: number, out: Uint8Array | Uint32Array): void {
  if (width > widest) throw new Damage(`its values take ${width} bits`);
  const mask = powersOfTwo[width] - 1;
  let filled = 0;
  while (filled < out.length) {
    let header = 0;
    let byte = 0x80;
    for (let place = 0; byte >= 0x80; place++) {
      if (at >= end || place === 5) throw new Damage('a run has no end');
      byte = bytes[at++];
      header += (byte & 0x7f) * powersOfTwo[7 * place];
    }
    const left = out.length - filled;
    const size = Math.floor(header / 2);
    if (header % 2 === 0) {
      if (size < 1 || size > left) throw new Damage(`a run has ${size} values where ${left} are missing`);
      let value = 0;
      for (let bits = 0; bits < width; bits += 8) value += (at < end ? bytes[at++] : mask + 1) * powersOfTwo[bits];
      if (value > mask) throw new Damage('a run has a value that is too large');
      out.fill(value, filled, filled + size);
      filled += size;
      continue;
    }
    // Eight values a group; only the last group may be padded.
    if (size < 1 || 8 * size >= left + 8) throw new Damage(`a run has ${8 * size} values where ${left} are missing`);
    if (size * width > end - at) throw new Damage('a run is cut off');
    const stop = Math.min(out.length, filled + 8 * size);
    let [buffer, bits, from] = [0, 0, at];
    while (filled < stop) {
      while (bits < width) {
        buffer |= bytes[from++] << bits;
        bits += 8;
      }
      out[filled++] = buffer & mask;
      buffer >>>= width;
      bits -= width;
    }
    at += size * width;
  }
  if (at !== end) throw new Damage('bytes follow the last run');
}
