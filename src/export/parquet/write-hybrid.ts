import type { GrowingBytes } from './growing-bytes.ts';

/** The shortest run: eight values are one packed group. */
const shortest = 8;

/**
 * Writes values run-length encoded or packed bit by bit, whichever their runs suggest (https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE).
 * @param width bits of a value, at most 24; values must be below 2^width
 */
export function writeHybrid(out: GrowingBytes, values: Uint8Array | Uint32Array, count: number, width: number): void {
  // Values from here on wait to be packed; their number is a multiple of eight wherever a run follows them.
  let waiting = 0;
  let at = 0;
  while (at < count) {
    const value = values[at];
    let end = at + 1;
    while (end < count && values[end] === value) end++;
    const filling = (shortest - ((at - waiting) % shortest)) % shortest;
    if (end - at - filling >= shortest) {
      at += filling;
      pack(out, values, waiting, at, width);
      out.varint(2 * (end - at));
      out.little(value, Math.ceil(width / 8));
      waiting = end;
    }
    at = end;
  }
  pack(out, values, waiting, count, width);
}

/** Values `from` to `to - 1` in groups of eight, the lowest bits first; the last group is filled with 0. */
function pack(out: GrowingBytes, values: Uint8Array | Uint32Array, from: number, to: number, width: number): void {
  if (to === from) return;
  const groups = Math.ceil((to - from) / shortest);
  out.varint(2 * groups + 1);
  out.reserve(groups * width);
  const { bytes } = out;
  const end = out.length + groups * width;
  let [at, buffer, bits] = [out.length, 0, 0];
  for (let i = from; i < to; i++) {
    buffer |= values[i] << bits;
    bits += width;
    while (bits >= 8) {
      bytes[at++] = buffer & 0xff;
      buffer >>>= 8;
      bits -= 8;
    }
  }
  if (at < end) bytes[at++] = buffer & 0xff;
  bytes.fill(0, at, end);
  out.length = end;
}
