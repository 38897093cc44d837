// Entry of the bundle that every engine runs: nothing of Node, nothing of a page.
import type { Job, JobResult } from './job.ts';
import { runFunctions } from './run-functions.ts';
import { runScene } from './run-scene.ts';

/** Runs a job in this thread. What it throws becomes a problem, so that other jobs go on. */
export function runJob(job: Job): JobResult {
  try {
    return job.kind === 'scene' ? runScene(job) : runFunctions(job);
  } catch (error) {
    return { name: job.name, marks: [], problems: [`${job.name}: ${String(error)}`], facts: {} };
  }
}
