/**
 * The ways in which the number of copies of a locus changes. births: the effect of its bearers' births and deaths, each haplotype of a diploid
 * parent handing down half a copy. gametes: which haplotype, or which of two parents, the gamete happens to take. drive, transfer, transposition:
 * copies that replace others in gametes, between living organisms, within a genome.
 */
export const copyChannels = ['births', 'gametes', 'drive', 'transfer', 'transposition'] as const;

export type CopyChannel = (typeof copyChannels)[number];

/** How many copies each channel has added since a trace was opened: by the copy of origin and traced slot. */
export class CopyCounts {
  private readonly counts = new Map<CopyChannel, Float32Array>();
  private length = 0;

  /** @param width traced slots of a copy */
  constructor(private readonly width: number) {}

  /** Starts at 0. @param copies number of possible origins */
  open(copies: number): void {
    this.counts.clear();
    this.length = copies * this.width;
  }

  /** Restores what `get` returned. */
  restore(copies: number, channels: ReadonlyMap<CopyChannel, Float32Array>): void {
    this.open(copies);
    for (const [channel, counts] of channels) this.counts.set(channel, counts.slice());
  }

  /** `[(origin - 1) * width + t]`; undefined where a channel added nothing. */
  get(channel: CopyChannel): Float32Array | undefined {
    return this.counts.get(channel);
  }

  /** The same, zeros where it added nothing so far. */
  of(channel: CopyChannel): Float32Array {
    let counts = this.counts.get(channel);
    if (!counts) this.counts.set(channel, (counts = new Float32Array(this.length)));
    return counts;
  }

  /** @param origin 0 for copies from outside, which are not counted */
  add(channel: CopyChannel, origin: number, t: number, copies: number): void {
    if (origin > 0) this.of(channel)[(origin - 1) * this.width + t] += copies;
  }
}
