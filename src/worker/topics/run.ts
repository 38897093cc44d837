import { transfer } from 'comlink';
import type { StateSource } from '../../experiment/served-index.ts';
import { showText } from '../../parameter/show.ts';
import { SceneError } from '../../scene/error.ts';
import { checkSchedule } from '../../scene/set-path.ts';
import { decodeShare, encodeShare, longestLink, type SharedTwin } from '../../scene/share.ts';
import { readSnapshot } from '../../simulation/snapshot.ts';
import type { Change } from '../../simulation/types.ts';
import { checkPlots } from '../check-plots.ts';
import type { CurrentRun } from '../current-run.ts';
import type { WorldText } from '../describe-world.ts';
import { Run } from '../live-run.ts';
import { pageCatalogue } from '../page-catalogue.ts';
import type { LeftRun } from '../read-left-run.ts';

/** A restored world. */
export interface OpenedWorld {
  readonly world: WorldText;
  /** Its scene as in its file. */
  readonly scene: unknown;
  readonly tick: number;
}

export interface LoadRequest {
  /** A scene as in its file; checked in the worker. */
  readonly scene: unknown;
  /** Where the scene comes from, for messages. */
  readonly file: string;
  readonly seed: string;
  /** Changes that a person made when this run was first made; they are made again at their ticks. */
  readonly changes: readonly Change[];
  /** Measures of which every sample is kept, for the checks of a lesson. */
  readonly whole?: readonly string[];
}

/** Everything that reproduces the run as it is now. */
export interface RunAddress {
  /** A scene as in its file, or the name of a built-in one. */
  readonly scene: unknown;
  readonly seed: string;
  readonly changes: readonly Change[];
  readonly tick: number;
  /** A twin that is watched beside it. */
  readonly twin?: SharedTwin;
}

/** A run whose state is passed on, not copied. */
const passedOn = (left: LeftRun): LeftRun => ('state' in left ? transfer(left, [left.state]) : left);

/** What the run is: scenes and files from which it is made, and all that makes it again. */
export class RunTopic {
  constructor(private readonly current: CurrentRun) {}

  /**
   * Makes a world at tick 0, paused. The former world is disposed of only when the new one exists.
   * @throws {SceneError} for a scene or a change, even of a later tick, that is not allowed
   */
  load({ scene, file, seed, changes, whole }: LoadRequest): WorldText {
    const parsed = pageCatalogue.parseScene(scene, file);
    const problems = checkSchedule(parsed, [...changes]).map((problem) => `${showText(file, 200)}: ${problem}`);
    if (problems.length > 0) throw new SceneError(problems.slice(0, 5), problems.length);
    const run = Run.found(parsed, seed, changes, whole);
    try {
      checkPlots(parsed, run.recorder.columns, file);
    } catch (error) {
      run.dispose();
      throw error;
    }
    return this.current.begin(run, { scene, firstSeed: seed, began: 0 });
  }

  /** A snapshot as a new world, paused at its tick. Plots and record begin there. */
  open(snapshot: ArrayBuffer): OpenedWorld {
    const run = Run.open(snapshot);
    const { initialScene: scene, tick } = run.world;
    const { groundSeed } = readSnapshot(snapshot).text;
    return { world: this.current.begin(run, { scene, firstSeed: groundSeed, began: tick }), scene, tick };
  }

  /** What the file by which a run is opened has left of it. @throws {Error} one line where it cannot be opened */
  async readLeft(from: StateSource, bytes: ArrayBuffer): Promise<LeftRun> {
    const { readLeftRun } = await import('../read-left-run.ts');
    return passedOn(readLeftRun(from, new Uint8Array(bytes)));
  }

  /** The same of an archive. */
  async readArchive(archive: ArrayBuffer): Promise<LeftRun> {
    const { readArchivedRun } = await import('../read-left-run.ts');
    return passedOn(readArchivedRun(new Uint8Array(archive)));
  }

  address(): RunAddress {
    const { world, changes } = this.current.require();
    return { scene: this.current.origin.scene, seed: world.seed, changes: changes.made(), tick: world.tick };
  }

  /**
   * The run as a text for the fragment of an address.
   * @param sceneName of a built-in scene, which is then named instead of written out, if the run is of that scene; '' for none
   * @param twin that is watched beside it
   * @throws {Error} for a branch with its own seed
   */
  async writeLink(sceneName: string, twin?: SharedTwin): Promise<{ readonly text: string; readonly tick: number }> {
    if (this.current.require().world.seed !== this.current.origin.firstSeed) {
      throw new Error('link: this is a branch with its own seed, which a link cannot reproduce; save it as a file instead');
    }
    const { scene, ...run } = this.address();
    // The page may still show another world.
    const named = sceneName !== '' && (scene as { name?: unknown }).name === sceneName;
    const share = encodeShare({ ...run, scene: named ? sceneName : (scene as object), ...(twin ? { twin } : {}) });
    const { packLink } = await import('../pack-link.ts');
    return { text: packLink(share), tick: run.tick };
  }

  /** Reads such a text. @throws {Error} one line for anything else */
  async readLink(text: string): Promise<RunAddress> {
    const { unpackLink } = await import('../pack-link.ts');
    const { scene, seed, changes, tick, twin } = decodeShare(unpackLink(text, longestLink), pageCatalogue);
    return { scene, seed, changes, tick, ...(twin ? { twin } : {}) };
  }

  /** Hash of the whole state. */
  hash(): string {
    return this.current.require().world.hash();
  }

  /** The whole state as a file. */
  snapshot(): ArrayBuffer {
    const bytes = this.current.require().world.snapshot();
    return transfer(bytes, [bytes]);
  }
}
