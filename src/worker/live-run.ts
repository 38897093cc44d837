import type { MeanPathState } from '../analysis/lab/mean-path.ts';
import { LifeRecord } from '../record/life-record.ts';
import { pack, unpack } from '../record/pack.ts';
import type { Scene } from '../scene/schema.ts';
import type { Change, Simulation } from '../simulation/types.ts';
import { AccountLog, type Accounts } from './account-log.ts';
import { type ChangeList, ChangeLog } from './change-log.ts';
import { type HuesState, KinHues } from './hues/kin-hues.ts';
import { pageCatalogue } from './page-catalogue.ts';
import type { SeriesState } from './series.ts';
import { Recorder } from './series-sampler.ts';
import { worldThreads } from './world-threads.ts';

/** A saved run: enough to restore it with its record and its plots. */
export interface KeptRun {
  readonly tick: number;
  readonly world: ArrayBuffer;
  readonly record: Uint8Array;
  readonly series: SeriesState;
  /** The path of the mean genome, on a landscape. */
  readonly path: MeanPathState | undefined;
  /** Accounts of the windows between censuses so far. */
  readonly accounts: Accounts;
  /** Hues of relatives as they were shown; without them they are spaced by what lives. */
  readonly hues?: HuesState;
  /** Number of changes made. */
  readonly changes: number;
  readonly bytes: number;
}

/** A world with everything that is kept beside it: changes, series for the plots, the record of lives. */
export class Run {
  readonly changes: ChangeLog;
  readonly recorder: Recorder;
  private life: LifeRecord | undefined;
  private accountLog: AccountLog | undefined;
  private kinHues: KinHues | undefined;

  /** Takes over a world, which is disposed of if the rest fails. */
  private constructor(
    readonly world: Simulation,
    logOf: (world: Simulation) => ChangeLog,
    { saved, whole }: { readonly saved?: KeptRun; readonly whole?: readonly string[] } = {},
    check?: (saved: KeptRun, world: Simulation) => void,
  ) {
    try {
      if (saved) check?.(saved, world);
      this.changes = logOf(world);
      this.recorder = new Recorder(world, saved?.series, whole);
      if (saved?.path) this.recorder.landscape?.restore(saved.path);
      if (saved) this.watch(saved);
    } catch (error) {
      world.dispose();
      throw error;
    }
  }

  /**
   * A run from tick 0.
   * @param changes to be made at their ticks
   * @param whole measures of which every sample is kept
   */
  static found(scene: Scene, seed: string, changes: readonly Change[], whole: readonly string[] = []): Run {
    return new Run(
      pageCatalogue.createSimulation(scene, seed, { threads: worldThreads() }),
      (world) => ChangeLog.begin(world, changes),
      { whole },
    );
  }

  /** A run that begins with a snapshot: what was before is not known. */
  static open(snapshot: ArrayBuffer): Run {
    return new Run(pageCatalogue.simulationFromSnapshot(snapshot, { threads: worldThreads() }), (world) =>
      ChangeLog.begin(world, []),
    );
  }

  /**
   * Restores a saved run.
   * @param course all changes of its line
   * @param check throws if what is kept does not fit the world; needed for data from a file or a store, which may hold anything
   */
  static resume(kept: KeptRun, course: ChangeList, check?: (kept: KeptRun, world: Simulation) => void): Run {
    return new Run(
      pageCatalogue.simulationFromSnapshot(kept.world, { threads: worldThreads() }),
      (world) => ChangeLog.resume(world, course, kept.changes),
      { saved: kept },
      check,
    );
  }

  /** A run that starts in the state of this one, but whose draws come from another seed from here on. */
  branch(seed: string): Run {
    const kept = this.keep();
    const course = this.changes.course();
    return new Run(this.world.fork({ seed, threads: worldThreads() }), (world) => ChangeLog.resume(world, course, kept.changes), {
      saved: kept,
    });
  }

  /** The record of lives. For a new run it begins at the first request or with the first tick: the first frame does without it. */
  get record(): LifeRecord {
    return this.life ?? this.watch();
  }

  /** Colours of kinship. */
  get hues(): KinHues {
    this.kinHues ??= new KinHues(this.world, () => this.life);
    return this.kinHues;
  }

  /** Numbers of items in the record that the page may want to show. */
  get recorded(): Readonly<Record<'speciesEvents' | 'fossils' | 'censuses' | 'hues', number>> {
    const { life, accountLog, kinHues } = this;
    return {
      hues: kinHues?.version ?? 0,
      speciesEvents: life?.species.events.length ?? 0,
      fossils: life?.fossils.length ?? 0,
      censuses: accountLog?.closed ?? 0,
    };
  }

  /** Price's equation and the climb of every window between two censuses so far. */
  get accounts(): Accounts {
    return this.accountLog?.keep() ?? { prices: [], climbs: [] };
  }

  /** Whether the record has begun. */
  get isWatched(): boolean {
    return this.life !== undefined;
  }

  /** Makes a tick; false after extinction. */
  step(): boolean {
    if (!this.life) this.watch();
    if (this.world.step(1) === 0) return false;
    // Before the changes due at this tick, as when a person made them at this tick.
    this.recorder.afterTick();
    this.hues.afterTick();
    this.changes.makeDue();
    return true;
  }

  /** Saves the run. Changes nothing. */
  keep(): KeptRun {
    const world = this.world.snapshot();
    const record = join(pack(this.record.state()));
    const series = this.recorder.series.state();
    const path = this.recorder.landscape?.state();
    const bytes = world.byteLength + record.byteLength + series.values.byteLength + (path?.points.byteLength ?? 0);
    const { accounts, changes } = this;
    const hues = this.hues.state();
    return { tick: this.world.tick, world, record, series, path, accounts, hues, changes: changes.count, bytes };
  }

  dispose(): void {
    this.life?.dispose();
    this.world.dispose();
  }

  private watch(saved?: KeptRun): LifeRecord {
    this.life = new LifeRecord(this.world, saved ? { saved: unpack(saved.record) } : {});
    this.accountLog = new AccountLog(this.world, this.life, saved?.accounts);
    this.world.observe(this.life);
    if (saved?.hues) this.kinHues = new KinHues(this.world, () => this.life, saved.hues);
    else this.hues.meetRecord();
    return this.life;
  }
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
