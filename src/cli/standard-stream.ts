import fs from 'node:fs';
import { isatty } from 'node:tty';
import { piece } from './files.ts';

/**
 * Writes to standard output or standard error, and keeps the first error. It never throws, and writes nothing after an error.
 */
export class StandardStream {
  private readonly descriptor: 1 | 2;
  private readonly open: () => NodeJS.WritableStream;
  private stream: NodeJS.WritableStream | undefined;
  private error: Error | undefined;
  /** Settles when all that the stream has received so far is written. */
  private written: Promise<void> = Promise.resolve();

  /** @param open Node's own stream, for what cannot be written at once */
  constructor(descriptor: 1 | 2, open: () => NodeJS.WritableStream) {
    this.descriptor = descriptor;
    this.open = open;
    if (isatty(descriptor)) this.useStream();
  }

  write(text: string): void {
    const bytes = new TextEncoder().encode(text);
    let at = 0;
    // Node's stream on a file takes a write that was cut short, as on a full disk, for a whole one.
    while (this.stream === undefined && this.error === undefined && at < bytes.length) {
      try {
        at += fs.writeSync(this.descriptor, bytes, at, Math.min(piece, bytes.length - at));
      } catch (error) {
        // A full pipe that must not be waited for.
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') this.useStream();
        else this.error = error as Error;
      }
    }
    if (at < bytes.length && this.error === undefined) this.append(bytes.subarray(at));
  }

  /** Waits until everything is written. @returns the first error, if any */
  async settle(): Promise<Error | undefined> {
    await this.written;
    try {
      // Some file systems report only now that the disk is full.
      if (this.descriptor === 1 && this.error === undefined && fs.fstatSync(1).isFile()) fs.closeSync(1);
    } catch (error) {
      this.error = error as Error;
    }
    return this.error;
  }

  private useStream(): void {
    this.stream = this.open();
    this.stream.on('error', (error: Error) => {
      this.error ??= error;
    });
  }

  private append(bytes: Uint8Array): void {
    const done = new Promise<void>((resolve) => {
      this.stream?.write(bytes, (error) => {
        if (error) this.error ??= error;
        resolve();
      });
    });
    this.written = this.written.then(() => done);
  }
}
