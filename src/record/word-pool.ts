interface Chunk {
  readonly words: Uint32Array;
  /** The same memory. */
  readonly floats: Float32Array;
}

/** Chunks hold at least this many words (a power of two). */
const smallestChunk = 1 << 16;
/** Below this much garbage, in words, moving is not worth the effort. */
const smallestGarbage = 1 << 16;

/**
 * Runs of 32-bit words of any length in chunks that are never copied when they grow. A run lies in one chunk. Runs that are
 * freed leave garbage, which the owner removes by moving what is left (`startMoving`, `move`, `finishMoving`).
 */
export class WordPool {
  /** Words allocated and not moved away since, including garbage and the unused ends of chunks. */
  used = 0;
  /** Words of freed runs and of unused ends of chunks. */
  garbage = 0;
  private readonly bits: number;
  private readonly mask: number;
  private chunks: Chunk[] = [];
  /** Chunks that are read from while runs are moved out of them. */
  private former: Chunk[] = [];

  /** @param longestRun words of the longest run that will ever be requested */
  constructor(longestRun: number) {
    let words = smallestChunk;
    // A run that does not fit leaves the end of a chunk unused: at most an eighth of it.
    while (words < 8 * longestRun) words *= 2;
    this.bits = 31 - Math.clz32(words);
    this.mask = words - 1;
  }

  /** A run of that many words, whose contents the caller must write; returns its place. */
  allocate(words: number): number {
    const size = this.mask + 1;
    if (words > size) throw new RangeError(`a run of ${words} words does not fit into a chunk of ${size}`);
    const left = this.chunks.length * size - this.used;
    if (words > left) {
      this.used += left;
      this.garbage += left;
      if (this.used + size > 0x7fff_ffff) throw new RangeError('the record holds more than 8 GB of genomes');
      const chunk = new Uint32Array(size);
      this.chunks.push({ words: chunk, floats: new Float32Array(chunk.buffer) });
    }
    const at = this.used;
    this.used += words;
    return at;
  }

  free(words: number): void {
    this.garbage += words;
  }

  /** The chunk in which a run lies, as words; the run begins at `offset(at)`. */
  words(at: number): Uint32Array {
    return this.chunks[at >> this.bits].words;
  }

  /** The same as float32. */
  floats(at: number): Float32Array {
    return this.chunks[at >> this.bits].floats;
  }

  offset(at: number): number {
    return at & this.mask;
  }

  /** Whether more than half is garbage. */
  get wasteful(): boolean {
    return this.garbage > smallestGarbage && 2 * this.garbage > this.used;
  }

  /** From now on every run that is still needed must be moved, until `finishMoving`. */
  startMoving(): void {
    this.former = this.chunks;
    this.chunks = [];
    this.used = 0;
    this.garbage = 0;
  }

  /** Moves a run and returns its new place. */
  move(at: number, words: number): number {
    const to = this.allocate(words);
    const from = at & this.mask;
    this.words(to).set(this.former[at >> this.bits].words.subarray(from, from + words), to & this.mask);
    return to;
  }

  /** A word of a run that has not been moved yet. */
  formerWord(at: number): number {
    return this.former[at >> this.bits].words[at & this.mask];
  }

  finishMoving(): void {
    this.former = [];
  }

  get bytes(): number {
    return this.chunks.length * (this.mask + 1) * 4;
  }
}
