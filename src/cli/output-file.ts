import { type Files, orUserError, writeAll } from './files.ts';
import { UserError } from './user-error.ts';

/** A file in the making: it has its own name only when it is complete. */
export class OutputFile {
  readonly name: string;
  /** Bytes written so far. */
  length = 0;
  private readonly files: Files;
  private readonly path: string;
  private readonly descriptor: number;
  private readonly advice: string;
  private open = true;

  /**
   * @param path of the finished file
   * @param keep continue after so many bytes of what is there; undefined: begin anew
   * @param advice what to do about a disk that fails, without a full stop
   */
  constructor(files: Files, name: string, path: string, keep?: number, advice = resumeAdvice) {
    this.files = files;
    this.advice = advice;
    this.name = name;
    this.path = path;
    const partial = partialPath(path);
    if (keep === undefined) {
      this.descriptor = this.attempt('make', () => files.openSync(partial, 'w'));
      return;
    }
    // A run that is killed while it finishes leaves files that have their names already.
    if (!files.existsSync(partial) && files.existsSync(path)) this.attempt('rename', () => files.renameSync(path, partial));
    this.descriptor = this.attempt('open', () => files.openSync(partial, 'r+'));
    const { size } = files.fstatSync(this.descriptor);
    if (size < keep) {
      this.close();
      throw new UserError(`${partial} is shorter than its checkpoint says; start the run again in another directory`);
    }
    this.attempt('shorten', () => files.ftruncateSync(this.descriptor, keep));
    this.close();
    this.open = true;
    this.descriptor = this.attempt('open', () => files.openSync(partial, 'a'));
    this.length = keep;
  }

  write(bytes: Uint8Array): void {
    this.attempt('write', () => writeAll(this.files, this.descriptor, bytes));
    this.length += bytes.length;
  }

  /** Waits until what was written is on the disk. */
  sync(): void {
    this.attempt('write', () => this.files.fsyncSync(this.descriptor));
  }

  /** Gives the complete file its name. */
  complete(): void {
    this.sync();
    this.close();
    this.attempt('rename', () => this.files.renameSync(partialPath(this.path), this.path));
  }

  close(): void {
    if (this.open) this.files.closeSync(this.descriptor);
    this.open = false;
  }

  private attempt<T>(verb: string, operation: () => T): T {
    return orUserError(`cannot ${verb} ${partialPath(this.path)}`, this.advice, operation);
  }
}

/** Name of a file while it is not complete. */
export function partialPath(path: string): string {
  return `${path}.partial`;
}

export const resumeAdvice = 'put that right and give the same command with --resume to go on from the last checkpoint';
