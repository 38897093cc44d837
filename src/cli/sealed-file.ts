import { crc32 } from 'node:zlib';
import { sealBytes } from '../experiment/left-files.ts';
import { type Files, piece, readAll, writeAtomically } from './files.ts';

/**
 * Writes chunks one behind the other under a head that identifies them; the previous file stays whole until the new one is.
 * @param magic 8 letters of ASCII
 * @param check runs before it replaces that file; an error that it throws ends the work
 * @throws the system's errors
 */
export function writeSealed(files: Files, path: string, magic: string, chunks: readonly Uint8Array[], check?: () => void): void {
  writeAtomically(files, path, sealedChunks(magic, chunks), check);
}

/** Chunks under the head that identifies them. */
export function sealedChunks(magic: string, chunks: readonly Uint8Array[]): readonly Uint8Array[] {
  const head = new Uint8Array(sealBytes);
  head.set(new TextEncoder().encode(magic));
  new DataView(head.buffer).setUint32(magic.length, checksum(chunks), true);
  return [head, ...chunks];
}

/**
 * Reads what `writeSealed` wrote, without the head; undefined for another kind of file, or one that is cut off or damaged.
 * @throws the system's errors
 */
export function readSealed(files: Files, path: string, magic: string): Uint8Array | undefined {
  return sealedContent(readAll(files, path), magic);
}

/** What is under the head of a sealed file; undefined for another kind of file, or one that is cut off or damaged. */
export function sealedContent(bytes: Uint8Array, magic: string): Uint8Array | undefined {
  if (bytes.length < sealBytes || new TextDecoder().decode(bytes.subarray(0, magic.length)) !== magic) return undefined;
  const content = bytes.subarray(sealBytes);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(magic.length, true) === checksum([content]) ? content : undefined;
}

function checksum(chunks: readonly Uint8Array[]): number {
  let sum = 0;
  // Piece by piece, because zlib counts in 32 bits; empty chunks are skipped, because zlib may take one for a request to start
  // again.
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += piece) sum = crc32(chunk.subarray(at, at + piece), sum);
  }
  return sum;
}
