import type { Engine } from './engine.ts';
import type { Job, JobResult } from './job.ts';

/** Index of the first mark in which two results differ, or -1 where they are equal. */
export function firstDifference(expected: JobResult, found: JobResult): number {
  const longest = Math.max(expected.marks.length, found.marks.length);
  for (let i = 0; i < longest; i++) {
    const [a, b] = [expected.marks[i], found.marks[i]];
    if (a === undefined || b === undefined || a[0] !== b[0] || a[1] !== b[1]) return i;
  }
  return -1;
}

/**
 * A difference in words: scene and what differs. Where that is the state after a tick both engines run again up to it, and the first column
 * that differs is named.
 * @param at index into the marks of `expected`
 */
export async function describeDifference(
  job: Job,
  at: number,
  expected: JobResult,
  [reference, engine]: readonly [Engine, Engine],
  seconds: number,
): Promise<string> {
  const label = expected.marks[at]?.[0] ?? 'more than was asked for';
  const tick = /^tick (\d+)$/.exec(label)?.[1];
  if (job.kind !== 'scene' || tick === undefined) return `${job.name}: ${label}`;
  const again = [{ ...job, columnsAt: Number(tick) }];
  const [one] = await reference.run(again, seconds);
  const [other] = await engine.run(again, seconds);
  const column = one.marks[firstDifference(one, other)]?.[0] ?? 'no column';
  return `${job.name}: ${label}, ${column}`;
}
