/** Computes how many ticks are due at a wanted speed, from times that its caller gives. The core has no clock. */
export class Pacing {
  /** Ticks per second of wall time; 0 is as fast as possible. */
  speed = 30;
  private owed = 0;
  private last = 0;
  private readonly marks: { time: number; tick: number }[] = [];

  /** Starts to count at a time in milliseconds. */
  start(now: number): void {
    this.owed = 1;
    this.last = now;
    this.marks.length = 0;
  }

  /** Whole ticks due now. On a machine that is too slow, ticks overdue by more than a tenth of a second are dropped. */
  due(now: number): number {
    if (this.speed === 0) return Number.POSITIVE_INFINITY;
    this.owed = Math.min(this.owed + ((now - this.last) * this.speed) / 1000, Math.max(1, this.speed / 10));
    this.last = now;
    return Math.floor(this.owed);
  }

  made(ticks: number): void {
    this.owed -= ticks;
  }

  /** Milliseconds until the next tick is due. */
  wait(): number {
    return this.speed === 0 ? 0 : Math.max(0, ((1 - this.owed) * 1000) / this.speed);
  }

  /** Records the world's tick, for `rate`. */
  mark(time: number, tick: number): void {
    const { marks } = this;
    const newest = marks.at(-1);
    if (newest && time - newest.time < 100) return;
    marks.push({ time, tick });
    if (marks.length > 12) marks.shift();
  }

  /** Ticks per second over about the last second. */
  rate(): number {
    const first = this.marks[0];
    const last = this.marks.at(-1);
    if (!first || !last || last.time === first.time) return 0;
    return ((last.tick - first.tick) * 1000) / (last.time - first.time);
  }
}
