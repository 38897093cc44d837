import type { CurrentRun } from '../current-run.ts';
import type { NotableEvent, NotableEventKind } from '../event-watch.ts';
import type { MeasureStop } from '../measure-stop.ts';
import type { Playback } from '../playback.ts';

/** Most ticks of one request. */
const mostSteps = 10_000;

/** Play, pause, steps and speed of the run, and the events at which it pauses. */
export class TransportTopic {
  constructor(
    private readonly current: CurrentRun,
    private readonly playback: Playback,
  ) {}

  play(): void {
    this.current.require();
    this.playback.player.play();
  }

  pause(): void {
    this.playback.player.pause();
  }

  /** Pauses and makes ticks at once, at most 10,000; beside a twin as soon as that has caught up. */
  step(ticks: number): void {
    const { player, tether } = this.playback;
    player.pause();
    const wanted = Math.min(Math.max(1, Math.floor(ticks)), mostSteps);
    if (tether) {
      player
        .runTo(this.current.require().world.tick + wanted, () => {})
        .catch((error: Error) => {
          player.trouble = error.message;
        });
    } else this.playback.advance(wanted);
  }

  /** @param ticksPerSecond of wall time; 0 is as fast as possible */
  speed(ticksPerSecond: number): void {
    this.playback.player.speed = ticksPerSecond;
  }

  /** Runs to a tick as fast as possible, then pauses. Resolves to false when it was interrupted. */
  runTo(tick: number, progress: (tick: number) => void): Promise<boolean> {
    this.current.require();
    return this.playback.player.runTo(tick, progress);
  }

  /** The events at which the world is to pause. */
  pauseAt(kinds: readonly NotableEventKind[]): void {
    this.playback.pausing = new Set(kinds);
  }

  /** A tick at which the world pauses once if it plays; undefined for none. */
  stopAt(tick: number | undefined): void {
    this.playback.stopAt = tick;
  }

  /** A measure at whose value the world pauses once; undefined for none. A new world has none. */
  stopWhen(stop: MeasureStop | undefined): void {
    this.playback.stopWhen = stop;
  }

  /** Whether it still waits for such a value. */
  waits(): boolean {
    return this.playback.stopWhen !== undefined;
  }

  /** Events after the first `since`, the oldest first. */
  events(since: number): readonly NotableEvent[] {
    return this.playback.happened.slice(since);
  }
}
