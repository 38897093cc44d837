/** Most points kept; every second one is dropped when this number is reached. */
const mostPoints = 512;
/** None of the latest points is left out. */
const recentPoints = 256;

/** A saved path. */
export interface MeanPathState {
  readonly spacing: number;
  readonly ticks: Float64Array;
  /** One point behind the other. */
  readonly points: Float32Array;
}

/**
 * The path of the mean genome in bounded memory: a point at intervals of ticks that grow with the run, and all of the latest
 * ones. A state holds only the former.
 */
export class MeanPath {
  private spacing = 1;
  private ticks: number[] = [];
  private points: Float32Array[] = [];
  private readonly recent: { readonly tick: number; readonly point: Float32Array }[] = [];

  /** @param dimensions of a genome */
  constructor(private readonly dimensions: number) {}

  /** Most points that are possible. */
  static readonly most = mostPoints + recentPoints;

  /** Records the mean at a tick; ticks must not decrease. Keeps a copy. */
  push(tick: number, mean: ArrayLike<number>): void {
    const point = Float32Array.from(mean);
    this.recent.push({ tick, point });
    if (this.recent.length > recentPoints) this.recent.shift();
    const last = this.ticks.at(-1);
    if (last !== undefined && tick - last < this.spacing) return;
    this.ticks.push(tick);
    this.points.push(point);
    if (this.points.length < mostPoints) return;
    const stays = (_: unknown, i: number) => i % 2 === 0;
    this.ticks = this.ticks.filter(stays);
    this.points = this.points.filter(stays);
    this.spacing *= 2;
  }

  /** Calls back for every point, the earliest first; `isRecent` is true from where none is left out. */
  each(visit: (point: Float32Array, tick: number, isRecent: boolean) => void): void {
    const from = this.recent[0]?.tick ?? Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.points.length; i++) if (this.ticks[i] < from) visit(this.points[i], this.ticks[i], false);
    for (const { tick, point } of this.recent) visit(point, tick, true);
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
    this.recent.length = 0;
  }
}
