import type { PlannedRun } from '../../experiment/expand-plan.ts';
import type { Io } from '../io.ts';
import { showTime } from '../progress.ts';

/** Milliseconds between two updates on a terminal, and between two lines elsewhere. */
const terminalInterval = 200;
const lineInterval = 5000;

/** Shows the progress of a sweep: a bar that is rewritten on a terminal, a plain line every few seconds elsewhere. */
export class SweepProgress {
  private readonly io: Io;
  private readonly total: number;
  private readonly ticksToMake: number;
  private readonly startedAt: number;
  private done: number;
  private doneHere = 0;
  private ticks = 0;
  private shownAt: number;
  private drawn = false;

  /**
   * @param total runs of the sweep, or of this share
   * @param left runs that are neither finished nor failed yet
   */
  constructor(io: Io, total: number, left: readonly PlannedRun[]) {
    this.io = io;
    this.total = total;
    this.ticksToMake = left.reduce((sum, { cell }) => sum + cell.ticks, 0);
    this.done = total - left.length;
    this.startedAt = io.now();
    this.shownAt = this.startedAt;
  }

  finished({ cell }: PlannedRun): void {
    this.done++;
    this.doneHere++;
    this.ticks += cell.ticks;
  }

  /** @param waitingFor runs that other processes make, when only those are left */
  show(waitingFor: number): void {
    const now = this.io.now();
    if (now - this.shownAt < (this.io.terminal ? terminalInterval : lineInterval)) return;
    this.shownAt = now;
    const seconds = (now - this.startedAt) / 1000;
    const left = this.ticks > 0 ? ((this.ticksToMake - this.ticks) / this.ticks) * seconds : Number.POSITIVE_INFINITY;
    const rate = seconds > 0 ? this.doneHere / seconds : 0;
    const speed = rate >= 1 ? `${rate.toPrecision(3)} runs/s` : `${(60 * rate).toPrecision(2)} runs/min`;
    const end = waitingFor > 0 ? `waiting for ${waitingFor} that other processes make` : `${speed}, ${showTime(left)} left`;
    const figures = `${this.done} of ${this.total} runs, ${end}`;
    if (!this.io.terminal) {
      this.io.err(`${figures}\n`);
      return;
    }
    const width = this.io.columns() - 1;
    const room = Math.min(30, width - figures.length - 3);
    const full = Math.round(Math.min(1, this.done / this.total) * (room - 2));
    const line = room >= 8 ? `[${'='.repeat(full)}${' '.repeat(room - 2 - full)}] ${figures}` : figures;
    this.io.err(`\r\u001b[K${line.slice(0, Math.max(0, width))}`);
    this.drawn = true;
  }

  /** Removes the bar, so that other text can follow. */
  clear(): void {
    if (this.drawn) this.io.err('\r\u001b[K');
    this.drawn = false;
  }
}
