import { dirname, join, relative, sep } from 'node:path';
import { software } from '../../export/index.ts';
import { collectSweep } from '../../runs/collect.ts';
import type { Sweep } from '../../runs/expand-plan.ts';
import { type Files, makeDirectory, orUserError, writeAll } from '../files.ts';
import type { Io } from '../io.ts';
import { manifestName, writeManifest } from '../manifest.ts';
import { UserError } from '../user-error.ts';
import { temporaryName } from './publish.ts';
import { type SweepFolder, sweepAdvice } from './sweep-folder.ts';

/**
 * `upslope sweep DIR --collect`: tables, figures and provenance of what is finished so far, into `DIR/collected`. Files get
 * their names when all are written.
 */
export function collectFolder(io: Io, sweep: Sweep, folder: SweepFolder, owner: string): void {
  const { done } = folder.state();
  const finished = sweep.runs.filter(({ id }) => done.has(id));
  if (finished.length === 0) throw new UserError(`${folder.shown}: no run is finished yet; collect when some are`);
  const target = new CollectedFolder(io.files, join(folder.path, 'collected'), owner);
  try {
    const { runs, figures } = collectSweep(
      sweep,
      (run) => (done.has(run.id) ? folder.read(run.id) : undefined),
      (name) => target.open(name),
    );
    const provenance = { software, plan: sweep.document, runs: finished.map(({ id }) => id), runs_planned: sweep.runs.length };
    target.open('provenance.json')(new TextEncoder().encode(`${JSON.stringify(provenance, null, 2)}\n`));
    target.complete();
    io.out(`${runs} of ${sweep.runs.length} runs collected: ${target.path}, ${figures} figures\n`);
  } finally {
    target.discard();
  }
}

/** Files that are written under temporary names, and replace those of an earlier time together. */
class CollectedFolder {
  readonly path: string;
  private readonly files: Files;
  private readonly owner: string;
  private readonly opened: { descriptor: number; temporary: string; path: string }[] = [];
  private readonly whole: { temporary: string; path: string }[] = [];

  constructor(files: Files, path: string, owner: string) {
    this.files = files;
    this.path = path;
    this.owner = owner;
  }

  /** Three files stay open, the tables that are written all the time; every other one takes its bytes at once. */
  open(name: string): (chunk: Uint8Array) => void {
    const path = join(this.path, name);
    const temporary = join(dirname(path), temporaryName(path.slice(dirname(path).length + 1), this.owner));
    const descriptor = this.attempt(path, () => {
      makeDirectory(this.files, dirname(path));
      return this.files.openSync(temporary, 'w');
    });
    const file = { descriptor, temporary, path };
    this.opened.push(file);
    if (this.opened.length > 4) this.settle(this.opened.splice(3, 1)[0]);
    return (chunk) => this.attempt(path, () => writeAll(this.files, descriptor, chunk));
  }

  complete(): void {
    for (const file of this.opened.splice(0)) this.settle(file);
    const paths = this.whole.map(({ path }) => path);
    for (const { temporary, path } of this.whole.splice(0)) {
      this.attempt(path, () => this.files.renameSync(temporary, path));
    }
    const names = paths.map((path) => relative(this.path, path).replaceAll(sep, '/'));
    this.attempt(join(this.path, manifestName), () => writeManifest(this.files, this.path, { kind: 'collected' }, names));
  }

  /** Takes away what is not complete. Never throws. */
  discard(): void {
    for (const { descriptor } of this.opened) {
      try {
        this.files.closeSync(descriptor);
      } catch {}
    }
    for (const { temporary } of [...this.opened, ...this.whole]) {
      try {
        this.files.rmSync(temporary, { force: true });
      } catch {}
    }
  }

  private settle({ descriptor, temporary, path }: { descriptor: number; temporary: string; path: string }): void {
    this.whole.push({ temporary, path });
    this.attempt(path, () => {
      try {
        this.files.fsyncSync(descriptor);
      } finally {
        this.files.closeSync(descriptor);
      }
    });
  }

  private attempt<T>(path: string, operation: () => T): T {
    return orUserError(`cannot write ${path}`, sweepAdvice, operation);
  }
}
