import { describe, expect, test } from 'vitest';
import { type PoolListener, RunsPool } from '../../../src/worker/runs-pool.ts';
import type { CheckedRun, RunsReply, RunsRequest } from '../../../src/worker/runs-protocol.ts';
import type { RunsThread } from '../../../src/worker/runs-thread.ts';

const end = { hash: '0123456789abcdef', ticks: 10, living: { grazers: 3 } };

/** A thread that does only what the test says. */
class FakeThread implements RunsThread {
  readonly asked: number[] = [];
  ended = false;
  say: (reply: RunsReply) => void = () => {};
  breakDown: (text: string) => void = () => {};

  ask(request: RunsRequest): void {
    if (this.ended) throw new Error('asked a thread that has ended');
    if (request.kind === 'run') this.asked.push(request.run);
  }
  listen(reply: (reply: RunsReply) => void, broken: (text: string) => void): void {
    this.say = reply;
    this.breakDown = broken;
  }
  end(): void {
    this.ended = true;
  }
  get run(): number {
    return this.asked.at(-1) as number;
  }
  finish(): void {
    this.say({ kind: 'done', run: this.run, end });
  }
}

/** A pool of fake threads over so many runs of each combination, and what is heard of it. */
function poolOver(cells: number, seeds: number, size: number, idle?: FakeThread) {
  const runs = Array.from(
    { length: cells * seeds },
    (_, i): CheckedRun => ({
      cell: Math.floor(i / seeds),
      task: { id: String(i), seed: String(i % seeds) } as CheckedRun['task'],
    }),
  );
  const threads: FakeThread[] = idle ? [idle] : [];
  const heard: string[] = [];
  const listener: PoolListener = {
    began: (run) => void heard.push(`began ${run}`),
    rows: (run, tick) => void heard.push(`rows ${run} ${tick}`),
    done: (run) => void heard.push(`done ${run}`),
    failed: (run, message) => void heard.push(`failed ${run}: ${message}`),
    ended: () => void heard.push('ended'),
  };
  const start = () => {
    const thread = new FakeThread();
    threads.push(thread);
    return thread;
  };
  return { pool: new RunsPool({ runs, size, start, idle, listener }), threads, heard };
}

describe('a pool of threads', () => {
  test('makes every run once, the first seeds of all combinations first, and ends each thread that has nothing left', () => {
    const { pool, threads, heard } = poolOver(2, 3, 2);
    expect(threads.map(({ asked }) => asked)).toEqual([[0], [3]]);
    threads[1].finish();
    threads[1].finish();
    expect(threads.map(({ asked }) => asked)).toEqual([[0], [3, 1, 4]]);
    threads[0].finish();
    threads[0].finish();
    expect(threads[0].asked).toEqual([0, 2, 5]);
    threads[1].finish();
    expect(threads[1].ended).toBe(true);
    expect(heard).not.toContain('ended');
    expect(pool.threads).toBe(1);
    threads[0].finish();
    expect(heard.filter((line) => line.startsWith('done')).sort()).toEqual([0, 1, 2, 3, 4, 5].map((run) => `done ${run}`));
    expect(heard.filter((line) => line === 'ended')).toEqual(['ended']);
    expect(threads.every(({ ended }) => ended)).toBe(true);
    expect(pool.threads).toBe(0);
  });

  test('starts no more threads than there are runs, and takes one that is there already', () => {
    const idle = new FakeThread();
    const { threads } = poolOver(1, 2, 4, idle);
    expect(threads).toHaveLength(2);
    expect(threads[0]).toBe(idle);
    expect(idle.asked).toEqual([0]);
  });

  test('passes on what threads say', () => {
    const { threads, heard } = poolOver(1, 2, 1);
    threads[0].say({ kind: 'began', run: 0, measures: [] });
    threads[0].say({ kind: 'rows', run: 0, tick: 7, values: new Float64Array() });
    threads[0].say({ kind: 'failed', run: 0, message: 'no memory' });
    expect(heard).toEqual(['began 0', 'rows 0 7', 'failed 0: no memory']);
    expect(threads[0].asked).toEqual([0, 1]);
  });

  test('replaces a thread that breaks down, whose run has failed', () => {
    const { pool, threads, heard } = poolOver(1, 3, 1);
    threads[0].breakDown('out of order');
    expect(threads[0].ended).toBe(true);
    expect(threads).toHaveLength(2);
    expect(threads[1].asked).toEqual([1]);
    threads[1].finish();
    threads[1].breakDown('again');
    expect(heard).toEqual(['failed 0: its thread ended: out of order', 'done 1', 'failed 2: its thread ended: again', 'ended']);
    expect(threads).toHaveLength(2);
    expect(pool.threads).toBe(0);
  });

  test('stops at once: all threads are ended, and nothing is heard of what they still say', () => {
    const { pool, threads, heard } = poolOver(2, 4, 3);
    pool.stop();
    expect(threads.every(({ ended }) => ended)).toBe(true);
    expect(pool.threads).toBe(0);
    for (const thread of threads) {
      thread.finish();
      thread.breakDown('late');
    }
    expect(threads).toHaveLength(3);
    expect(heard).toEqual([]);
  });

  test('may be stopped by who hears of a run', () => {
    const runs = [0, 1].map((cell): CheckedRun => ({ cell, task: {} as CheckedRun['task'] }));
    const thread = new FakeThread();
    let pool: RunsPool | undefined;
    const nothing = () => {};
    const listener = { began: nothing, rows: nothing, done: () => pool?.stop(), failed: nothing, ended: nothing };
    pool = new RunsPool({ runs, size: 1, start: () => thread, listener });
    thread.finish();
    expect(thread.ended).toBe(true);
    expect(thread.asked).toEqual([0]);
  });
});
