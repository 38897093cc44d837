/** Numbers labels from 0 in the order in which they are added; exact, in about 20 bytes a label. */
export class LabelTable {
  size = 0;
  /** Characters of all labels, concatenated; label i starts at `#start[i]`. */
  #text = new Uint8Array(4096);
  #start = new Uint32Array(513);
  /** Open addressing: number of a label plus 1, 0 where free. Twice the capacity of `#start`. */
  #slots = new Int32Array(1024);

  /** The label's number, -1 if it has not been added. Labels are ASCII. */
  find(label: string): number {
    return this.#slots[this.#slotOf(label)] - 1;
  }

  /** The label's number, or -1 if it had been added before. */
  add(label: string): number {
    const slot = this.#slotOf(label);
    if (this.#slots[slot] > 0) return -1;
    const start = this.#start[this.size];
    if (start + label.length > this.#text.length) {
      const text = new Uint8Array(2 * (start + label.length));
      text.set(this.#text);
      this.#text = text;
    }
    for (let i = 0; i < label.length; i++) this.#text[start + i] = label.charCodeAt(i);
    this.#slots[slot] = ++this.size;
    this.#start[this.size] = start + label.length;
    if (this.size + 1 === this.#start.length) this.#grow();
    return this.size - 1;
  }

  /** The label of a number. */
  text(number: number): string {
    return String.fromCharCode(...this.#text.subarray(this.#start[number], this.#start[number + 1]));
  }

  /** The place of the label, or the place where it would go. */
  #slotOf(label: string): number {
    const mask = this.#slots.length - 1;
    let slot = hash(label.length, (i) => label.charCodeAt(i)) & mask;
    for (; this.#slots[slot] > 0; slot = (slot + 1) & mask) if (this.#is(this.#slots[slot] - 1, label)) break;
    return slot;
  }

  #is(number: number, label: string): boolean {
    const start = this.#start[number];
    if (this.#start[number + 1] - start !== label.length) return false;
    for (let i = 0; i < label.length; i++) if (this.#text[start + i] !== label.charCodeAt(i)) return false;
    return true;
  }

  #grow(): void {
    const start = new Uint32Array(2 * this.#start.length - 1);
    start.set(this.#start);
    this.#start = start;
    this.#slots = new Int32Array(2 * this.#slots.length);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < this.size; number++) {
      const from = start[number];
      let slot = hash(start[number + 1] - from, (i) => this.#text[from + i]) & mask;
      while (this.#slots[slot] > 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}

/** FNV-1a, folded so that the low bits depend on all bits. */
function hash(length: number, at: (i: number) => number): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < length; i++) h = Math.imul(h ^ at(i), 0x01000193);
  return h ^ (h >>> 15);
}
