import type { Population } from '../population/population.ts';
import { describeWorld, type WorldText } from './describe-world.ts';
import type { Run } from './live-run.ts';

/** What a run began from. */
export interface RunOrigin {
  /** A scene as in its file. */
  readonly scene: unknown;
  /** Seed of the founders and the ground. */
  readonly firstSeed: string;
  /** Tick at which the run began here. */
  readonly began: number;
}

/** The run that the worker has now. Topics that keep something of it say here what becomes of that when another run takes its place. */
export class CurrentRun {
  origin: RunOrigin = { scene: undefined, firstSeed: '', began: 0 };
  /** Number of the run, counted from 1. */
  serial = 0;
  private run: Run | undefined;
  private readonly whenBegun: ((next: Run) => void)[] = [];
  private readonly whenLeft: (() => void)[] = [];

  /** Does something before a run begins that is unrelated to the former one. In the order of these calls. */
  onBegin(listener: (next: Run) => void): void {
    this.whenBegun.push(listener);
  }

  /** Does something before the run is left for any other: an unrelated one, the same at another time, a branch. */
  onLeave(listener: () => void): void {
    this.whenLeft.push(listener);
  }

  /** Undefined before the first world. */
  get present(): Run | undefined {
    return this.run;
  }

  /** @throws {Error} before the first world */
  require(): Run {
    if (!this.run) throw new Error('no world is loaded yet');
    return this.run;
  }

  /** @throws {Error} if the world has no population of this name */
  populationNamed(name: string): Population {
    const found = this.require().world.populations.find((population) => population.name === name);
    if (!found) throw new Error(`population '${name}': not in this world`);
    return found;
  }

  /** Starts a run that is unrelated to the former one. */
  begin(run: Run, origin: RunOrigin): WorldText {
    for (const listener of this.whenBegun) listener(run);
    this.origin = origin;
    return this.enter(run);
  }

  /** Replaces the former run, which is disposed of. */
  enter(run: Run): WorldText {
    for (const listener of this.whenLeft) listener();
    this.run?.dispose();
    this.run = run;
    this.serial += 1;
    return describeWorld(run.world, run.recorder.columns, this.origin.firstSeed, this.serial);
  }
}
