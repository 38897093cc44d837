/** Numbers many ids (whole numbers from 0 to 2^53): an open hash table, 16 bytes a place, at most half full. */
export class IdIndex {
  size = 0;
  private keys = new Float64Array(1024).fill(-1);
  private values = new Float64Array(1024);

  /** Adds an id; false, without any change, when it is already known. */
  add(id: number, value: number): boolean {
    if (2 * (this.size + 1) > this.keys.length) this.grow();
    const place = this.placeOf(id);
    if (this.keys[place] === id) return false;
    this.keys[place] = id;
    this.values[place] = value;
    this.size++;
    return true;
  }

  /** The number that was added with an id; undefined for an unknown id. */
  get(id: number): number | undefined {
    const place = this.placeOf(id);
    return this.keys[place] === id ? this.values[place] : undefined;
  }

  has(id: number): boolean {
    return this.keys[this.placeOf(id)] === id;
  }

  /** The place of an id, or the place where it would go. */
  private placeOf(id: number): number {
    const mask = this.keys.length - 1;
    // Fibonacci hashing of both halves: consecutive ids are spread, and ids above 2^32 differ too.
    let place = (Math.imul((id >>> 0) ^ Math.imul((id / 4294967296) | 0, 0x85ebca6b), 0x9e3779b1) >>> 7) & mask;
    while (this.keys[place] !== -1 && this.keys[place] !== id) place = (place + 1) & mask;
    return place;
  }

  private grow(): void {
    const { keys, values } = this;
    this.keys = new Float64Array(keys.length * 2).fill(-1);
    this.values = new Float64Array(keys.length * 2);
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === -1) continue;
      const place = this.placeOf(keys[i]);
      this.keys[place] = keys[i];
      this.values[place] = values[i];
    }
  }
}
