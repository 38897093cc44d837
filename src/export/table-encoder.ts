import type { Packable } from '../record/pack.ts';
import type { RowBuffer } from './row-buffer.ts';

/**
 * Turns row groups into the bytes of one file. The state and the bytes written so far are enough to continue the file. @public
 */
export interface TableEncoder {
  write(rows: RowBuffer): void;
  /** @param metadata key and value pairs that are known only at the end, for formats that can hold them */
  finish(metadata?: Readonly<Record<string, string>>): void;
  /** The state without the bytes already passed to the sink. */
  state(): Packable;
  restore(state: Packable): void;
}
