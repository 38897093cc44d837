import { expect, test } from 'vitest';
import { GatheredRuns, keyOf } from '../../../src/app/instruments/runs/gathered-runs.ts';
import { meanInterval } from '../../../src/experiment/mean-interval.ts';
import { performRun, runTask } from '../../../src/experiment/perform-run.ts';
import { answerRuns } from '../../../src/worker/answer-runs.ts';
import type { RunsReply } from '../../../src/worker/runs-protocol.ts';
import { smallPlan, sweepOf } from '../experiment/small-plan.ts';

const plan = { ...smallPlan, ticks: 50 };
const sweep = sweepOf(plan);
const results = sweep.runs.map((run) => performRun(runTask(sweep, run)));
const { measures, ticks } = results[0].probes;

function checked() {
  const replies: RunsReply[] = [];
  answerRuns(
    { kind: 'check', plan, file: 'plan' },
    (reply) => void replies.push(reply),
    () => 0,
  );
  const [reply] = replies;
  if (reply.kind !== 'checked') throw new Error('refused');
  return reply.plan;
}

test('what threads say of all runs adds up to means and intervals over the runs of the command line', () => {
  const gathered = new GatheredRuns(checked(), 'census grazers.energy');
  expect(gathered.share).toBe(0);
  expect(gathered.bands).toEqual([]);
  let clock = 0;
  for (const [run, { task }] of gathered.plan.runs.entries()) {
    const hear = (reply: RunsReply) => {
      if (reply.kind === 'began') gathered.began(run, reply.measures);
      if (reply.kind === 'rows') gathered.rows(run, reply.tick, reply.values);
      if (reply.kind === 'done') gathered.ended(run, reply.end);
    };
    answerRuns({ kind: 'run', run, task }, hear, () => (clock += 100));
    expect(gathered.share).toBeCloseTo((run + 1) / 12, 12);
    gathered.refresh(() => true);
  }
  expect(gathered.ends.map((end) => end?.hash)).toEqual(results.map(({ summary }) => summary.hash));
  expect([gathered.done, gathered.failed, gathered.failure]).toEqual([12, 0, '']);
  for (const key of ['census grazers.energy', 'traits grazers.body.size.mean']) {
    gathered.show(key);
    gathered.refresh(() => true);
    const m = measures.findIndex((measure) => keyOf(measure) === key);
    expect(gathered.measure).toBe(m);
    expect(gathered.bands).toEqual(
      sweep.cells.map(({ index }) =>
        Array.from(ticks, (_, k) => ({
          ...meanInterval([0, 1, 2].map((seed) => results[3 * index + seed].probes.values[k * measures.length + m])),
          runs: 3,
        })),
      ),
    );
  }
});

test('a run that fails counts nowhere, and no time is left for it', () => {
  const gathered = new GatheredRuns(checked(), 'census grazers.population');
  gathered.fail(1, 'no memory');
  gathered.began(0, measures);
  gathered.rows(0, 20, results[0].probes.values.slice(0, 2 * measures.length));
  gathered.began(2, measures);
  gathered.rows(2, 0, results[2].probes.values.slice(0, measures.length));
  gathered.refresh(() => true);
  expect(gathered.bands[0].map((point) => point?.runs)).toEqual([2, 1, undefined, undefined]);
  gathered.fail(0, 'its thread ended: gone');
  gathered.refresh(() => true);
  expect(gathered.bands[0].map((point) => point?.runs)).toEqual([1, undefined, undefined, undefined]);
  expect(gathered.bands[0][0]?.mean).toBe(24);
  expect([gathered.failed, gathered.failure]).toEqual([2, 'seed 2: no memory']);
  expect(gathered.share).toBeCloseTo(2 / 12, 12);
});
