import { showText } from '../parameter/show.ts';
import { Pacing } from './pacing.ts';

/** Milliseconds for which the worker steps before it handles messages, and for which it waits while it is held. */
const slice = 12;
const heldFor = 20;
/** Milliseconds between two reports of progress towards a tick. */
const reportEvery = 100;

/** The run being played. */
export interface Played {
  /** Undefined without a run. */
  tick(): number | undefined;
  /** Makes at most this many ticks, until that time is over or all organisms are dead. Returns the ticks made. */
  advance(ticks: number, until: number): number;
  /** Whether it should wait although it plays. */
  isHeld(now: number): boolean;
  /** Whether it can make no tick until `wake` is called. */
  isBlocked(): boolean;
}

interface Goal {
  readonly tick: number;
  readonly progress: (tick: number) => void;
  readonly settle: (reached: boolean) => void;
  readonly fail: (error: Error) => void;
  reported: number;
}

/** Advances a run in short slices, between which the worker handles messages of the page: at a speed, or to a tick as fast as it can. */
export class Player {
  playing = false;
  /** Why the world has stopped although it should play, or ''. */
  trouble = '';
  private readonly played: Played;
  private readonly pace = new Pacing();
  private goal: Goal | undefined;
  private scheduled = false;
  private readonly channel = new MessageChannel();

  constructor(played: Played) {
    this.played = played;
    this.channel.port1.onmessage = () => this.turn();
  }

  /** Ticks per second that are made; 0 while paused. */
  get rate(): number {
    return this.playing || this.goal ? this.pace.rate() : 0;
  }

  /** Ticks per second at which it plays; 0 is as fast as possible. */
  set speed(ticksPerSecond: number) {
    this.pace.speed = ticksPerSecond;
    this.pace.start(performance.now());
    if (this.playing) this.plan();
  }

  play(): void {
    // On its way to a tick it already runs at full speed, and pauses there.
    if (this.playing || this.goal) return;
    this.trouble = '';
    this.playing = true;
    this.pace.start(performance.now());
    this.plan();
  }

  pause(): void {
    this.playing = false;
    this.trouble = '';
    this.endGoal(false);
  }

  /** What it was blocked by is gone. */
  wake(): void {
    this.plan();
  }

  /** Whether the tick was reached: false if another request came on the way, or the tick is in the past. */
  runTo(tick: number, progress: (tick: number) => void): Promise<boolean> {
    this.pause();
    const now = this.played.tick() ?? 0;
    if (tick <= now) return Promise.resolve(tick === now);
    return new Promise((settle, fail) => {
      this.goal = { tick, progress, settle, fail, reported: 0 };
      this.pace.start(performance.now());
      this.plan();
    });
  }

  private endGoal(reached: boolean): void {
    this.goal?.settle(reached);
    this.goal = undefined;
  }

  private plan(): void {
    if (this.scheduled || !(this.playing || this.goal)) return;
    if (this.played.tick() !== undefined && this.played.isBlocked()) return;
    this.scheduled = true;
    const held = !this.goal && this.played.isHeld(performance.now());
    const wait = this.goal ? 0 : held ? heldFor : this.pace.wait();
    if (wait < 1) this.channel.port2.postMessage(0);
    else setTimeout(() => this.turn(), wait);
  }

  private turn(): void {
    this.scheduled = false;
    if (this.played.tick() === undefined) return;
    const start = performance.now();
    try {
      if (this.goal) this.approach(this.goal, start);
      else if (this.playing && !this.played.isHeld(start)) {
        this.pace.made(this.played.advance(this.pace.due(start), start + slice));
      }
    } catch (error) {
      this.stop(error);
    }
    this.pace.mark(performance.now(), this.played.tick() ?? 0);
    this.plan();
  }

  private approach(goal: Goal, start: number): void {
    const tick = () => this.played.tick() ?? 0;
    this.played.advance(goal.tick - tick(), start + slice);
    if (start - goal.reported > reportEvery) {
      goal.reported = start;
      goal.progress(tick());
    }
    if (tick() >= goal.tick) this.endGoal(true);
  }

  /** Pauses after an error in a step, which no call of the page can receive: reports it to the call that waits for a tick, otherwise to `trouble`. */
  private stop(error: unknown): void {
    const text = `The run stopped at tick ${this.played.tick()}: ${showText(error instanceof Error ? error.message : String(error), 400)}`;
    const { goal } = this;
    this.goal = undefined;
    this.playing = false;
    if (goal) goal.fail(new Error(text));
    else this.trouble = text;
  }
}
