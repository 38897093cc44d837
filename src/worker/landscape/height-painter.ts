import { contourInterval } from '../../analysis/lab/marching-squares.ts';
import type { Landscape } from '../../habitat/landscape/landscape.ts';
import type { GenomePlane } from './genome-plane.ts';

/** Approximate milliseconds for one painting. */
const budget = 20;
/** Fewest and most heights along a side. */
const fewest = 16;
const most = 160;
/** Wanted number of contours, and the number at which their distance changes. */
const wanted = 14;
const [tooFew, tooMany] = [6, 30];

/** A rectangle of the view: left, upper, right and lower edge. */
export type Rectangle = readonly [number, number, number, number];

/** Heights of a part of the plane. */
export interface Heights {
  readonly buffer: ArrayBuffer;
  readonly columns: number;
  readonly rows: number;
  /** Log fitness of a height of 0. */
  readonly base: number;
  /** Log fitness from one contour to the next. */
  readonly interval: number;
  /** Log fitness where shading begins and ends. */
  readonly low: number;
  readonly high: number;
}

/** Computes log fitness on a grid over the plane, as fine as the time allows. */
export class HeightPainter {
  /** Milliseconds a height, from the last painting. */
  private cost = 0.001;
  private interval = 0;

  /** @param clock milliseconds */
  constructor(private readonly clock: () => number) {}

  /**
   * @param through genome that gives the other coordinates
   * @param given is written if it is large enough
   */
  paint(
    landscape: Landscape,
    plane: GenomePlane,
    through: Float64Array,
    [left, upper, right, lower]: Rectangle,
    given: ArrayBuffer,
  ): Heights {
    const aspect = (right - left) / (lower - upper);
    const cells = Math.min(most * most, budget / this.cost);
    const side = (length: number) => Math.round(Math.min(most, Math.max(fewest, length)));
    const columns = side(Math.sqrt(cells * aspect));
    const rows = side(Math.sqrt(cells / aspect));
    const bytes = columns * rows * 4;
    const buffer = given.byteLength >= bytes ? given : new ArrayBuffer(bytes);
    const out = new Float32Array(buffer, 0, columns * rows);
    const genome = new Float64Array(through.length);
    const values = new Float64Array(columns * rows);
    const began = this.clock();
    for (let row = 0, at = 0; row < rows; row++) {
      const y = upper + ((lower - upper) * row) / (rows - 1);
      for (let column = 0; column < columns; column++, at++) {
        plane.genomeAt(left + ((right - left) * column) / (columns - 1), y, through, genome);
        values[at] = landscape.logFitness(genome, 0);
      }
    }
    this.cost = Math.max(1e-5, (this.clock() - began) / values.length);
    const sorted = values.filter(Number.isFinite).sort();
    const high = sorted.at(-1) ?? 0;
    const low = sorted[Math.floor(0.08 * sorted.length)] ?? 0;
    const lines = (high - low) / this.interval;
    if (!(lines >= tooFew && lines <= tooMany)) this.interval = contourInterval(low, high, wanted);
    // Relative to a strong contour near the top, so that float32 has digits for contours that lie close.
    const base = Math.floor(high / (5 * this.interval)) * 5 * this.interval;
    for (let i = 0; i < values.length; i++) out[i] = (Number.isFinite(values[i]) ? values[i] : low) - base;
    return { buffer, columns, rows, base, interval: this.interval, low, high };
  }
}
