import type { Packable } from '../record/pack.ts';
import type { Simulation } from '../simulation/types.ts';
import type { TableWriter } from './table-writer.ts';

/**
 * Fills one export table from a simulation that it watches. What it gathers between rows is its state, so that a continued run
 * writes the same rows.
 */
export interface TableSource {
  readonly writer: TableWriter;
  /** Called after every tick with that tick's events. */
  afterTick(simulation: Simulation): void;
  /** Called after an intervention by hand that added or removed organisms, with these as births and deaths. */
  afterAct?(simulation: Simulation): void;
  /** Called at tick 0, at every multiple of the sampling interval and at the end. */
  sample(simulation: Simulation): void;
  /** Called once, at the end, after the last sample. */
  finish(simulation: Simulation): void;
  state(): Packable;
  restore(state: Packable, simulation: Simulation): void;
}
