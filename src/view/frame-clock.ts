/** How long the work of the last frames took on the page's own thread, in milliseconds. */
export class FrameClock {
  private readonly times = new Float64Array(600);
  private written = 0;

  note(milliseconds: number): void {
    this.times[this.written % this.times.length] = milliseconds;
    this.written += 1;
  }

  clear(): void {
    this.written = 0;
  }

  /** Number of frames recorded, and median, 95th percentile and longest of the last 600. */
  summary(): { frames: number; median: number; p95: number; longest: number } {
    const frames = Math.min(this.written, this.times.length);
    const sorted = this.times.slice(0, frames).sort();
    const at = (share: number) => (frames === 0 ? 0 : sorted[Math.min(frames - 1, Math.floor(share * frames))]);
    return { frames: this.written, median: at(0.5), p95: at(0.95), longest: at(1) };
  }
}
