// The kernels over a memory that threads share: the same code, whose import says so.

/** Most pages of a memory: 4 GiB. */
export const mostPages = 65_536;

/** An unsigned number of a WebAssembly module (LEB128) at `at`, and where what follows it begins. */
function read(bytes: Uint8Array, at: number): readonly [value: number, next: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [value, at];
  }
}

/** The same, written. */
function written(value: number): number[] {
  const out: number[] = [];
  for (; value >= 0x80; value >>>= 7) out.push((value & 0x7f) | 0x80);
  return [...out, value];
}

/**
 * A module whose one import is a memory (flags 0 or 1: with a least size, or with a largest too), as one whose memory is shared
 * (flags 3: both sizes). Layout: WebAssembly core specification 2.0, section 5.5.5 (imports), and the threads proposal (limits).
 * @throws {Error} if the module imports anything else
 */
export function sharedModule(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  // Sections follow eight bytes of head: number, size, content. That of imports is number 2.
  let at = 8;
  while (at < bytes.length) {
    const section = bytes[at];
    const [size, content] = read(bytes, at + 1);
    if (section === 2) {
      const [imports, first] = read(bytes, content);
      let name = first;
      for (let i = 0; i < 2; i++) {
        const [length, text] = read(bytes, name);
        name = text + length;
      }
      if (imports !== 1 || bytes[name] !== 2 || bytes[name + 1] > 1) throw new Error('the kernels import more than a memory');
      const [least] = read(bytes, name + 2);
      const head = bytes.subarray(content, name + 1);
      const replaced = [...head, 3, ...written(least), ...written(mostPages)];
      return Uint8Array.from([
        ...bytes.subarray(0, at),
        2,
        ...written(replaced.length),
        ...replaced,
        ...bytes.subarray(content + size),
      ]);
    }
    at = content + size;
  }
  throw new Error('the kernels import no memory');
}
