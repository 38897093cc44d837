import { describe, expect, it } from 'vitest';
import type { StopSignal } from '../../../src/cli/io.ts';
import { performAll } from '../../../src/cli/perform-all.ts';
import { taskPool } from '../../../src/cli/threads.ts';
import { testIo } from './test-io.ts';

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('tasks of one thread', () => {
  it('come one after the other, in their order', async () => {
    const made: number[] = [];
    const pool = taskPool('double', (task: number) => {
      made.push(task);
      return 2 * task;
    })(1, breathe);
    const taken: number[] = [];
    const done = await performAll(testIo(), pool, [3, 1, 2], (result, index) => taken.push(result + 100 * index));
    expect(done).toEqual({ results: [6, 2, 4] });
    expect(made).toEqual([3, 1, 2]);
    expect(taken).toEqual([6, 102, 204]);
  });

  it('end at a signal between two of them', async () => {
    let stop: (signal: StopSignal) => void = () => {};
    const io = {
      ...testIo(),
      onStop(listener: (signal: StopSignal) => void) {
        stop = listener;
        return () => {};
      },
    };
    let made = 0;
    const pool = taskPool('count', () => {
      made++;
      // Heard once this thread breathes, as a signal of the system is.
      if (made === 2) setImmediate(() => stop('SIGTERM'));
      return made;
    })(1, breathe);
    const taken: number[] = [];
    const done = await performAll(
      io,
      pool,
      Array.from({ length: 100 }, (_, i) => i),
      (result) => taken.push(result),
    );
    expect(done).toEqual({ stopped: 'SIGTERM' });
    await breathe();
    expect(made).toBeLessThan(5);
    expect(taken.slice(0, 2)).toEqual([1, 2]);
  });

  it('end with the first that fails', async () => {
    let made = 0;
    const pool = taskPool('fail', () => {
      if (++made === 2) throw new Error('the second cannot be done');
      return made;
    })(1, breathe);
    await expect(performAll(testIo(), pool, [1, 2, 3, 4, 5, 6, 7, 8])).rejects.toThrow('the second cannot be done');
    await breathe();
    expect(made).toBeLessThan(5);
  });
});
