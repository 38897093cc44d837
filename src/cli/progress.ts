import type { Io } from './io.ts';

/** Milliseconds between two updates on a terminal, and between two lines elsewhere. */
const terminalInterval = 200;
const lineInterval = 5000;
/** Milliseconds over which the rate is taken. */
const rateWindow = 10_000;

export interface ProgressPoint {
  readonly tick: number;
  readonly organisms: number;
}

/** Shows the progress of a run: a bar that is rewritten on a terminal, a plain line every few seconds elsewhere. */
export class Progress {
  private readonly io: Io;
  private readonly ticks: number;
  private readonly window: { at: number; tick: number }[];
  private shownAt: number;
  private drawn = false;

  constructor(io: Io, firstTick: number, ticks: number) {
    this.io = io;
    this.ticks = ticks;
    this.shownAt = io.now();
    this.window = [{ at: this.shownAt, tick: firstTick }];
  }

  update(point: ProgressPoint): void {
    const now = this.io.now();
    if (now - this.shownAt < (this.io.terminal ? terminalInterval : lineInterval)) return;
    this.shownAt = now;
    const rate = this.rate(now, point.tick);
    const left = rate > 0 ? (this.ticks - point.tick) / rate : Number.POSITIVE_INFINITY;
    const figures = `tick ${point.tick} of ${this.ticks}, ${point.organisms} organisms, ${showRate(rate)} ticks/s, ${showTime(left)} left`;
    if (!this.io.terminal) {
      this.io.err(`${figures}\n`);
      return;
    }
    const width = this.io.columns() - 1;
    const room = Math.min(30, width - figures.length - 3);
    const line = room >= 8 ? `${bar(point.tick / this.ticks, room)} ${figures}` : figures;
    this.io.err(`\r\u001b[K${line.slice(0, Math.max(0, width))}`);
    this.drawn = true;
  }

  /** Removes the bar, so that other text can follow. */
  clear(): void {
    if (this.drawn) this.io.err('\r\u001b[K');
    this.drawn = false;
  }

  private rate(now: number, tick: number): number {
    this.window.push({ at: now, tick });
    while (this.window.length > 2 && now - this.window[1].at > rateWindow) this.window.shift();
    const first = this.window[0];
    return now > first.at ? ((tick - first.tick) * 1000) / (now - first.at) : 0;
  }
}

function bar(share: number, width: number): string {
  const full = Math.round(Math.min(1, share) * (width - 2));
  return `[${'='.repeat(full)}${' '.repeat(width - 2 - full)}]`;
}

function showRate(rate: number): string {
  return rate >= 100 ? String(Math.round(rate)) : rate.toPrecision(2);
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function showTime(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown time';
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}
