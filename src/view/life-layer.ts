import { lifeEventKinds, lifeEventStride } from '../worker/life-event-kinds.ts';
import { lifeFragment, lifeMilliseconds, lifeVertex } from './life-shaders.ts';
import { type Painter, Squares, Texels } from './painter.ts';
import { shorterWay } from './shorter-way.ts';

/** Where an organism of the frame is, and its colour on the scale; undefined if it does not live. */
export type Whereabouts = (id: number) => { readonly x: number; readonly y: number; readonly colour: number } | undefined;

const aRow = 256;
const floatsOfOne = 8;
/** Events that are shown at once; then the oldest make room. */
const room = 4 * aRow;
/** Steps of the path of what is picked. */
const steps = 2 * aRow;
/** Of a kind that happens so often in one frame, single events are drawn more and more faintly. */
const quiet = 12;

/** What happens to organisms, drawn over them for about a second, and the path of the picked one. Loaded when the first of it is to be shown. */
export class LifeLayer {
  private readonly floats = new Float32Array((room + steps) * floatsOfOne);
  private readonly texels = new Texels('rgba32f');
  private readonly now = new Float32Array(2);
  private readonly squares: Squares;
  private readonly kinds = lifeEventKinds.length;
  private next = 0;
  private until = 0;
  private readonly begun: number;
  /** Places of the picked organism, the latest last: x, y. */
  private path: number[] = [];
  private pathOf = -1;

  /** @param now milliseconds, as in all calls */
  constructor(scale: Texels, now: number) {
    this.begun = now;
    for (let i = 4; i < this.floats.length; i += floatsOfOne) this.floats[i] = -1;
    this.squares = new Squares(lifeVertex, lifeFragment, { uEvents: this.texels, uScale: scale, uNow: this.now }, room + steps);
    this.upload();
  }

  /** Forgets everything, as when another world is shown. */
  clear(): void {
    for (let i = 4; i < this.floats.length; i += floatsOfOne) this.floats[i] = -1;
    this.path = [];
    this.until = 0;
    this.upload();
  }

  /** Whether something is still to be seen change. */
  active(now: number): boolean {
    return now < this.until;
  }

  /**
   * Begins to show events (`LifeEvents.take`). Those whose organisms are not in the frame are left out.
   * @param period sides of a world that wraps
   */
  add(events: Float64Array, where: Whereabouts, period: readonly [number, number] | undefined, now: number): void {
    const numbers = new Float64Array(this.kinds);
    for (let i = 0; i < events.length; i += lifeEventStride) numbers[events[i]] += 1;
    for (let i = 0; i < events.length; i += lifeEventStride) {
      const kind = events[i];
      const name = lifeEventKinds[kind];
      const one = where(events[i + 1]);
      const other = name === 'transfer' || name === 'mating' ? where(events[i + 2]) : undefined;
      const strength = Math.min(1, quiet / numbers[kind]);
      if (name === 'transfer' || name === 'mating') {
        // From the donor to the recipient.
        if (one && other) this.write(kind, other.x, other.y, shorterWay(other, one, period), one.colour, strength, now);
      } else if (name === 'species') {
        if (one) this.write(kind, one.x, one.y, [0, 0], one.colour, 1, now);
      } else this.write(kind, events[i + 3], events[i + 4], [0, 0], one?.colour ?? -1, strength, now);
    }
    if (events.length > 0) this.upload();
  }

  /** Continues the path of the picked organism. @param id -1 for none: the path ends */
  follow(
    id: number,
    at: { readonly x: number; readonly y: number } | undefined,
    period: readonly [number, number] | undefined,
  ): void {
    if (id !== this.pathOf) {
      this.pathOf = id;
      this.path = [];
      this.writePath(period);
    }
    if (!at || (this.path.at(-2) === at.x && this.path.at(-1) === at.y)) return;
    this.path.push(at.x, at.y);
    if (this.path.length > 2 * (steps + 1)) this.path.splice(0, this.path.length - 2 * (steps + 1));
    this.writePath(period);
  }

  draw(painter: Painter, now: number): void {
    this.now[0] = now - this.begun;
    this.squares.draw(painter);
  }

  private write(
    kind: number,
    x: number,
    y: number,
    [dx, dy]: readonly [number, number],
    colour: number,
    strength: number,
    now: number,
  ): void {
    this.floats.set([x, y, dx, dy, kind, now - this.begun, colour, strength], this.next * floatsOfOne);
    this.next = (this.next + 1) % room;
    this.until = Math.max(this.until, now + lifeMilliseconds[kind]);
  }

  private writePath(period: readonly [number, number] | undefined): void {
    const { path } = this;
    const count = path.length / 2 - 1;
    for (let k = 0; k < steps; k++) {
      const i = (room + k) * floatsOfOne;
      if (k >= count) {
        this.floats[i + 4] = -1;
        continue;
      }
      const [from, to] = [2 * k, 2 * k + 2].map((at) => ({ x: path[at], y: path[at + 1] }));
      this.floats.set([from.x, from.y, ...shorterWay(from, to, period), this.kinds, 0, -1, (k + 1) / count], i);
    }
    this.upload();
  }

  private upload(): void {
    this.texels.show(this.floats, 2 * aRow, (room + steps) / aRow);
  }
}
