import { expandPlan, type Sweep } from '../experiment/expand-plan.ts';
import { runTask } from '../experiment/perform-run.ts';
import { performWatchedRun, type WatchedTask } from '../experiment/perform-watched-run.ts';
import { readPlan } from '../experiment/plan.ts';
import { sampleTicks } from '../experiment/sample-ticks.ts';
import { showText } from '../parameter/show.ts';
import { SceneError } from '../scene/error.ts';
import { pageCatalogue } from './page-catalogue.ts';
import type { CheckedPlan, RunsReply, RunsRequest } from './runs-protocol.ts';

/** Milliseconds between two messages of a run. */
const describeEvery = 400;

/**
 * Answers one request to a thread for runs.
 * @param post sends a message at once, even during a run
 * @param now milliseconds of a clock
 */
export function answerRuns(request: RunsRequest, post: (reply: RunsReply) => void, now: () => number): void {
  if (request.kind === 'check') post(checkPlan(request.plan, request.file));
  else makeRun(request.run, request.task, post, now);
}

function checkPlan(json: unknown, file: string): RunsReply {
  try {
    const sweep = expandPlan(readPlan(json, file), refuseName, file, pageCatalogue);
    return { kind: 'checked', plan: checkedPlan(sweep) };
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    return { kind: 'refused', problem: error.message };
  }
}

/** A plan of the page contains its scene. */
function refuseName(name: string): never {
  throw new SceneError(`scene: '${showText(name, 40)}' is only a name; give a whole scene`);
}

function checkedPlan(sweep: Sweep): CheckedPlan {
  return {
    name: sweep.name,
    paths: sweep.paths,
    cells: sweep.cells.map(({ values }) => values),
    runs: sweep.runs.map((run) => ({ cell: run.cell.index, task: withoutTables(runTask(sweep, run)) })),
    ticks: sampleTicks(sweep.cells[0].ticks, sweep.every),
    document: sweep.document,
  };
}

function withoutTables({ id, scene, seed, changes, ticks, every }: WatchedTask): WatchedTask {
  return { id, scene, seed, changes, ticks, every };
}

function makeRun(run: number, task: WatchedTask, post: (reply: RunsReply) => void, now: () => number): void {
  let rows: number[] = [];
  let reportedAt = now();
  const report = (tick: number) => {
    reportedAt = now();
    post({ kind: 'rows', run, tick, values: Float64Array.from(rows) });
    rows = [];
  };
  try {
    const { summary } = performWatchedRun(
      { ...task, scene: pageCatalogue.adopt(task.scene) },
      {
        begin: (measures) => post({ kind: 'began', run, measures }),
        sample: (row) => void rows.push(...row),
        tick: (tick) => {
          if (now() - reportedAt >= describeEvery) report(tick);
        },
      },
    );
    report(task.ticks);
    const living = Object.fromEntries(Object.entries(summary.populations).map(([name, { living }]) => [name, living]));
    post({ kind: 'done', run, end: { hash: summary.hash, ticks: summary.ticks, living } });
  } catch (error) {
    post({ kind: 'failed', run, message: showText(error instanceof Error ? error.message : String(error), 400) });
  }
}
