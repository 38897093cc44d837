import { describe, expect, test } from 'vitest';
import { performRun, runTask } from '../../../src/experiment/perform-run.ts';
import { performWatchedRun } from '../../../src/experiment/perform-watched-run.ts';
import { sampleTicks } from '../../../src/experiment/sample-ticks.ts';
import { answerRuns } from '../../../src/worker/answer-runs.ts';
import type { CheckedPlan, RunsReply, RunsRequest } from '../../../src/worker/runs-protocol.ts';
import { smallPlan, sweepOf, tinyScene } from '../experiment/small-plan.ts';

/** What a thread says to a request, by a clock that goes on by so much whenever it is read. */
function ask(request: RunsRequest, step = 0): RunsReply[] {
  const replies: RunsReply[] = [];
  let clock = 0;
  answerRuns(
    request,
    (reply) => replies.push(structuredClone(reply)),
    () => (clock += step),
  );
  return replies;
}

function check(plan: unknown): CheckedPlan {
  const [reply] = ask({ kind: 'check', plan, file: 'plan' });
  if (reply.kind !== 'checked') throw new Error(JSON.stringify(reply));
  return reply.plan;
}

const plan = { ...smallPlan, ticks: 50 };
const dying = { ...plan, set: { 'habitat.grass.capacity': 0, 'habitat.fruit.capacity': 0 }, vary: {}, ticks: 900, every: 250 };

describe('a watched run', () => {
  test.each([
    ['that lives on', plan],
    ['of a world that dies', dying],
  ])('%s is the run of the command line, and tells its samples as they come', (_, given) => {
    const sweep = sweepOf(given);
    const task = runTask(sweep, sweep.runs[1]);
    const rows: number[][] = [];
    const ticks: number[] = [];
    let named: readonly unknown[] = [];
    const watched = performWatchedRun(task, {
      begin: (measures) => (named = measures),
      sample: (row) => void rows.push([...row]),
      tick: (tick) => void ticks.push(tick),
    });
    const { tables, ...whole } = performRun(task);
    expect(watched).toEqual(whole);
    expect(tables).toEqual({});
    expect(named).toEqual(whole.probes.measures);
    expect(rows.flat()).toEqual([...whole.probes.values]);
    expect(sampleTicks(task.ticks, task.every)).toEqual([...whole.probes.ticks]);
    expect(ticks).toEqual(Array.from({ length: whole.summary.ticks }, (_, i) => i + 1));
  });
});

test.each([
  [50, 20, [0, 20, 40, 50]],
  [40, 20, [0, 20, 40]],
  [7, 100, [0, 7]],
])('a run of %i ticks is sampled every %i and at its end', (ticks, every, expected) => {
  expect(sampleTicks(ticks, every)).toEqual(expected);
});

describe('a thread for runs', () => {
  test('checks a plan as the command line does, and lists the same runs', () => {
    const checked = check(plan);
    const sweep = sweepOf(plan);
    expect(checked.runs.map(({ task }) => task.id)).toEqual(sweep.runs.map(({ id }) => id));
    expect(checked.runs.map(({ cell }) => cell)).toEqual(sweep.runs.map(({ cell }) => cell.index));
    expect(checked.cells).toEqual(sweep.cells.map(({ values }) => values));
    expect(checked.ticks).toEqual([0, 20, 40, 50]);
    // What is saved as the plan gives the same runs again.
    const again = check(JSON.parse(JSON.stringify(checked.document)));
    expect(again.runs.map(({ task }) => task.id)).toEqual(checked.runs.map(({ task }) => task.id));
  });

  test.each([
    ['seeds', { ...plan, seeds: '5..1' }, /^plan: seeds: .*backwards/],
    ['ticks', { ...plan, ticks: 0 }, /^plan: ticks: 0 is too small/],
    ['a value', { ...plan, vary: { 'habitat.grass.regrowth': [7] } }, /^plan: vary: .*regrowth: 7 is too large/],
    ['a path', { ...plan, vary: { 'habitat.gras.regrowth': [1] } }, /^plan: vary: .*habitat/],
    ['the name of a scene', { ...plan, scene: 'meadow' }, /whole scene/],
    ['a scene', { ...plan, scene: { ...tinyScene, populations: {} } }, /^plan: scene/],
  ])('says in one line what is wrong with %s', (_, given, line) => {
    const [reply, ...others] = ask({ kind: 'check', plan: given, file: 'plan' });
    expect(others).toEqual([]);
    expect(reply.kind).toBe('refused');
    expect(reply.kind === 'refused' && reply.problem).toMatch(line);
    expect(reply.kind === 'refused' && reply.problem).not.toContain('\n');
  });

  test.each([0, 100, 1000])('sends the rows of a run in pieces that make up the whole, with a clock of %i ms a look', (step) => {
    const { task } = check(plan).runs[4];
    const replies = ask({ kind: 'run', run: 4, task }, step);
    const whole = performRun({ ...task, keep: [] });
    expect(replies[0]).toEqual({ kind: 'began', run: 4, measures: whole.probes.measures });
    const rows = replies.flatMap((reply) => (reply.kind === 'rows' ? [reply] : []));
    expect(rows.flatMap(({ values }) => [...values])).toEqual([...whole.probes.values]);
    expect(rows.length > 1).toBe(step > 0);
    const ticks = rows.map(({ tick }) => tick);
    expect(ticks).toEqual([...ticks].sort((a, b) => a - b));
    expect(ticks.at(-1)).toBe(50);
    const living = { grazers: whole.summary.populations.grazers.living };
    expect(replies.at(-1)).toEqual({ kind: 'done', run: 4, end: { hash: whole.summary.hash, ticks: 50, living } });
  });

  test('says why a run failed', () => {
    const { task } = check(plan).runs[0];
    const replies = ask({ kind: 'run', run: 0, task: { ...task, seed: 'x'.repeat(300) } });
    expect(replies).toHaveLength(1);
    expect(replies[0]).toMatchObject({ kind: 'failed', run: 0 });
    expect(replies[0].kind === 'failed' && replies[0].message).toMatch(/seed/);
  });
});
