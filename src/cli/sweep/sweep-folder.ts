// The folder of a sweep: names of its files, its plan, and which of its runs are finished.

import { join } from 'node:path';
import { expandPlan, type PlannedRun, type Sweep } from '../../experiment/expand-plan.ts';
import { readPlanText } from '../../experiment/plan.ts';
import { ResultError, type RunResult, readRunResult } from '../../experiment/run-result.ts';
import { software } from '../../export/index.ts';
import { showText } from '../../parameter/show.ts';
import { createFile, type Files, fileReason, makeDirectory, orUserError, readAll } from '../files.ts';
import type { Io } from '../io.ts';
import { checkExtensions } from '../load-extension.ts';
import { manifestName, manifestOf } from '../manifest.ts';
import { readLock } from '../ownership/lock.ts';
import { type Owner, ownerName } from '../ownership/owner.ts';
import { loadScene, readText } from '../scenes.ts';
import { publish, temporaryName, temporaryOwner } from '../shares/publish.ts';
import { tidyShared } from '../shares/tidy-shared.ts';
import { UserError } from '../user-error.ts';

export const planName = 'sweep.json';
const chooseOther = 'choose another directory with --out';
export const sweepAdvice = 'correct this and give the same command again; finished runs are kept';

/** The state of the runs of a sweep: the ids of those that are finished, failed or claimed. */
export interface SweepState {
  readonly done: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
  readonly claimed: ReadonlySet<string>;
}

/** The folder of a sweep: its plan, a result for each run, and claims on runs that are being made. */
export class SweepFolder {
  readonly path: string;
  readonly results: string;
  readonly claims: string;
  private readonly files: Files;

  constructor(
    private readonly io: Pick<Io, 'files' | 'catalogue'>,
    path: string,
  ) {
    this.files = io.files;
    this.path = path;
    this.results = join(path, 'results');
    this.claims = join(path, 'claims');
  }

  get shown(): string {
    return showText(this.path, 200);
  }

  /** Whether the folder holds a plan. */
  hasPlan(): boolean {
    return this.files.existsSync(join(this.path, planName));
  }

  /**
   * The sweep that the folder was made for.
   * @throws {UserError | SceneError} when it cannot be read, or another version of this program or other extensions made it.
   */
  readSweep(): Sweep {
    const path = join(this.path, planName);
    const plan = readPlanText(readText(this.files, path, 'give the folder of a sweep'), path);
    const version = plan.software?.version;
    if (version !== software.version) {
      const by = version === undefined ? 'no version' : `version ${showText(version)}`;
      throw new UserError(
        `${this.shown} was begun by ${by}, this is ${software.version}; continue with that version, or ${chooseOther}`,
      );
    }
    checkExtensions(this.io, this.path, plan.extensions);
    return expandPlan(plan, (name) => loadScene(this.io, name), path, this.io.catalogue);
  }

  /**
   * Makes the folder for a sweep, or finds it made for the same one.
   * @throws {UserError} when it holds other files, or must not be written in
   */
  prepare(sweep: Sweep, owner: Owner): void {
    const names = this.list(this.path);
    const text = `${JSON.stringify(sweep.document, null, 2)}\n`;
    if (!names.includes(planName)) {
      if (names.some((name) => name !== 'results' && name !== 'claims' && temporaryOwner(name) === undefined)) {
        throw new UserError(`${this.shown} is not empty; ${chooseOther}`);
      }
      orUserError(`cannot write in ${this.shown}`, chooseOther, () => {
        makeDirectory(this.files, this.path);
        publish(this.files, this.path, planName, ownerName(owner), [new TextEncoder().encode(text)]);
      });
    }
    // The same runs in the same order: each name covers all that its run depends on.
    const idsOf = ({ runs }: Sweep) => runs.map(({ id }) => id).join();
    if (idsOf(this.readSweep()) !== idsOf(sweep)) {
      throw new UserError(
        `${this.shown} holds a sweep of another plan; continue it with: upslope sweep ${this.shown}, or ${chooseOther}`,
      );
    }
    // Each time, because a copy of a folder may lack empty subfolders.
    orUserError(`cannot write in ${this.shown}`, chooseOther, () => {
      for (const folder of [this.results, this.claims]) makeDirectory(this.files, folder);
    });
  }

  state(): SweepState {
    const results = this.list(this.results);
    const named = (extension: string) =>
      new Set(results.filter((name) => name.endsWith(extension)).map((name) => name.slice(0, -extension.length)));
    const done = named('.run');
    return {
      done,
      failed: new Set([...named('.failed')].filter((id) => !done.has(id))),
      claimed: new Set(this.list(this.claims).filter((name) => /^[0-9a-f]{32}$/.test(name) && !done.has(name))),
    };
  }

  /**
   * How many claims belong to a dead process, or seem to have been silent for a lease. For a report alone: it looks once, and
   * compares times of the file system.
   */
  countStale({ processes }: Io, claimed: readonly string[], owner: Owner, lease: number): number {
    if (claimed.length === 0) return 0;
    const now = this.now(owner);
    return orUserError(`cannot read ${showText(this.claims, 200)}`, 'give a directory that can be read', () => {
      const claims = claimed.map((id) => readLock(this.files, join(this.claims, id)));
      return claims.filter((claim) => {
        const isGone = claim?.owner !== undefined && processes.fate(claim.owner) === 'gone';
        return claim && (isGone || now - claim.beat > 1000 * lease);
      }).length;
    });
  }

  /** Time of the file system, milliseconds; that of this machine where the folder is read-only. */
  private now(owner: Owner): number {
    const path = join(this.claims, temporaryName('now', ownerName(owner)));
    try {
      const descriptor = createFile(this.files, path);
      try {
        return this.files.fstatSync(descriptor).mtimeMs;
      } finally {
        this.files.closeSync(descriptor);
        this.files.rmSync(path, { force: true });
      }
    } catch (error) {
      if (fileReason(error) === undefined) throw error;
      return Date.now();
    }
  }

  has(id: string): boolean {
    return this.files.existsSync(join(this.results, `${id}.run`));
  }

  hasFailed(id: string): boolean {
    return this.files.existsSync(join(this.results, `${id}.failed`));
  }

  /**
   * Result of a finished run.
   * @throws {UserError} when it is damaged
   */
  read(id: string): RunResult {
    const path = join(this.results, `${id}.run`);
    const bytes = orUserError(`cannot read ${showText(path, 200)}`, sweepAdvice, () => readAll(this.files, path));
    try {
      const result = readRunResult(bytes);
      if (result.id === id) return result;
      throw new ResultError(`is the result of another run, ${result.id}`);
    } catch (error) {
      if (!(error instanceof ResultError)) throw error;
      throw new UserError(
        `${showText(path, 200)} ${error.message}; remove it and run the sweep again, which makes only that run`,
      );
    }
  }

  /** Why a run failed. */
  failure(id: string): string {
    const path = join(this.results, `${id}.failed`);
    try {
      const { message } = JSON.parse(this.files.readFileSync(path, 'utf8')) as { message?: unknown };
      return String(message);
    } catch {
      return 'its record cannot be read';
    }
  }

  /** Records that a run failed, for people to look at. */
  recordFailure({ id, seed, cell }: PlannedRun, message: string, owner: Owner): void {
    const text = `${JSON.stringify({ id, seed, values: cell.values, message }, null, 2)}\n`;
    orUserError(`cannot write in ${this.shown}`, sweepAdvice, () =>
      publish(this.files, this.results, `${id}.failed`, ownerName(owner), [new TextEncoder().encode(text)]),
    );
  }

  forgetFailures(ids: Iterable<string>): void {
    orUserError(`cannot write in ${this.shown}`, sweepAdvice, () => {
      for (const id of ids) this.files.rmSync(join(this.results, `${id}.failed`), { force: true });
    });
  }

  /** Signs for the plan and the results once all are there. Every process writes the same, so that the first one is enough. */
  sign(owner: Owner): void {
    const results = this.list(this.results).filter((name) => name.endsWith('.run'));
    orUserError(`cannot write in ${this.shown}`, sweepAdvice, () => {
      const names = [planName, ...results.map((name) => `results/${name}`)];
      publish(this.files, this.path, manifestName, ownerName(owner), [
        manifestOf(this.files, this.path, { kind: 'sweep' }, names),
      ]);
    });
  }

  /** Removes leftovers of dead processes and of this one, and claims on finished runs. Never throws. */
  tidy(io: Io, owner: Owner): void {
    tidyShared(io, owner, { results: [this.path, this.results], claims: this.claims, isDone: (id) => this.has(id) });
  }

  private list(folder: string): string[] {
    return orUserError(`cannot read ${showText(folder, 200)}`, 'give a directory that can be read', () => {
      try {
        return this.files.readdirSync(folder);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
    });
  }
}
