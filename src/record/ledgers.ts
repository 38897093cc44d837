/**
 * What living organisms carry along their lines of descent: for every trait how much each mechanism of inheritance has changed
 * it, and the clade. A child's ledger is the sum of its parents', weighted by their shares, and its own changes; so a trait is
 * always the founders', weighted alike, plus the sum of the ledger. Only the living have places, which are reused.
 */
export class Ledgers {
  /** Values of a ledger: trait t of mechanism m at `m * traits + t`. */
  readonly width: number;
  /** `width` values a place. */
  values: Float64Array;
  /** Id of the ancestor along first parents that lived at the last census. */
  clade: Float64Array;
  private used = 0;
  /** Mechanisms whose step took place, or that transferred, since the record began: the values of the others are 0 everywhere, and are not copied. */
  private readonly active: Uint8Array;
  private readonly freePlaces: number[] = [];

  constructor(
    readonly mechanisms: readonly string[],
    readonly traits: readonly string[],
  ) {
    this.width = mechanisms.length * traits.length;
    this.active = new Uint8Array(mechanisms.length);
    this.values = new Float64Array(64 * this.width);
    this.clade = new Float64Array(64);
  }

  /** A place, whose values the caller must write. */
  take(): number {
    const place = this.freePlaces.pop() ?? this.used++;
    if (place >= this.clade.length) {
      const [values, clade] = [this.values, this.clade];
      this.values = new Float64Array(values.length + (values.length >> 1));
      this.values.set(values);
      this.clade = new Float64Array(this.values.length / this.width);
      this.clade.set(clade);
    }
    return place;
  }

  giveBack(place: number): void {
    this.freePlaces.push(place);
  }

  /** Opens the ledger of a founder: nothing has changed. */
  open(place: number, clade: number): void {
    this.values.fill(0, place * this.width, (place + 1) * this.width);
    this.clade[place] = clade;
  }

  /** Notes which mechanisms may change ledgers from now on, in the order of `mechanisms`; before the changes of a tick. */
  noteTaken(taken: ArrayLike<number>): void {
    for (let m = 0; m < this.active.length; m++) if (taken[m] !== 0) this.active[m] = 1;
  }

  /** Writes a ledger that was saved. */
  restore(place: number, saved: Float64Array, clade: number): void {
    this.values.set(saved, place * this.width);
    this.clade[place] = clade;
    for (let i = 0; i < this.width; i++) if (saved[i] !== 0) this.active[Math.floor(i / this.traits.length)] = 1;
  }

  /**
   * Opens the ledger of a newborn. Changes of mechanisms that were not noted are taken for 0.
   * @param second place of the second parent, -1 for none
   * @param share weight of the first parent's ledger
   * @param changes its own, from `from` on, as in `InheritanceTrace.traitChange`
   */
  inherit(place: number, first: number, second: number, share: number, changes: Float64Array, from: number): void {
    const { values, width, clade, active } = this;
    const traits = this.traits.length;
    const rest = 1 - share;
    for (let m = 0; m < active.length; m++) {
      if (active[m] === 0) continue;
      const own = from + m * traits;
      const to = place * width + m * traits;
      const a = first * width + m * traits;
      const b = second * width + m * traits;
      if (second < 0) for (let t = 0; t < traits; t++) values[to + t] = values[a + t] + changes[own + t];
      else for (let t = 0; t < traits; t++) values[to + t] = share * values[a + t] + rest * values[b + t] + changes[own + t];
    }
    clade[place] = clade[first];
  }

  /** Copies the ledger of a place to where there is 0. */
  copyTo(zeros: Float64Array, to: number, place: number): void {
    const { values, width, active } = this;
    const traits = this.traits.length;
    for (let m = 0; m < active.length; m++) {
      if (active[m] === 0) continue;
      for (let i = m * traits; i < (m + 1) * traits; i++) zeros[to + i] = values[place * width + i];
    }
  }

  /** Adds what a transfer changed within life. */
  add(place: number, mechanism: string, changes: Float64Array, from: number): void {
    const { values, traits } = this;
    const m = this.mechanisms.indexOf(mechanism);
    if (m < 0) throw new RangeError(`mechanism '${mechanism}' has no ledger; known: ${this.mechanisms.join(', ')}`);
    this.active[m] = 1;
    const to = place * this.width + m * traits.length;
    for (let t = 0; t < traits.length; t++) values[to + t] += changes[from + t];
  }

  get bytes(): number {
    return this.values.byteLength + this.clade.byteLength + 8 * this.freePlaces.length;
  }
}
