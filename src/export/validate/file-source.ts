/** A file that can be read anywhere, on a disk or in memory. */
export interface FileSource {
  readonly byteLength: number;
  /** Bytes `start` to `end - 1` (by default to the end of the file), as a buffer of their own. */
  slice(start: number, end?: number): ArrayBuffer;
}

/** Bytes that are read at once. */
const chunkBytes = 1 << 20;

/** The file from its beginning to its end, in chunks. */
export function* chunksOf(file: FileSource): Generator<Uint8Array> {
  for (let at = 0; at < file.byteLength; at += chunkBytes) {
    yield new Uint8Array(file.slice(at, Math.min(at + chunkBytes, file.byteLength)));
  }
}

/** A file in memory, as the chunks that were written. */
export function sourceOfChunks(chunks: readonly Uint8Array[]): FileSource {
  const starts = [0];
  for (const chunk of chunks) starts.push(starts[starts.length - 1] + chunk.length);
  const byteLength = starts[chunks.length];
  return {
    byteLength,
    slice(start, end = byteLength) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, byteLength) - start));
      let i = lastNotAbove(starts, start);
      for (let at = start; at < start + bytes.length; i++) {
        const part = chunks[i].subarray(at - starts[i], Math.min(chunks[i].length, start + bytes.length - starts[i]));
        bytes.set(part, at - start);
        at += part.length;
      }
      return bytes.buffer;
    },
  };
}

/** Index of the last of the ascending numbers that is not above a value; the first is not. */
function lastNotAbove(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (numbers[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
