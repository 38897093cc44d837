import { transfer } from 'comlink';
import type { ChangeList } from '../change-log.ts';
import type { CurrentRun, RunOrigin } from '../current-run.ts';
import type { WorldText } from '../describe-world.ts';
import { type KeptRun, Run } from '../live-run.ts';
import type { Playback } from '../playback.ts';
import type { RunHistory } from '../run-history.ts';
import { type SeriesData, seriesEvery } from '../series.ts';
import { Tether, type TetherPort } from '../twins/tether.ts';
import type { Frame, FrameRequest, ViewTopic } from './view.ts';

/** A run with its record, plots and changes, on its way to another worker. */
export interface HandedRun {
  readonly kept: KeptRun;
  readonly course: ChangeList;
  readonly origin: RunOrigin;
}

/** The 64-bit key of an organism: that of the same birth in a twin, where ids differ. */
export interface OrganismKey {
  readonly low: number;
  readonly high: number;
}

/** Series, and the tick of the world when they were read. */
export interface SeriesNow {
  readonly tick: number;
  readonly data: SeriesData;
}

/** Two worlds in two workers that are in step: this worker has one of them. */
export class TwinsTopic {
  constructor(
    private readonly current: CurrentRun,
    private readonly history: RunHistory,
    private readonly playback: Playback,
    private readonly view: ViewTopic,
  ) {
    current.onLeave(() => this.untie());
  }

  /** Bytes of memory that the world has now, without its record: a twin takes at least as much. */
  bytes(): number {
    return this.current.require().world.bytes;
  }

  /** Makes no tick until `resume`, although the world plays. Returns its tick. */
  halt(): number {
    this.playback.halted = true;
    return this.current.require().world.tick;
  }

  /**
   * As `halt`, at a tick at which series are sampled: up to nine ticks are made first. What probes count since their last sample is nothing there, so that
   * those of a twin, which begin to count where it begins, count the same.
   */
  haltAtSample(): number {
    const { playback } = this;
    const { world } = this.current.require();
    playback.halted = false;
    for (let made = 1; made > 0 && world.tick % seriesEvery !== 0; ) {
      made = playback.advance(seriesEvery - (world.tick % seriesEvery));
    }
    return this.halt();
  }

  resume(): void {
    this.playback.halted = false;
  }

  /** The run as it is now. Changes that were to come are dropped: from here on it is another line. */
  hand(): HandedRun {
    const { origin } = this.current;
    const run = this.current.require();
    if (run.world.tick < this.history.line.tip) {
      const course = run.changes.course();
      run.changes.dropAhead();
      this.history.beginLine(course, run.world.seed);
    }
    const kept = run.keep();
    const moved = [kept.world, kept.record.buffer as ArrayBuffer, kept.series.values.buffer as ArrayBuffer];
    return transfer({ kept, course: run.changes.course(), origin }, moved);
  }

  /** Shows a run that another worker has handed over. */
  adopt({ kept, course, origin }: HandedRun): WorldText {
    return this.current.begin(Run.resume(kept, course), origin);
  }

  /** Continues with the run of the twin, paused, as another line of this one. */
  take({ kept, course }: HandedRun): WorldText {
    const run = Run.resume(kept, course);
    this.playback.player.pause();
    this.history.keepTip();
    this.history.beginLine(this.current.require().changes.course(), run.world.seed);
    return this.current.enter(run);
  }

  /** Ties this world to its twin, which is at the same tick. @param isFirst whether it plays, and the twin follows */
  tie(port: TetherPort, isFirst: boolean): void {
    this.untie();
    const { playback } = this;
    playback.tether = new Tether(port, isFirst, this.current.require().world.tick, () => playback.player.wake());
    if (isFirst) return;
    playback.player.speed = 0;
    playback.player.play();
  }

  /** Lets this world go its own way. */
  untie(): void {
    this.playback.halted = false;
    const { tether } = this.playback;
    if (!tether) return;
    this.playback.tether = undefined;
    tether.end();
    if (!tether.isFirst) this.playback.player.pause();
    else this.playback.player.wake();
  }

  /** Resolves when the second world has reached a tick of the first. */
  async reached(tick: number): Promise<void> {
    await this.playback.tether?.reached(tick);
  }

  /** The second world as it is at a tick of which the first has given a frame. */
  async frameAt(tick: number, request: FrameRequest): Promise<Frame> {
    await this.reached(tick);
    const frame = this.view.frame(request);
    this.playback.tether?.release(tick);
    return frame;
  }

  /** @param columns their indices in the list of the world's columns */
  series(columns: readonly number[]): SeriesNow {
    const { world, recorder } = this.current.require();
    return { tick: world.tick, data: recorder.series.read(columns) };
  }

  /** The key of a living organism; undefined if it is dead. @param name of its population */
  keyOf(name: string, id: number): OrganismKey | undefined {
    const population = this.current.populationNamed(name);
    const row = population.rowOf(id);
    if (row < 0) return undefined;
    return { low: population.table.u32('keyLow')[row], high: population.table.u32('keyHigh')[row] };
  }

  /** Id of the living organism with a key; undefined if none has it. @param name of its population */
  withKey(name: string, { low, high }: OrganismKey): number | undefined {
    const { table } = this.current.populationNamed(name);
    const [lows, highs] = [table.u32('keyLow'), table.u32('keyHigh')];
    for (let row = 0; row < table.count; row++) if (lows[row] === low && highs[row] === high) return table.f64('id')[row];
    return undefined;
  }
}
