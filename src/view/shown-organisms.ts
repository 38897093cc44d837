import { type FrameColumn, frameColumns, frameStride } from '../worker/frame-layout.ts';
import type { Frame } from '../worker/topics/view.ts';
import { findAt } from './find-at.ts';

/** An organism in the frame shown now. */
export interface Seen {
  readonly id: number;
  /** Index of its population in the world. */
  readonly population: number;
  readonly x: number;
  readonly y: number;
}

/** The organisms of the frame that is shown now: where each of them is, and which of them is at a place. */
export class ShownOrganisms {
  /** Columns of the organisms, one organism after the other, as in the frame. */
  floats: Float32Array<ArrayBuffer> = new Float32Array(0);
  count = 0;
  capacity = 0;
  private ids = new Float64Array(0);
  private buffer: ArrayBuffer | undefined;

  /** Takes a frame. Its buffer stays here until the next one; returns the former one, which is free again. */
  show({ buffer, count, capacity }: Frame): ArrayBuffer | undefined {
    const former = this.buffer;
    this.buffer = buffer;
    this.count = count;
    this.capacity = capacity;
    this.floats = new Float32Array(buffer, 0, capacity * frameStride);
    this.ids = new Float64Array(buffer, capacity * frameStride * 4, capacity);
    return former;
  }

  /** Forgets the organisms of a world that is left; the buffer stays here. */
  clear(): void {
    this.count = 0;
  }

  /** Index of an organism by id, or -1 if it does not live. */
  indexOf(id: number): number {
    return id < 0 ? -1 : this.ids.subarray(0, this.count).indexOf(id);
  }

  /** The organism of that index; undefined for -1. */
  at(index: number): Seen | undefined {
    if (index < 0) return undefined;
    const i = index * frameStride;
    return { id: this.ids[index], population: this.floats[i + 7], x: this.floats[i], y: this.floats[i + 1] };
  }

  /** An organism by id, or undefined if it does not live. */
  find(id: number): Seen | undefined {
    return this.at(this.indexOf(id));
  }

  /** What the frame has of an organism, by its columns; undefined if it does not live. */
  look(id: number): Readonly<Record<FrameColumn, number>> | undefined {
    const index = this.indexOf(id);
    if (index < 0) return undefined;
    const of = (column: number) => this.floats[index * frameStride + column];
    return Object.fromEntries(frameColumns.map((name, column) => [name, of(column)])) as Record<FrameColumn, number>;
  }

  /**
   * Index of the organism nearest to a place of the world, or -1 if none is within reach.
   * @param period sides of a world that wraps
   */
  nearest(x: number, y: number, period: readonly [number, number] | undefined, reach = Number.POSITIVE_INFINITY): number {
    return findAt(this.floats, this.count, x, y, reach, period);
  }

  /** Visits the place of every organism, lengths. */
  eachPlace(visit: (x: number, y: number) => void): void {
    const { floats, count } = this;
    for (let i = 0; i < count * frameStride; i += frameStride) visit(floats[i], floats[i + 1]);
  }

  /** Numbers of highlighted organisms, and of all. */
  countLit(): { lit: number; all: number } {
    const { floats, count } = this;
    let lit = 0;
    for (let i = 6; i < count * frameStride; i += frameStride) lit += floats[i];
    return { lit, all: count };
  }
}
