import type { FileSource } from '../export/validate/file-source.ts';
import { type Files, piece } from './files.ts';

/** A file on the disk that is read here and there. To be closed. */
export class DiskFile implements FileSource {
  readonly byteLength: number;
  private readonly files: Files;
  private readonly descriptor: number;

  constructor(files: Files, path: string) {
    this.files = files;
    this.descriptor = files.openSync(path, 'r');
    this.byteLength = files.fstatSync(this.descriptor).size;
  }

  slice(start: number, end = this.byteLength): ArrayBuffer {
    const bytes = new Uint8Array(Math.max(0, Math.min(end, this.byteLength) - start));
    let at = 0;
    while (at < bytes.length) {
      const got = this.files.readSync(this.descriptor, bytes, at, Math.min(piece, bytes.length - at), start + at);
      if (got === 0) throw new Error('a file became shorter while it was read');
      at += got;
    }
    return bytes.buffer;
  }

  close(): void {
    this.files.closeSync(this.descriptor);
  }
}
