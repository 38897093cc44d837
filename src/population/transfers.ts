/** Genes transferred within life in one tick. No locus of a recipient's haplotype is replaced twice. Columns grow as needed. */
export class Transfers {
  count = 0;
  /** Rows; valid within the tick. */
  recipientRow = new Uint32Array(0);
  donorRow = new Uint32Array(0);
  recipient = new Float64Array(0);
  donor = new Float64Array(0);
  recipientHaplotype = new Uint8Array(0);
  donorHaplotype = new Uint8Array(0);
  /** Slots `start` to `end - 1` of a haplotype. */
  start = new Uint32Array(0);
  end = new Uint32Array(0);
  /** Transfer k brought the values `valueStarts[k]` to `valueStarts[k + 1] - 1`, one a slot. */
  valueStarts = new Uint32Array(1);
  values = new Float32Array(0);
  traitChange = new Float64Array(0);
  /** Id of the mechanism that made them. */
  mechanism = '';

  /** @param traits number of the population's traits */
  constructor(private readonly traits: number) {}

  /**
   * Makes room for `most` transfers in this tick.
   * @throws {Error} if another mechanism has recorded transfers in this tick: only one mechanism may change genomes in life.
   */
  begin(mechanism: string, most: number): void {
    if (this.count > 0) throw new Error(`${mechanism} and ${this.mechanism} both change genomes in life; switch one of them off`);
    this.mechanism = mechanism;
    if (this.recipientRow.length >= most) return;
    const room = Math.max(16, most * 2);
    this.recipientRow = new Uint32Array(room);
    this.donorRow = new Uint32Array(room);
    this.recipient = new Float64Array(room);
    this.donor = new Float64Array(room);
    this.recipientHaplotype = new Uint8Array(room);
    this.donorHaplotype = new Uint8Array(room);
    this.start = new Uint32Array(room);
    this.end = new Uint32Array(room);
    this.valueStarts = new Uint32Array(room + 1);
    this.traitChange = new Float64Array(room * this.traits);
  }

  /** Keeps a copy of the values that transfer `k` brought: `from[first]` to `from[last - 1]`. Transfers come in order. */
  keepValues(k: number, from: Float32Array, first: number, last: number): void {
    const at = this.valueStarts[k];
    const length = last - first;
    if (this.values.length < at + length) {
      const larger = new Float32Array((at + length) * 2);
      larger.set(this.values.subarray(0, at));
      this.values = larger;
    }
    this.values.set(from.subarray(first, last), at);
    this.valueStarts[k + 1] = at + length;
  }
}
