/** Ticks by which the first of two worlds in step may be ahead of the second. */
export const mostSkew = 12;

/** What one world says to the other. */
type Word = { readonly tick: number } | { readonly hold: number };

/** The end of a channel: a `MessagePort`. */
export interface TetherPort {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(word: unknown): void;
  close(): void;
}

/**
 * Keeps two worlds in two threads in step. The first plays; the second follows and never passes it, so that it can stop at any tick of which the first
 * has given a frame. Each says its tick after every step, so that both work at once.
 */
export class Tether {
  /** Tick of the other world, as far as is known. */
  private theirs: number;
  /** Tick at which the second waits until its frame has been taken. */
  private held: number | undefined;
  private waiting: { readonly tick: number; readonly settle: () => void }[] = [];

  /**
   * @param isFirst whether this world plays, and the other one follows
   * @param tick of both worlds
   * @param wake called when this world may continue
   */
  constructor(
    private readonly port: TetherPort,
    readonly isFirst: boolean,
    private tick: number,
    private readonly wake: () => void,
  ) {
    this.theirs = tick;
    port.onmessage = ({ data }: MessageEvent<Word>) => {
      if ('hold' in data) this.held = data.hold;
      else this.theirs = data.tick;
      this.wake();
    };
  }

  /** Last tick that this world may reach now. */
  get limit(): number {
    return this.isFirst ? this.theirs + mostSkew : Math.min(this.theirs, this.held ?? Number.POSITIVE_INFINITY);
  }

  /** This world has made a tick. */
  reach(tick: number): void {
    this.tick = tick;
    this.port.postMessage({ tick } satisfies Word);
    this.settle();
  }

  /** All organisms of this world are dead. Nothing waits for the second one any more; the second one stays with the first. */
  finish(): void {
    if (this.isFirst || this.tick === Number.POSITIVE_INFINITY) return;
    this.reach(Number.POSITIVE_INFINITY);
  }

  /** The first world has given a frame of this tick: the second does not pass it before its own has been taken. */
  hold(tick: number): void {
    if (this.isFirst) this.port.postMessage({ hold: tick } satisfies Word);
  }

  /** The frame of the second world at this tick has been taken. */
  release(tick: number): void {
    if (this.held === undefined || this.held > tick) return;
    this.held = undefined;
    this.wake();
  }

  /** Resolves when this world has reached a tick, has ended, or is no longer tied. */
  reached(tick: number): Promise<void> {
    if (this.tick >= tick) return Promise.resolve();
    return new Promise((settle) => this.waiting.push({ tick, settle }));
  }

  end(): void {
    this.port.onmessage = null;
    this.port.close();
    this.tick = Number.POSITIVE_INFINITY;
    this.settle();
  }

  private settle(): void {
    const { tick } = this;
    if (this.waiting.length === 0) return;
    for (const one of this.waiting) if (one.tick <= tick) one.settle();
    this.waiting = this.waiting.filter((one) => one.tick > tick);
  }
}
