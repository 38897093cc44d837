import { summarise } from '../export/index.ts';
import { Totals } from '../export/totals.ts';
import { createSimulation } from '../simulation/create.ts';
import type { Observer, Probe, Simulation } from '../simulation/types.ts';
import type { RunTask } from './perform-run.ts';
import { ProbeRecorder } from './probe-recorder.ts';
import type { RunResult } from './run-result.ts';

/** Observers of a run in progress, besides the totals; they must not change anything in it. */
export interface Audience {
  /** Sampled into the result. */
  readonly probes: readonly Probe[];
  readonly observers: readonly Observer[];
  /** Called at the end; returns the number of rows written to each table. */
  finish?(): Readonly<Record<string, number>>;
}

/**
 * Makes one run from tick 0 to its end, in memory: the part common to all ways of making it.
 * @param invite returns the observers, called when the world exists
 * @throws {Error} for failures of the run itself, such as lack of memory for its world.
 */
export function makeRun(task: Omit<RunTask, 'keep'>, invite: (simulation: Simulation) => Audience): Omit<RunResult, 'tables'> {
  const simulation = createSimulation(task.scene, task.seed);
  try {
    for (const { at, path, value } of task.changes) simulation.schedule(at, path, value);
    const totals = new Totals(simulation);
    const audience = invite(simulation);
    const recorder = new ProbeRecorder(simulation, audience.probes, task.every);
    for (const observer of [totals, recorder, ...audience.observers]) simulation.observe(observer);
    simulation.step(task.ticks);
    const probes = recorder.finish(simulation, task.ticks);
    const rows = audience.finish?.() ?? {};
    const summary = summarise(simulation, totals, { ticksAsked: task.ticks, rows, seconds: null });
    return { id: task.id, seed: task.seed, summary, probes };
  } finally {
    simulation.dispose();
  }
}
