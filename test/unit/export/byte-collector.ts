/** A sink in memory, for tests. */
export class ByteCollector {
  private chunks: Uint8Array[] = [];
  length = 0;

  readonly sink = (chunk: Uint8Array): void => {
    this.chunks.push(chunk.slice());
    this.length += chunk.length;
  };

  bytes(): Uint8Array {
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const chunk of this.chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }

  buffer(): ArrayBuffer {
    return this.bytes().slice().buffer as ArrayBuffer;
  }

  text(): string {
    return new TextDecoder().decode(this.bytes());
  }

  truncate(length: number): void {
    this.chunks = [this.bytes().slice(0, length)];
    this.length = length;
  }
}
