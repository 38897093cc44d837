import type { FileSource } from '../export/validate/file-source.ts';
import { showText } from '../parameter/show.ts';
import { type Files, piece } from './files.ts';
import { UserError } from './user-error.ts';

/** A file on the disk with random access. Must be closed. */
export class DiskFile implements FileSource {
  readonly byteLength: number;
  private readonly files: Files;
  private readonly descriptor: number;

  /** @throws {UserError} for a path that is not a regular file; errors of the system are passed on */
  constructor(files: Files, path: string) {
    // Checked before it is opened: opening a pipe waits for a writer, and a device has no size.
    if (!files.statSync(path).isFile()) {
      throw new UserError(
        `${showText(path, 200)} is a directory, a pipe or a device; put its content into a regular file and give that`,
      );
    }
    this.files = files;
    this.descriptor = files.openSync(path, 'r');
    this.byteLength = files.fstatSync(this.descriptor).size;
  }

  slice(start: number, end = this.byteLength): ArrayBuffer {
    const bytes = new Uint8Array(Math.max(0, Math.min(end, this.byteLength) - start));
    let at = 0;
    while (at < bytes.length) {
      const got = this.files.readSync(this.descriptor, bytes, at, Math.min(piece, bytes.length - at), start + at);
      if (got === 0) throw new UserError('a file became shorter while it was read; give the same command again');
      at += got;
    }
    return bytes.buffer;
  }

  close(): void {
    this.files.closeSync(this.descriptor);
  }
}
