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
  private readonly freePlaces: number[] = [];

  constructor(
    readonly mechanisms: readonly string[],
    readonly traits: readonly string[],
  ) {
    this.width = mechanisms.length * traits.length;
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

  /**
   * Opens the ledger of a newborn.
   * @param second place of the second parent, -1 for none
   * @param share weight of the first parent's ledger
   * @param changes its own, from `from` on, as in `InheritanceTrace.traitChange`
   */
  inherit(place: number, first: number, second: number, share: number, changes: Float64Array, from: number): void {
    const { values, width, clade } = this;
    const [to, a, b] = [place * width, first * width, second * width];
    if (second < 0) for (let i = 0; i < width; i++) values[to + i] = values[a + i] + changes[from + i];
    else {
      const rest = 1 - share;
      for (let i = 0; i < width; i++) values[to + i] = share * values[a + i] + rest * values[b + i] + changes[from + i];
    }
    clade[place] = clade[first];
  }

  /** Adds what a transfer changed within life. */
  add(place: number, mechanism: string, changes: Float64Array, from: number): void {
    const { values, traits } = this;
    const m = this.mechanisms.indexOf(mechanism);
    if (m < 0) throw new RangeError(`mechanism '${mechanism}' has no ledger; known: ${this.mechanisms.join(', ')}`);
    const to = place * this.width + m * traits.length;
    for (let t = 0; t < traits.length; t++) values[to + t] += changes[from + t];
  }

  get bytes(): number {
    return this.values.byteLength + this.clade.byteLength + 8 * this.freePlaces.length;
  }
}
