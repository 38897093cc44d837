import type { CurrentRun } from './current-run.ts';
import { EventWatch, type NotableEvent, type NotableEventKind } from './event-watch.ts';
import type { Run } from './live-run.ts';
import { columnOf, crosses, type MeasureStop } from './measure-stop.ts';
import { Player } from './player.ts';
import type { RunHistory } from './run-history.ts';
import { seriesEvery } from './series.ts';
import type { Tether } from './twins/tether.ts';

/** Milliseconds for which a new world that should play waits for its first frame. */
const frameAwaited = 1500;

/** Advances the current run: keeps snapshots on the way, notes events, and pauses at those that are requested. */
export class Playback {
  readonly player: Player;
  /** Events of the run so far, the oldest first. */
  happened: NotableEvent[] = [];
  /** Events at which the world is to pause. */
  pausing: ReadonlySet<NotableEventKind> = new Set();
  /** A tick at which the world pauses if it plays; a run to a later tick continues. */
  stopAt: number | undefined;
  /** Ties the world to its twin. */
  tether: Tether | undefined;
  private isHalted = false;
  /** A measure at whose value the world pauses, once, at a sample. */
  stopWhen: MeasureStop | undefined;
  private eventWatch: EventWatch | undefined;
  /** When the run was entered, and whether a frame of it has been requested since. */
  private entered = 0;
  private seen = false;

  constructor(
    private readonly current: CurrentRun,
    private readonly history: RunHistory,
  ) {
    this.player = new Player({
      tick: () => current.present?.world.tick,
      advance: (ticks, until) => this.advance(ticks, until),
      isHeld: (now) => this.isAwaited(now),
      isBlocked: () => this.isBlocked(),
    });
    current.onBegin(() => {
      this.player.pause();
      this.stopAt = undefined;
      this.stopWhen = undefined;
    });
    current.onLeave(() => {
      this.eventWatch = undefined;
      this.happened = [];
      this.entered = performance.now();
      this.seen = false;
    });
  }

  /** A frame of the run is requested: it need not wait any more. */
  see(): void {
    this.seen = true;
  }

  /** Whether it makes no tick although it plays. */
  get halted(): boolean {
    return this.isHalted;
  }

  set halted(halted: boolean) {
    this.isHalted = halted;
    if (!halted) this.player.wake();
  }

  /** Steps tick by tick until this many are made, the time is over or all organisms are dead. Returns the ticks made. */
  advance(ticks: number, until = Number.POSITIVE_INFINITY): number {
    const run = this.current.require();
    let made = 0;
    while (made < ticks && !this.isBlocked()) {
      // A twin goes back with the world that it belongs to.
      if (this.tether?.isFirst !== false) this.history.keepIfDue();
      this.eventWatch ??= new EventWatch(run);
      if (!run.step()) {
        this.tether?.finish();
        this.player.pause();
        break;
      }
      made += 1;
      this.history.reach();
      this.tether?.reach(run.world.tick);
      if (this.isEventToPauseAt(this.eventWatch)) break;
      if (this.stopWhen && this.crosses(run, this.stopWhen)) {
        this.stopWhen = undefined;
        this.player.pause();
        break;
      }
      if (run.world.tick === this.stopAt && this.player.playing) {
        this.player.pause();
        break;
      }
      if (performance.now() >= until) break;
    }
    return made;
  }

  /** Whether it has to wait for its twin, or for a change. */
  private isBlocked(): boolean {
    const { tether } = this;
    return this.isHalted || (tether !== undefined && this.current.require().world.tick >= tether.limit);
  }

  /** Looks for events; pauses at the requested ones. */
  private isEventToPauseAt(eventWatch: EventWatch): boolean {
    const found = eventWatch.look();
    if (found.length === 0) return false;
    this.happened.push(...found);
    if (!found.some(({ kind }) => this.pausing.has(kind))) return false;
    this.player.pause();
    return true;
  }

  private crosses({ world, recorder }: Run, stop: MeasureStop): boolean {
    if (world.tick % seriesEvery !== 0) return false;
    return crosses(recorder.latest[columnOf(recorder.columns, stop.measure)], stop);
  }

  /** Whether the first tick still waits for the first frame: the record that begins with it takes longer than a frame. */
  private isAwaited(now: number): boolean {
    return !this.seen && !this.current.present?.isWatched && now - this.entered < frameAwaited;
  }
}
