import type { Sink } from '../export-table.ts';

/** Collects text and passes it on in chunks of about 64 kB. */
export class TextSink {
  readonly #sink: Sink;
  readonly #encoder = new TextEncoder();
  #text = '';

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  write(text: string): void {
    this.#text += text;
    if (this.#text.length > 65536) this.flush();
  }

  flush(): void {
    if (this.#text !== '') this.#sink(this.#encoder.encode(this.#text));
    this.#text = '';
  }
}
