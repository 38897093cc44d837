import type { FileSource } from '../export/validate/file-source.ts';
import { showText } from '../parameter/show.ts';
import { type Files, piece } from './files.ts';
import { UserError } from './user-error.ts';

/** A file on the disk that is read here and there. To be closed. */
export class DiskFile implements FileSource {
  readonly byteLength: number;
  private readonly files: Files;
  private readonly descriptor: number;

  /** @throws {UserError} for what is no regular file; the system's errors come as they are. */
  constructor(files: Files, path: string) {
    // Before it is opened: to open a pipe waits for a writer, and a device has no size.
    if (!files.statSync(path).isFile()) {
      throw new UserError(
        `${showText(path, 200)} is no regular file but a directory, a pipe or a device; put its content into a file and give that`,
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
