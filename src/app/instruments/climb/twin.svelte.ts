import { dot } from '../../../analysis/lab/direction.ts';
import { startTaskThread } from '../../../worker/tasks/start-task-thread.ts';
import type { ClimbStart, TaskThread } from '../../../worker/tasks/task-protocol.ts';
import { messageOf } from '../../ui/words.ts';

/** Most ticks of a twin between two pictures of it. */
const mostTicks = 100;
/** Milliseconds between two looks at whether the world is ahead. */
const lookEvery = 500;

/** What a twin needs of the climb that it is compared with. */
export interface TwinSurroundings {
  /** Axes of the open interval. */
  readonly axes: { readonly across: Float64Array; readonly up: Float64Array } | undefined;
  /** Tick of the world. */
  readonly tick: number;
}

/** The living of a twin in genome space. */
export interface TwinCloud {
  readonly tick: number;
  /** x and y of each. */
  readonly points: Float32Array;
  /** Mean x and y; NaN if none lives. */
  readonly mean: readonly [number, number];
}

/**
 * The same world without the latest change of a parameter, from the opening of the interval in which it was made: it draws the same random numbers, so all difference comes
 * from the change. It keeps up with the world in a thread of its own; heights are along the gradients of the world.
 */
export class Twin {
  cloud = $state.raw<TwinCloud>();
  problem = $state('');
  private readonly thread: TaskThread = startTaskThread();
  private ended = false;
  private snapshot: ArrayBuffer;
  private tick: number;
  /** Mean and height from which heights are counted, and the gradient by which. */
  private anchor: { readonly mean: Float64Array; readonly height: number };
  private up: Float64Array | undefined;
  private mean: Float64Array;

  /** @param height of the mean of all at the opening */
  constructor(
    private readonly start: ClimbStart,
    height: number,
    /** What was changed, in a few words. */
    readonly text: string,
    private readonly origin: () => number,
    private readonly surroundings: () => TwinSurroundings,
  ) {
    this.snapshot = start.snapshot;
    this.tick = start.tick;
    this.mean = start.mean;
    this.anchor = { mean: start.mean, height };
    void this.follow();
  }

  end(): void {
    this.ended = true;
    this.thread.end();
  }

  private async follow(): Promise<void> {
    try {
      while (!this.ended) {
        const { axes, tick } = this.surroundings();
        if (!axes || tick <= this.tick) {
          await new Promise((resolve) => setTimeout(resolve, lookEvery));
          continue;
        }
        const { across, up } = axes;
        // Another gradient: what was climbed along the former one stays.
        if (this.up && this.up !== up) {
          const { mean, height } = this.anchor;
          this.anchor = { mean: this.mean, height: height + dot(this.up, this.mean) - dot(this.up, mean) };
        }
        this.up = up;
        const { snapshot, start } = this;
        const found = await this.thread.ask('twin', {
          snapshot,
          population: start.population,
          ticks: Math.min(mostTicks, tick - this.tick),
          across,
          up,
        });
        if (this.ended) return;
        this.snapshot = found.snapshot;
        this.tick = found.tick;
        this.mean = found.mean;
        const lift = this.anchor.height - dot(up, this.anchor.mean);
        const origin = this.origin();
        const points = found.places.map((value, at) => (at % 2 === 0 ? value - origin : value + lift));
        this.cloud = { tick: found.tick, points, mean: [dot(across, found.mean) - origin, dot(up, found.mean) + lift] };
        if (points.length === 0) return;
      }
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}
