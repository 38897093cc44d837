import { TreeTextError } from './tree-text-error.ts';

/** A file's text, whole or in chunks. */
export type TextSource = string | Uint8Array | Iterable<string | Uint8Array>;

export const [NEWLINE, SPACE, TAB, RETURN] = [10, 32, 9, 13];

/** Most bytes of a label or a length: far more than any tool writes, and few enough to hold and to show. */
const longest = 1000;

/** Reads a text byte by byte, however it is cut into chunks, and keeps track of line and column. */
export class TextReader {
  /** The byte at this place, -1 at the end. */
  code = -1;
  line = 1;
  column = 1;
  readonly #chunks: Iterator<string | Uint8Array>;
  readonly #encoder = new TextEncoder();
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(source: TextSource) {
    const chunks = typeof source === 'string' || source instanceof Uint8Array ? [source] : source;
    this.#chunks = chunks[Symbol.iterator]();
    this.#load();
  }

  /** Moves to the next byte. */
  advance(): void {
    if (this.code === NEWLINE) {
      this.line++;
      this.column = 1;
    } else this.column++;
    if (++this.#at < this.#bytes.length) this.code = this.#bytes[this.#at];
    else this.#load();
  }

  #load(): void {
    this.#at = 0;
    do {
      const { done, value } = this.#chunks.next();
      if (done) {
        this.code = -1;
        return;
      }
      this.#bytes = typeof value === 'string' ? this.#encoder.encode(value) : value;
    } while (this.#bytes.length === 0);
    this.code = this.#bytes[0];
  }

  /**
   * The text from here on for as long as `belongs[code]` is 1; line ends must not belong. Throws TreeTextError at its start
   * when it is longer than 1,000 bytes, without reading to its end.
   */
  take(belongs: Uint8Array): string {
    const start = this.column;
    let text = '';
    while (this.code >= 0 && belongs[this.code] === 1) {
      const bytes = this.#bytes;
      let at = this.#at;
      do {
        if (text.length === longest) this.fail('a label or number has more than 1,000 characters', this.line, start);
        text += String.fromCharCode(bytes[at++]);
      } while (at < bytes.length && belongs[bytes[at]] === 1);
      this.column += at - this.#at;
      this.#at = at;
      if (at < bytes.length) this.code = bytes[at];
      else this.#load();
    }
    return text;
  }

  /**
   * Copies the bytes from here on into a buffer up to the first of a sign, which is not taken, or to the end of the file. Throws
   * TreeTextError when the buffer is full. @returns how many there are
   */
  copyUntil(end: number, buffer: Uint8Array): number {
    const [line, column] = [this.line, this.column];
    let length = 0;
    while (this.code !== end && this.code >= 0) {
      const bytes = this.#bytes;
      let at = this.#at;
      while (at < bytes.length && bytes[at] !== end && length < buffer.length) {
        if (bytes[at] === NEWLINE) {
          this.line++;
          this.column = 1;
        } else this.column++;
        buffer[length++] = bytes[at++];
      }
      this.#at = at;
      if (at < bytes.length) this.code = bytes[at];
      else this.#load();
      if (length === buffer.length && this.code !== end) this.fail(`a text has more than ${length} bytes`, line, column);
    }
    return length;
  }

  /** Skips spaces and tabs, and line ends with `lines`. */
  skip(lines: boolean): void {
    while (this.code === SPACE || this.code === TAB || this.code === RETURN || (lines && this.code === NEWLINE)) this.advance();
  }

  /** The next byte or end, for messages. */
  here(): string {
    if (this.code < 0) return 'the end of the file';
    if (this.code === NEWLINE) return 'the end of the line';
    return this.code > 32 && this.code < 127 ? `'${String.fromCharCode(this.code)}'` : `byte ${this.code}`;
  }

  fail(message: string, line = this.line, column = this.column): never {
    throw new TreeTextError(line, column, message);
  }
}

/** Table of the bytes that belong to a word. */
export function bytes(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}
