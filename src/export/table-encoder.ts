import type { Packable } from '../record/pack.ts';
import type { RowBuffer } from './row-buffer.ts';

/** Turns row groups into the bytes of one file. Its state, with the bytes written so far, continues the file. @public */
export interface TableEncoder {
  write(rows: RowBuffer): void;
  /** @param metadata key and value pairs that are known only now, for formats that have a place for them */
  finish(metadata?: Readonly<Record<string, string>>): void;
  /** Everything but the bytes already handed to the sink. */
  state(): Packable;
  restore(state: Packable): void;
}
