import { Damage } from './damage.ts';
import { powersOfTwo } from './powers-of-two.ts';

/** The most that snappy makes of one byte: a copy of 64 bytes takes at least two. */
const mostExpansion = 32;

/**
 * Unpacks snappy (https://github.com/google/snappy/blob/main/format_description.txt), forward only and within both ends, for
 * any bytes.
 * @param whole size of the unpacked bytes
 * @throws {Damage} for bytes that claim another size, or do not fill it exactly
 */
export function unpackSnappy(stored: Uint8Array, whole: number): Uint8Array {
  const damaged = () => new Damage('a page cannot be unpacked');
  let at = 0;
  /** A number of up to a few bytes, the lowest byte first. */
  const take = (bytes: number): number => {
    if (at + bytes > stored.length) throw damaged();
    let value = 0;
    for (let place = 0; place < bytes; place++) value += stored[at++] * powersOfTwo[8 * place];
    return value;
  };
  let claimed = 0;
  for (let place = 0, byte = 0x80; byte >= 0x80; place++) {
    if (place === 5) throw damaged();
    byte = take(1);
    claimed += (byte & 0x7f) * powersOfTwo[7 * place];
  }
  if (claimed !== whole || whole > mostExpansion * stored.length) {
    throw new Damage(`a page of ${stored.length} bytes claims ${claimed} unpacked bytes, but its header states ${whole}`);
  }
  const page = new Uint8Array(whole);
  let filled = 0;
  while (at < stored.length) {
    const tag = stored[at++];
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >>> 2;
      const length = 1 + (short < 60 ? short : take(short - 59));
      if (length > stored.length - at || length > whole - filled) throw damaged();
      page.set(stored.subarray(at, at + length), filled);
      at += length;
      filled += length;
      continue;
    }
    const length = kind === 1 ? 4 + ((tag >>> 2) & 7) : 1 + (tag >>> 2);
    const back = kind === 1 ? 256 * (tag >>> 5) + take(1) : take(kind === 2 ? 2 : 4);
    if (back < 1 || back > filled || length > whole - filled) throw damaged();
    // Byte by byte, because a copy may overlap the bytes it has just written.
    for (const end = filled + length; filled < end; filled++) page[filled] = page[filled - back];
  }
  if (filled !== whole) throw damaged();
  return page;
}
