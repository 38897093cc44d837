/** Points kept at most; every second one is dropped when there are as many. */
const mostPoints = 512;

/** A path put away. */
export interface MeanPathState {
  readonly spacing: number;
  readonly ticks: Float64Array;
  /** One point behind the other. */
  readonly points: Float32Array;
}

/** The way of the mean genome in bounded memory: a point every so many ticks, farther apart the longer the run. */
export class MeanPath {
  private spacing = 1;
  private ticks: number[] = [];
  private points: Float32Array[] = [];

  /** @param dimensions of a genome */
  constructor(private readonly dimensions: number) {}

  get length(): number {
    return this.points.length;
  }

  /** Takes the mean at a tick; ticks never go back. Keeps a copy, or nothing between two points. */
  push(tick: number, mean: ArrayLike<number>): void {
    const last = this.ticks.at(-1);
    if (last !== undefined && tick - last < this.spacing) return;
    this.ticks.push(tick);
    this.points.push(Float32Array.from(mean));
    if (this.points.length < mostPoints) return;
    const stays = (_: unknown, i: number) => i % 2 === 0;
    this.ticks = this.ticks.filter(stays);
    this.points = this.points.filter(stays);
    this.spacing *= 2;
  }

  /** Calls back for every point, the earliest first. */
  each(visit: (point: Float32Array, tick: number) => void): void {
    for (let i = 0; i < this.points.length; i++) visit(this.points[i], this.ticks[i]);
  }

  state(): MeanPathState {
    const points = new Float32Array(this.points.length * this.dimensions);
    this.points.forEach((point, i) => points.set(point, i * this.dimensions));
    return { spacing: this.spacing, ticks: Float64Array.from(this.ticks), points };
  }

  restore({ spacing, ticks, points }: MeanPathState): void {
    const { dimensions } = this;
    this.spacing = spacing;
    this.ticks = [...ticks];
    this.points = this.ticks.map((_, i) => points.slice(i * dimensions, (i + 1) * dimensions));
  }
}
