import { join } from 'node:path';
import { collectSweep } from '../../experiment/collect.ts';
import type { Sweep } from '../../experiment/expand-plan.ts';
import { software } from '../../export/index.ts';
import type { Io } from '../io.ts';
import { signFiles } from '../manifest.ts';
import { OutputFile } from '../output-file.ts';
import { OwnedFolder } from '../ownership/owned-folder.ts';
import { UserError } from '../user-error.ts';
import { type SweepFolder, sweepAdvice } from './sweep-folder.ts';

/**
 * `upslope sweep DIR --collect`: tables, figures and provenance of all finished runs, into `DIR/collected`. Files get their
 * names when all are written.
 */
export async function collectFolder(io: Io, sweep: Sweep, folder: SweepFolder): Promise<void> {
  const { done } = folder.state();
  const finished = sweep.runs.filter(({ id }) => done.has(id));
  if (finished.length === 0) throw new UserError(`${folder.shown}: no run is finished yet; collect later`);
  const owned = await OwnedFolder.take(io, join(folder.path, 'collected'), sweepAdvice);
  const target = new CollectedFiles(owned);
  try {
    const { runs, figures } = collectSweep(
      sweep,
      (run) => (done.has(run.id) ? folder.read(run.id) : undefined),
      (name) => target.open(name),
    );
    const provenance = { software, plan: sweep.document, runs: finished.map(({ id }) => id), runs_planned: sweep.runs.length };
    target.open('provenance.json')(new TextEncoder().encode(`${JSON.stringify(provenance, null, 2)}\n`));
    target.complete();
    io.out(`${runs} of ${sweep.runs.length} runs collected: ${owned.path}, ${figures} figures\n`);
  } finally {
    target.discard();
    owned.release();
  }
}

/** Files that are written under partial names and replace earlier ones together. */
class CollectedFiles {
  private readonly folder: OwnedFolder;
  private readonly opened: OutputFile[] = [];
  private readonly finished: OutputFile[] = [];

  constructor(folder: OwnedFolder) {
    this.folder = folder;
  }

  /** Three files stay open, the tables that are written throughout; every other file gets its bytes at once. */
  open(name: string): (chunk: Uint8Array) => void {
    const file = new OutputFile(this.folder, name);
    this.opened.push(file);
    if (this.opened.length > 4) this.finish(this.opened.splice(3, 1)[0]);
    return (chunk) => file.write(chunk);
  }

  complete(): void {
    for (const file of this.opened.splice(0)) this.finish(file);
    const names = this.finished.splice(0).map(({ name }) => name);
    this.folder.publish(signFiles(this.folder, { kind: 'collected' }, names), 'finish');
  }

  /** Removes incomplete files. Never throws. */
  discard(): void {
    for (const file of [...this.opened, ...this.finished]) file.discard();
  }

  private finish(file: OutputFile): void {
    this.finished.push(file);
    file.finish();
  }
}
