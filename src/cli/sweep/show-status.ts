import type { PlannedRun, Sweep } from '../../experiment/expand-plan.ts';
import { showText } from '../../parameter/show.ts';
import type { Io } from '../io.ts';
import { oneLine } from '../one-line.ts';
import type { Owner } from '../ownership/owner.ts';
import type { SweepFolder } from './sweep-folder.ts';

/** Failures that are listed individually. */
const mostTold = 5;

/** `upslope sweep DIR --status`: the state of the runs, also while other processes make them. */
export function showStatus(io: Io, sweep: Sweep, folder: SweepFolder, owner: Owner, lease: number): void {
  const { done, failed, claimed } = folder.state();
  const ids = sweep.runs.map(({ id }) => id);
  const count = (set: ReadonlySet<string>) => ids.filter((id) => set.has(id)).length;
  const inWork = ids.filter((id) => claimed.has(id) && !failed.has(id));
  const stale = folder.countStale(io, inWork, owner, lease);
  const rows: [string, number, string][] = [
    ['done', count(done), 'finished'],
    ['claimed', inWork.length - stale, 'being made'],
    ['stale', stale, 'begun by a process that has ended; the next one takes them over'],
    ['failed', count(failed), 'ended by an error; --retry makes them again'],
    ['waiting', ids.length - count(done) - count(failed) - inWork.length, 'not begun'],
  ];
  const width = String(ids.length).length;
  io.out(`${folder.shown}: ${sweep.name}, ${ids.length} runs\n`);
  for (const [name, number, text] of rows) io.out(`${name.padEnd(8)} ${String(number).padStart(width)}  ${text}\n`);
  describeFailures(io, sweep, folder, failed);
}

/** Names the first failed runs and their errors. */
export function describeFailures(io: Io, sweep: Sweep, folder: SweepFolder, failed: ReadonlySet<string>): void {
  const runs = sweep.runs.filter(({ id }) => failed.has(id));
  for (const run of runs.slice(0, mostTold)) io.err(`${describeRun(sweep, run)} failed: ${oneLine(folder.failure(run.id))}\n`);
  if (runs.length > mostTold) io.err(`and ${runs.length - mostTold} more failed\n`);
}

/** What distinguishes a run from the others: `seed 3, habitat.grass.regrowth 0.02`. */
export function describeRun(sweep: Sweep, { seed, cell }: PlannedRun): string {
  const varied = sweep.paths.map((path, i) => `, ${showText(path)} ${showText(JSON.stringify(cell.values[i]))}`);
  return `seed ${showText(seed)}${varied.join('')}`;
}
